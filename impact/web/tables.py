"""Tables: one source for what a page shows, what a chart draws and what a file holds."""

import csv
import io
from dataclasses import dataclass

from impact.catalog.escape import escaped
from impact.i18n import words

Cell = str | int | float
DIGITS = 6


@dataclass(frozen=True)
class Column:
    """A column: the code of its heading, how its figures are written, and what stands beside them."""

    heading: str
    style: str = "text"
    """``text``, or a style of figures: ``number``, ``compact``, ``share``, ``exact``,
    ``fine_share``, ``change``."""
    bar: bool = False
    imputed: bool = False


@dataclass(frozen=True)
class Table:
    """Figures under headings; cells of text are worded, cells of figures are raw."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def largest(self, column: int) -> float:
        """The largest figure of a column, the length of a full bar."""
        return max((float(row[column]) for row in self.rows), default=0.0)


def as_csv(table: Table, lang: str) -> str:
    """Write a table as CSV that spreadsheets open as UTF-8 and do not execute."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_headed(column, lang) for column in table.columns)
    writer.writerows([_written(cell) for cell in row] for row in table.rows)
    return "\ufeff" + text.getvalue()


def _headed(column: Column, lang: str) -> str:
    heading = words(column.heading, lang)
    return words("imputed.heading", lang, heading=heading) if column.imputed else heading


def _written(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return escaped(cell)
    return round(cell, DIGITS)
