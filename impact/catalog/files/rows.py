"""Rows of a file → lines of its table; what is odd is said, what is not of the table is set aside."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from impact.catalog.files.asides import SetAside, Why, is_note, is_total
from impact.catalog.files.cells import ODD, cleaned, has_controls, in_one_line, lost_digits
from impact.catalog.files.layout import Layout
from impact.errors import BadInput, Issue, Param

MOST_FOUND = 10_000
"""More issues than this help nobody; the rest are counted."""
MOST_ASIDE = 100_000
"""A file of which so much is no table is not one."""
LONGEST_SHOWN = 200
"""Characters of a row that are shown when it is set aside or doubted."""


class Line(NamedTuple):
    """A row of the table; `number` is as the spreadsheet counts it, `cells` are as many as the header."""

    number: int
    cells: tuple[str, ...]


class Findings:
    """What was found while reading; grows until the last row."""

    def __init__(self, issues: Iterable[Issue] = (), set_aside: Iterable[SetAside] = ()) -> None:
        self._issues = list(issues)
        self.set_aside = list(set_aside)
        self._num_more = 0

    @property
    def issues(self) -> list[Issue]:
        """All issues, at their end how many more there are than were kept."""
        more = [Issue("issues_more", params={"count": self._num_more})] if self._num_more else []
        return self._issues + more

    def add(self, issue: Issue) -> None:
        if len(self._issues) < MOST_FOUND:
            self._issues.append(issue)
        else:
            self._num_more += 1

    def lone_quote(self, row: int, text: str) -> None:
        self.add(Issue("quote_unclosed", row=row, params={"value": _shown([text])}))

    def put_aside(self, row: int, cells: Sequence[str], why: Why) -> None:
        if len(self.set_aside) >= MOST_ASIDE:
            raise BadInput([Issue("table_not_found")])
        self.set_aside.append(SetAside(row, _shown(cells), why))


def lines_in(rows: Iterable[list[str]], layout: Layout, findings: Findings) -> Iterator[Line]:
    """Give the lines of the table one by one, and tell `findings` what else there is."""
    reader = _Reader(layout, findings)
    for number, row in enumerate(islice(rows, layout.num_before, None), layout.num_before + 1):
        cells = reader.cleaned(number, row)
        if any(cells) and not reader.sets_aside(number, cells):
            yield Line(number, reader.fitted(number, row, cells))


class _Reader:
    """Turns rows into lines; remembers the row before and what stood above the header."""

    def __init__(self, layout: Layout, findings: Findings) -> None:
        self._layout, self._findings = layout, findings
        self._places = [column - 1 for column in layout.columns]
        self._width = max(layout.columns)
        self._is_plain = self._places == list(range(self._width))
        self._above = {found.text: found.why for found in layout.aside}
        self._before: Sequence[str] = ()
        self._in_notes = False

    def cleaned(self, number: int, row: list[str]) -> list[str]:
        """Return the cells as people see them."""
        joined = "".join(row)
        is_printable = joined.isprintable()
        if not is_printable and ODD.search(joined):
            self._tell_controls(number, row)
            return [cleaned(cell) for cell in row]
        if "e+" in joined or "E+" in joined:
            self._tell_lost_digits(number, row)
        return [cell.strip() for cell in row] if " " in joined or not is_printable else row

    def sets_aside(self, number: int, cells: Sequence[str]) -> bool:
        """Tell whether the row is not of the table; if so, it is set aside."""
        why = self._why(cells)
        self._in_notes = why is Why.NOTE
        if why is None:
            self._before = cells
            return False
        self._findings.put_aside(number, cells, why)
        return True

    def fitted(self, number: int, row: Sequence[str], cells: list[str]) -> tuple[str, ...]:
        """Return as many cells as the header has, and say so where there were more or fewer."""
        if len(cells) < self._width:
            self._tell_short(number, len(row))
            cells = cells + [""] * (self._width - len(cells))
        if self._is_plain and len(cells) == self._width:
            return tuple(cells)
        self._tell_unnamed(number, cells)
        return tuple([cells[place] for place in self._places])

    def _why(self, cells: Sequence[str]) -> Why | None:
        if is_total(cells, self._before):
            return Why.TOTAL
        if is_note(cells, after_note=self._in_notes):
            return Why.NOTE
        if self._is_header(cells):
            return Why.REPEATED_HEADER
        return self._above.get(_shown(cells)) if self._above else None

    def _is_header(self, cells: Sequence[str]) -> bool:
        names = self._layout.names
        place = self._places[0]
        if len(cells) <= place or cells[place][:1] != names[place][:1]:  # as in nearly all rows
            return False
        if in_one_line(cells[place]) != names[place]:
            return False
        return [in_one_line(cell) for cell in cells if cell] == [name for name in names if name]

    def _tell_controls(self, number: int, row: Sequence[str]) -> None:
        for place, cell in enumerate(row):
            if has_controls(cell):
                self._tell("control_dropped", number, place, cell)

    def _tell_lost_digits(self, number: int, row: Sequence[str]) -> None:
        for place, cell in enumerate(row):
            if lost_digits(cell.strip()):
                self._tell("digits_lost", number, place, cell)

    def _tell_short(self, number: int, found: int) -> None:
        params = {"found": found, "expected": self._width}
        self._findings.add(Issue("row_shorter", row=number, params=params))

    def _tell_unnamed(self, number: int, cells: Sequence[str]) -> None:
        named = set(self._places)
        extra = [cell for place, cell in enumerate(cells) if cell and place not in named]
        if extra:
            params: dict[str, Param] = {"found": len(cells), "expected": self._width, "value": _shown(extra)}
            self._findings.add(Issue("row_longer", row=number, params=params))

    def _tell(self, code: str, number: int, place: int, cell: str) -> None:
        column = self._layout.name_at(place)
        self._findings.add(Issue(code, row=number, column=column, params={"value": _shown([cell])}))


def _shown(cells: Iterable[str]) -> str:
    text = " ".join(cleaned(cell) for cell in cells if cell)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
