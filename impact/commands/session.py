"""What all commands share: the language they speak, who solves, and how a command ends."""

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from importlib import import_module
from pathlib import Path
from threading import Event, current_thread, main_thread
from typing import TYPE_CHECKING, Any

import click

from impact.timing import Cancelled

if TYPE_CHECKING:  # solvers are loaded by the commands that solve
    from impact.matching.plan import Plan
    from impact.matching.solve import Limits

ENGINES = ("auto", "exact", "first-order", "cluster")
Folder = click.Path(path_type=Path)
Because = click.option("--reason", default="", help="Why: it stands in the log.")
Solver = Callable[..., "Plan"]


@dataclass(frozen=True)
class Session:
    """The language a command speaks, and who solves: `chosen`, or our own solver."""

    lang: str
    chosen: Solver | None = None

    @property
    def solver(self) -> Solver:
        """Who solves."""
        from impact.matching.solve import solve  # noqa: PLC0415  only who solves loads solvers

        return self.chosen or solve


class Loading(click.Group):
    """Commands in modules of their own: only the libraries of the one that is asked for are loaded."""

    def __init__(self, *args: Any, places: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = places

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(self._places)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in self._places:
            return None
        module, command_name = self._places[name]
        command: click.Command = getattr(import_module(module), command_name)
        return command


class Ended(IntEnum):
    """How a command ended, as docs/bundle-format.md promises."""

    WELL = 0
    CLAIM_FALSE = 1
    BAD_INPUT = 2
    INFEASIBLE = 3
    TIME_LIMIT = 4
    FAILED = 5
    INTERRUPTED = 130


@contextmanager
def stoppable() -> Iterator[Cancelled]:
    """Let the first Ctrl-C ask for the best plan so far; the second one ends the command as it always did."""
    stop = Event()
    if current_thread() is not main_thread():
        yield stop.is_set
        return
    before = signal.getsignal(signal.SIGINT)

    def first(*_: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, first)
    try:
        yield stop.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def limits_of(seed: int, **asked: float | str | Cancelled) -> "Limits":
    """Return what the solver is asked for; a figure out of range is a fault of the command line."""
    from impact.matching.solve import Limits  # noqa: PLC0415  only who solves loads solvers

    try:
        return Limits(seed=seed, **asked)  # type: ignore[arg-type]
    except ValueError as error:
        raise click.UsageError(str(error)) from error
