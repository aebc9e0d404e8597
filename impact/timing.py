"""Time: how long each stage took, told as it happens; and how long there is still to try."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

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

    def lasts(self) -> bool:
        """Tell whether there is any left."""
        return self.seconds > 0


class Stopwatch:
    """Collect the seconds of named stages; `told` hears of each stage as it ends.

    `expected` hears, before the longest of them, how much memory it is expected to take, in megabytes.
    """

    def __init__(
        self,
        told: Callable[[str, float], None] | None = None,
        expected: Callable[[float], None] | None = None,
    ) -> None:
        self.seconds: dict[str, float] = {}
        self._told = told
        self._expected = expected

    def expect(self, memory_mb: float) -> None:
        """Say how much memory is expected to be taken."""
        if self._expected:
            self._expected(memory_mb)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time the block as part of stage `name`; blocks of one name add up."""
        start = perf_counter()
        yield
        took = perf_counter() - start
        self.seconds[name] = self.seconds.get(name, 0.0) + took
        if self._told:
            self._told(name, took)
