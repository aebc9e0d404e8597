"""An explanation as it is read: sentences first, then tables whose figures add up, then all there is."""

from dataclasses import dataclass

from impact.web.tables import Table

NUM_SHOWN = 12
"""Rows of a table that adds up; what is beyond is one more row."""
NUM_RECORDED = 60
"""Rows of the full record that the page lists; the file has them all."""


@dataclass(frozen=True)
class Adding:
    """A table whose last row is the sum of those above, under a heading and a line that says what it adds."""

    code: str
    table: Table


@dataclass(frozen=True)
class Told:
    """An explanation at three depths; `kin` are others to look at, each a name and what it is.

    `is_out` where it takes no part, as the programme's criteria keep it out.
    """

    kind: str
    name: str
    sentences: tuple[str, ...]
    adding: tuple[Adding, ...]
    record: Table
    num_recorded: int
    kin: tuple[tuple[str, dict[str, str]], ...]
    is_out: bool = False
