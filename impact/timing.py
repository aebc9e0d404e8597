"""Time: how long each stage took, told as it happens; and how long there is still to try."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import inf
from threading import Thread
from time import perf_counter
from typing import TypeVar

Result = TypeVar("Result")
LOOKED_EVERY_SECONDS = 0.05
GRACE_SECONDS, LATE_SECONDS = 5.0, 0.5
"""How long what is under way may take to come back with what it has: once time is up, once cancelled."""
Cancelled = Callable[[], bool]
"""Asked again and again whether somebody has said stop."""


def never() -> bool:
    """Say that nobody has said stop."""
    return False


@dataclass(frozen=True)
class Patience:
    """How long to try: until a time (of `perf_counter`), or until somebody says stop."""

    until: float
    cancelled: Cancelled = never

    @property
    def seconds(self) -> float:
        """How many seconds are left; none once cancelled."""
        return 0.0 if self.cancelled() else max(self.until - perf_counter(), 0.0)

    def share(self, part: float) -> "Patience":
        """Return the patience that is over once `part` of what is left is."""
        return replace(self, until=perf_counter() + part * (self.until - perf_counter()))

    def lasts(self) -> bool:
        """Tell whether there is any left."""
        return self.seconds > 0


UNHURRIED = Patience(inf)


def within(patience: Patience, work: Callable[[], Result]) -> Result | None:
    """Do `work`, and stop waiting for it soon after `patience` is over: then None.

    What cannot be interrupted is left behind in a thread of its own; what looks at `patience` itself comes
    back in time with what it has.
    """
    ended: list[Result] = []
    failed: list[BaseException] = []
    running = Thread(target=_collect, args=(work, ended, failed), daemon=True)
    running.start()
    while running.is_alive() and patience.lasts():
        running.join(LOOKED_EVERY_SECONDS)
    running.join(LATE_SECONDS if patience.cancelled() else GRACE_SECONDS)
    if failed:
        raise failed[0]
    return ended[0] if ended else None


def _collect(work: Callable[[], Result], ended: list[Result], failed: list[BaseException]) -> None:
    try:
        ended.append(work())
    except BaseException as error:  # it is raised again where it is waited for
        failed.append(error)


class Stopwatch:
    """Collect the seconds of named stages; `begun` hears of each stage as it begins, `told` as it ends.

    `expected` hears, before the longest of them, how much memory it is expected to take, in megabytes.
    """

    def __init__(
        self,
        told: Callable[[str, float], None] | None = None,
        expected: Callable[[float], None] | None = None,
        begun: Callable[[str], None] | None = None,
    ) -> None:
        self.seconds: dict[str, float] = {}
        self._begun = begun
        self._told = told
        self._expected = expected

    def expect(self, memory_mb: float) -> None:
        """Say how much memory is expected to be taken."""
        if self._expected:
            self._expected(memory_mb)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time the block as part of stage `name`; blocks of one name add up."""
        if self._begun:
            self._begun(name)
        start = perf_counter()
        yield
        took = perf_counter() - start
        self.seconds[name] = self.seconds.get(name, 0.0) + took
        if self._told:
            self._told(name, took)
