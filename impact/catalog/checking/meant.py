"""Meant: what the columns of a file mean, and so what its rows say; cells are read column by column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from impact.catalog.columns import Column
from impact.catalog.files import Line
from impact.catalog.listing import CLEAR, Erased
from impact.catalog.remembered import Remembered
from impact.catalog.values.reading import BLANK, Cell
from impact.errors import Issue

ERASE = CLEAR.value
Columns = Mapping[str, Sequence[Cell]]
"""Cells of some rows, by the name of the column."""
PLACE_COLUMNS = ("adcode", "province", "prefecture", "county", "place")
"""What says where a product comes from; together they name one region."""


@dataclass(frozen=True)
class Place:
    """Where a row says its product comes from: a region, why there is none, and what is doubtful of it."""

    region: str = ""
    refused: Issue | None = None
    doubts: tuple[Issue, ...] = ()


NOWHERE = Place()
Places = Callable[[Mapping[str, str]], Place]
"""Says of texts by column, such as province and county, which region they mean."""


@dataclass(frozen=True)
class Meaning:
    """What one column of the file means: a column of ours and how its cells are read, or an attribute.

    A blank cell is read as `BLANK`. What is not `kept` is no part of a listing.
    """

    header: str
    column: Column | None = None
    read: Callable[[str], Cell] = lambda text: Cell(text, text) if text else BLANK
    kept: bool = True


class Meant:
    """What all columns mean, looked up once for all rows; texts that say the same place are asked for once.

    Attributes
    ----------
    header_of
        What the partner calls each column of ours.
    """

    def __init__(self, meanings: Sequence[Meaning], place: Places) -> None:
        ours = [(at, each.column.name, each) for at, each in enumerate(meanings) if each.column and each.kept]
        self.header_of = {each.column.name: each.header for each in meanings if each.column}
        self._ours = [(at, name, each.read) for at, name, each in ours]
        self._attributes = [(at, it.header) for at, it in enumerate(meanings) if it.kept and not it.column]
        self._saying = [each for each in self._ours if each[1] in PLACE_COLUMNS]
        self._place = place
        self._places = Remembered(self._placed)

    def read(self, lines: Sequence[Line]) -> tuple[Sequence[Place], Columns]:
        """Read rows: where each comes from, and the cells of all columns that are ours."""
        texts = list(zip(*(line.cells for line in lines), strict=True))
        cells = {name: list(map(read, texts[at])) for at, name, read in self._ours}
        return self._where(texts, len(lines)), cells

    def attributes(self, line: Line) -> dict[str, str | Erased]:
        """Keep the cells of columns that are not ours, by the partner's names; blank ones left out."""
        texts = line.cells
        said: dict[str, str | Erased] = {header: texts[at] for at, header in self._attributes if texts[at]}
        if ERASE in said.values():
            return {header: CLEAR if text == ERASE else text for header, text in said.items()}
        return said

    def _where(self, texts: Sequence[tuple[str, ...]], num_rows: int) -> Sequence[Place]:
        if not self._saying:
            return [NOWHERE] * num_rows
        return [self._places[said] for said in zip(*(texts[at] for at, _, _ in self._saying), strict=True)]

    def _placed(self, texts: tuple[str, ...]) -> Place:
        """Say which region the texts of the columns that tell places mean."""
        cells = ((name, read(text)) for (_, name, read), text in zip(self._saying, texts, strict=True))
        parts = {name: cell.value for name, cell in cells if isinstance(cell.value, str)}
        return self._place({name: parts[name] for name in PLACE_COLUMNS if name in parts})
