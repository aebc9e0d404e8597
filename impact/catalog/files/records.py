"""Lines of text → rows of cells; a quote that is never closed costs no row."""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from typing import TextIO

from impact.errors import BadInput, Issue

LONGEST_LINE = 1_000_000
"""Characters; nobody writes such a line by hand, and reading without end would fill the memory."""
LONGEST_CELL = csv.field_size_limit()
"""Characters."""
QUOTE = '"'
LINES_IN_CELL = 50
"""A quoted cell of more lines is taken for a quote that was never closed."""


def lines_of(file: TextIO) -> Iterator[str]:
    """Give the lines of a text, refusing one of a million characters."""
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if len(line) >= LONGEST_LINE:
            raise BadInput([Issue("line_too_long", row=number, params={"most": LONGEST_LINE})])
        yield line


def records(
    lines: Iterator[str],
    delimiter: str,
    on_lone_quote: Callable[[int, str], None] = lambda row, text: None,
    most_lines: int = LINES_IN_CELL,
) -> Iterator[list[str]]:
    """Split `lines` into rows of cells (RFC 4180); an empty line is a row without cells.

    Where quotes do not match, the line in which the quote opens is read literally, and reading goes on with
    the next line; `on_lone_quote` is told the row and the line.

    Raises
    ------
    BadInput
        A cell is longer than `LONGEST_CELL`.
    """
    feed = _Feed(lines, most_lines)
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    for row, line in enumerate(feed.rest(), 1):
        if QUOTE not in line and len(line) <= LONGEST_CELL:
            yield _unquoted(line, delimiter)
            continue
        feed.begin_with(line)
        try:
            yield next(reader)
        except csv.Error as error:
            if "field larger" in str(error):
                raise BadInput([Issue("cell_too_long", row=row)]) from None
            first = feed.give_back().rstrip("\r\n")
            on_lone_quote(row, first)
            yield literally(first, delimiter)


def _unquoted(line: str, delimiter: str) -> list[str]:
    """Split a line without quotes, as most are; as the reader does, and some times faster."""
    bare = line.rstrip("\r\n")
    return bare.split(delimiter) if bare else []


def literally(line: str, delimiter: str) -> list[str]:
    """Split one line; cells quoted well lose their quotes, any other quote is a character like others."""
    cells = []
    for quoted, plain in _cell(delimiter).findall(delimiter + line):
        cells.append(quoted[1:-1].replace('""', '"') if quoted else plain)
    return cells


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    return re.compile(rf'{mark}(?:("(?:[^"]|"")*")(?={mark}|$)|([^{mark}]*))')


class _Feed:
    """Lines that remember what was taken for the row under way, so that it can be given back."""

    def __init__(self, lines: Iterator[str], most_lines: int) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._most = most_lines
        self._taken: list[str] = []

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if len(self._taken) >= self._most:
            raise StopIteration
        line = self._again.popleft() if self._again else next(self._lines)
        self._taken.append(line)
        return line

    def rest(self) -> Iterator[str]:
        """Give the lines that no row took."""
        while (line := self._again.popleft() if self._again else next(self._lines, None)) is not None:
            yield line

    def begin_with(self, line: str) -> None:
        """Put the first line of a row back in front, as one that nothing was taken of."""
        self._again.appendleft(line)
        self._taken.clear()

    def give_back(self) -> str:
        """Put all lines taken but the first back in front, and return the first."""
        first, *rest = self._taken
        self._again.extendleft(reversed(rest))
        return first
