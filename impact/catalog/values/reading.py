"""Reading: what was made of a cell, how, and what is wrong with it or doubtful."""

from collections.abc import Mapping
from typing import NamedTuple

from impact.catalog.listing import Erased, Json
from impact.errors import Issue, Param

NOTHING: Mapping[str, Param] = {}


class Step(NamedTuple):
    """One conversion on the way from text to value; the words for `code` live in `i18n`."""

    code: str
    params: Mapping[str, Param] = NOTHING


class Reading(NamedTuple):
    """What a reader made of a text; value None where the text says that nothing is known."""

    value: Json
    steps: tuple[Step, ...] = ()
    doubts: tuple[Issue, ...] = ()


class Cell(NamedTuple):
    """A cell as it was written and as it was understood.

    `value` is None where the cell is blank or refused, and `CLEAR` where it asks for what is known to be
    forgotten. A refused cell has no value; a doubted one keeps what was read.
    """

    value: Json | Erased
    original: str = ""
    steps: tuple[Step, ...] = ()
    refused: Issue | None = None
    doubts: tuple[Issue, ...] = ()

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What is wrong with it, then what is doubtful; an error blocks the row, a doubt does not."""
        return (self.refused, *self.doubts) if self.refused else self.doubts


Read = Reading | Issue
"""What a reader gives: a reading, or why there is none."""
BLANK = Cell(None)
EMPTY = Reading(None)
