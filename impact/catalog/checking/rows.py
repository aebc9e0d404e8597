"""Rows: each row of a table checked by itself, beside the rows before it, and beside what is known."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from impact.catalog.checking.plausible import Figures, PlausibleRow, doubts
from impact.catalog.columns import BY_NAME, Column
from impact.catalog.files import Line
from impact.catalog.listing import CLEAR, Draft, Erased, Json, key_of
from impact.catalog.values.reading import Cell
from impact.errors import Issue

PLACE_COLUMNS = ("adcode", "province", "prefecture", "county", "town", "village", "place")
"""What says where a product comes from; together they name one region."""


@dataclass(frozen=True)
class Place:
    """Where a row says its product comes from: a region, why there is none, and what is doubtful of it."""

    region: str = ""
    refused: Issue | None = None
    doubts: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Meaning:
    """What one column of the file means: a column of ours and how its cells are read, or an attribute.

    What is not `kept` is no part of a listing.
    """

    header: str
    column: Column | None = None
    read: Callable[[str], Cell] = lambda text: Cell(text, text)
    kept: bool = True


@dataclass(frozen=True)
class World:
    """What rows are checked beside: places, what is plausible, what others of a region and category say.

    `site` brings coordinates to where they are, given the region.
    """

    place: Callable[[Mapping[str, str]], Place]
    settle: Callable[[dict[str, Cell]], dict[str, Cell]]
    figures: Callable[[Mapping[str, Json | Erased]], Figures]
    km2: Callable[[str], float | None]
    plausible: Mapping[str, PlausibleRow]
    others: Callable[[str, str], tuple[float, ...]]
    site: Callable[[dict[str, Cell], str], dict[str, Cell]]


@dataclass(frozen=True)
class Checked:
    """A row and what is wrong with it (`errors`), or doubtful; without errors it asks for `draft`."""

    line: Line
    draft: Draft | None
    errors: tuple[Issue, ...] = ()
    doubts: tuple[Issue, ...] = ()


def checked(lines: Iterable[Line], meanings: Sequence[Meaning], world: World) -> Iterator[Checked]:
    """Check rows one by one; of rows that name the same product the first counts.

    Some hundred bytes are kept of each row, to tell which was named before.
    """
    named: dict[int, int] = {}
    header_of = {each.column.name: each.header for each in meanings if each.column}
    for line in lines:
        found = _row(line, meanings, header_of, world)
        yield _unless_named(found, named) if found.draft else found


def _row(line: Line, meanings: Sequence[Meaning], header_of: Mapping[str, str], world: World) -> Checked:
    cells, attributes = _cells(line, meanings)
    cells = world.settle(cells)
    where = world.place({name: str(cells[name].value) for name in PLACE_COLUMNS if _is_said(cells, name)})
    cells = world.site(cells, where.region)
    values = {name: cell.value for name, cell in cells.items() if cell.value is not None}
    errors = [(name, cell.refused) for name, cell in cells.items() if cell.refused]
    errors += [(_place_column(cells), where.refused)] if where.refused else []
    if not values.get("product") and not values.get("product_code"):
        errors.append(("product", Issue("cell_empty")))
    doubted = [(name, doubt) for name, cell in cells.items() for doubt in cell.doubts]
    doubted += [(_place_column(cells), doubt) for doubt in where.doubts]
    doubted += _hard_to_believe(values, where.region, world)
    draft = Draft(
        line.number,
        key_of(values, where.region),
        where.region,
        values,
        attributes,
        {name: cell.original for name, cell in cells.items() if cell.steps},
    )
    return Checked(
        line,
        None if errors else draft,
        tuple(_placed(issue, line, header_of, name) for name, issue in errors),
        tuple(_placed(issue, line, header_of, name) for name, issue in doubted),
    )


def _cells(line: Line, meanings: Sequence[Meaning]) -> tuple[dict[str, Cell], dict[str, str | Erased]]:
    """Read the cells of a row: those of our columns by name, others by the partner's; blank ones left out."""
    cells: dict[str, Cell] = {}
    attributes: dict[str, str | Erased] = {}
    for text, meaning in zip(line.cells, meanings, strict=True):
        if not text or not meaning.kept:
            continue
        if meaning.column is not None:
            cells[meaning.column.name] = meaning.read(text)
        else:
            attributes[meaning.header] = CLEAR if text == CLEAR.value else text
    return cells, attributes


def _is_said(cells: Mapping[str, Cell], name: str) -> bool:
    return name in cells and isinstance(cells[name].value, str)


def _place_column(cells: Mapping[str, Cell]) -> str:
    """Name the column that says most closely where a product comes from."""
    closest = ("place", "county", "prefecture", "province", "adcode")
    return next((name for name in closest if name in cells), "place")


def _hard_to_believe(
    values: Mapping[str, Json | Erased], region: str, world: World
) -> list[tuple[str, Issue]]:
    said = world.figures(values)
    limits = world.plausible.get(said.category) if said.category else None
    others = world.others(region, said.category) if region and said.category and said.kg_a_month else ()
    return list(doubts(said, world.km2(region) if region else None, limits, others))


def _placed(issue: Issue, line: Line, header_of: Mapping[str, str], name: str) -> Issue:
    """Say where: the row as the spreadsheet counts it, the column as the partner named it."""
    column = header_of.get(name) or (BY_NAME[name].zh if name in BY_NAME else name)
    return replace(issue, row=line.number, column=column)


def _unless_named(found: Checked, named: dict[int, int]) -> Checked:
    """Leave a row out that names an earlier row's product: a doubt if it says the same, else an error."""
    assert found.draft is not None
    content = hash(found.line.cells) & 0xFFFFFFFF
    before = named.setdefault(hash(found.draft.key), found.line.number << 32 | content)
    if before >> 32 == found.line.number:
        return found
    same = before & 0xFFFFFFFF == content
    code = "row_repeated" if same else "row_contradicts"
    issue = Issue(code, row=found.line.number, params={"first_row": before >> 32})
    if same:
        return Checked(found.line, None, (), (*found.doubts, issue))
    return Checked(found.line, None, (*found.errors, issue), found.doubts)
