"""How long each stage took, told as it happens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter


class Stopwatch:
    """Collect the seconds of named stages; `told` hears of each stage as it ends."""

    def __init__(self, told: Callable[[str, float], None] | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self._told = told

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time the block as part of stage `name`; blocks of one name add up."""
        start = perf_counter()
        yield
        took = perf_counter() - start
        self.seconds[name] = self.seconds.get(name, 0.0) + took
        if self._told:
            self._told(name, took)
