"""What all commands share: the language they speak, who solves, and how a command ends."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import click

from impact.matching.plan import Plan
from impact.matching.solve import Limits

ENGINES = ("auto", "exact", "first-order", "cluster")
Folder = click.Path(path_type=Path)
Solver = Callable[..., Plan]


@dataclass(frozen=True)
class Session:
    """The language a command speaks, and who solves."""

    lang: str
    solver: Solver


class Ended(IntEnum):
    """How a command ended, as docs/bundle-format.md promises."""

    WELL = 0
    CLAIM_FALSE = 1
    BAD_INPUT = 2
    INFEASIBLE = 3
    TIME_LIMIT = 4
    FAILED = 5


def limits_of(seed: int, **asked: float | str) -> Limits:
    """Return what the solver is asked for; a figure out of range is a fault of the command line."""
    try:
        return Limits(seed=seed, **asked)  # type: ignore[arg-type]
    except ValueError as error:
        raise click.UsageError(str(error)) from error
