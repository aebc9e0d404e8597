"""Where the table stands in its file: titles above, the header in one row or two, blank columns."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from impact.catalog.files.asides import SetAside, Why, is_column_numbers, is_note
from impact.catalog.files.cells import cleaned, in_one_line, is_number
from impact.errors import BadInput, Issue

HEAD_ROWS = 60
"""Rows looked at to find the header; titles above it are a handful."""
LONGEST_YEAR, MONTHS = 4, 12
"""Columns are often named by years or months, so such a number may be a name."""

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Layout:
    """The header, the row it ends in, and the place of each of its columns, counted from 1."""

    header: tuple[str, ...]
    header_row: int
    columns: tuple[int, ...]
    aside: tuple[SetAside, ...]
    issues: tuple[Issue, ...]
    num_before: int
    """Rows to skip: those up to the header, and the numbers of the columns."""
    names: tuple[str, ...] = ()
    """The last header row as it stands, blanks included: by it a header printed again is known."""

    def name_at(self, place: int) -> str:
        """Name the column at `place` of a row (from 0): by the header, or by its letter."""
        column = place + 1
        return self.header[self.columns.index(column)] if column in self.columns else letters(column)


def layout_of(head: Rows) -> Layout:
    """Find the table in the first rows of a file.

    1. Its width is the most cells that two rows have filled.
    2. The header is the first row filled by more than half, whose cells are not "name: value".
    3. A row above it that names groups of columns, or a row below it that names what a group holds, is
       joined to it.

    Raises
    ------
    BadInput
        There is no row with text, or the header has only figures.
    """
    rows = [[in_one_line(cell) for cell in row] for row in head]
    first = _first_wide(rows)
    below = _joins(rows, first)
    last = first + 1 if below else first
    group = rows[first] if below else _group_above(rows, first)
    header = _named(rows[last], group)
    columns = [place for place in range(len(header)) if header[place] or _has_text(rows[last + 1 :], place)]
    aside = [*_above(head, last, group is not None), *_numbered(rows, last + 1)]
    return Layout(
        tuple(header[place] or letters(place + 1) for place in columns),
        last + 1,
        tuple(place + 1 for place in columns),
        tuple(aside),
        tuple(_doubts(header, columns, last + 1)),
        max([last + 1, *(found.row for found in aside)]),
        tuple(rows[last]),
    )


def letters(column: int) -> str:
    """Name a column as spreadsheets do: 1 → A, 27 → AA."""
    name = ""
    while column:
        column, place = divmod(column - 1, 26)
        name = chr(ord("A") + place) + name
    return name


def _first_wide(rows: Rows) -> int:
    filled = [sum(map(bool, row)) for row in rows]
    if not any(filled):
        raise BadInput([Issue("table_not_found")])
    width = _usual_width(filled)
    for place, row in enumerate(rows):
        if 2 * filled[place] > width and not _is_said(row) and not is_note(row):
            return place
    raise BadInput([Issue("table_not_found")])


def _usual_width(filled: Iterable[int]) -> int:
    """Return the most cells filled in two rows at least: one row alone may be longer by mistake."""
    times = Counter(filled)
    return max((width for width, count in times.items() if count > 1 and width), default=max(times))


def _is_said(row: Sequence[str]) -> bool:
    """Tell a row of "name: value" cells, which stands above a header."""
    return any("：" in cell.rstrip("：:") or ": " in cell for cell in row)


def _joins(rows: Rows, first: int) -> bool:
    """Tell whether row `first` names groups and the next row what is in them.

    Below a name that stands for several columns (blanks follow it) every column has a name of its own;
    below any other is nothing, or the same (cells merged downwards). The row after looks different.
    """
    if first + 2 >= len(rows):
        return False
    upper, lower, after = (_to_width(rows[first + k], len(rows[first])) for k in range(3))
    spans = [_spans(upper, place) for place in range(len(upper))]
    if not any(spans) or any(is_number(cell) for cell in lower if len(cell) > LONGEST_YEAR):
        return False
    fits = all(
        bool(low) if in_group else low in ("", up)
        for up, low, in_group in zip(upper, lower, spans, strict=True)
    )
    alone = any(up and not in_group for up, in_group in zip(upper, spans, strict=True))
    return fits and (alone or any(map(is_number, after))) and not any(map(is_number, lower))


def _spans(row: Sequence[str], place: int) -> bool:
    """Tell whether the column is of a group: its name is blank, or a blank follows it."""
    return bool(any(row[:place])) if not row[place] else place + 1 < len(row) and not row[place + 1]


def _group_above(rows: Rows, first: int) -> Sequence[str] | None:
    """Return the row above the header if it names groups: two cells or more, each above a named column."""
    above = rows[first - 1] if first else ()
    if sum(map(bool, above)) < 2 or _is_said(above) or any(map(is_number, above)):
        return None
    wide = _to_width(above, len(rows[first]))
    return wide if all(rows[first][place] for place, cell in enumerate(wide) if cell) else None


def _named(names: Sequence[str], group: Sequence[str] | None) -> list[str]:
    """Put the name of its group before each name."""
    if group is None:
        return list(names)
    wide = max(len(names), len(group))
    joined, under = [], ""
    for upper, lower in zip(_to_width(group, wide), _to_width(names, wide), strict=True):
        under = upper or (under if lower else "")
        joined.append(lower if under == lower else f"{under} {lower}".strip())
    return joined


def _to_width(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]


def _has_text(rows: Rows, place: int) -> bool:
    return any(len(row) > place and row[place] for row in rows)


def _above(head: Rows, last: int, grouped: bool) -> Iterable[SetAside]:
    for place, row in enumerate(head[:last]):
        cells = [cleaned(cell) for cell in row if cleaned(cell)]
        if cells:
            groups = place == last - 1 and grouped
            why = Why.GROUP_HEADER if groups else Why.NOTE if _is_said(cells) else Why.TITLE
            yield SetAside(place + 1, " ".join(cells), why)


def _numbered(rows: Rows, place: int) -> Iterable[SetAside]:
    if place < len(rows) and is_column_numbers(rows[place]):
        yield SetAside(place + 1, " ".join(filter(None, rows[place])), Why.COLUMN_NUMBERS)


def _doubts(header: Sequence[str], columns: Sequence[int], row: int) -> Iterable[Issue]:
    times = Counter(filter(None, header))
    for name, count in times.items():
        if count > 1:
            yield Issue("header_repeated", row=row, column=name, params={"count": count})
    for place in columns:
        if not header[place]:
            yield Issue("header_blank", row=row, column=letters(place + 1))
    if any(map(_is_figure, times)):
        yield Issue("header_doubtful", row=row)


def _is_figure(name: str) -> bool:
    """Tell a figure, which a row of data would have, from a year or a month, which names a column."""
    return is_number(name) and not (name.isdigit() and (len(name) == LONGEST_YEAR or int(name) <= MONTHS))
