"""Sharing: batches of rows are judged here and by a helper; who judges which changes nothing."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import chain, islice
from typing import Protocol

from impact.catalog.checking.rows import Alone
from impact.catalog.files import Line

BATCH = 500
"""So many rows are judged at once."""
MOST_WAITING = 10
"""So many batches are held at most: those with the helper, and those judged that wait for one before."""
ALONE = 6
"""A file of no more batches is judged here: it would be done before a helper has come."""
Batch = Sequence[Line]
Found = Sequence[Alone]
Judging = Callable[[Batch], Found]


class Lost(Exception):
    """A helper is gone, with what it was given."""


class Answer(Protocol):
    """What came, or will come, of a batch."""

    def is_there(self) -> bool: ...
    def take(self) -> Found:
        """Wait for it; `Lost` where it will never come."""
        ...


class Helper(Protocol):
    """Who judges beside us."""

    def is_free(self) -> bool: ...
    def give(self, batch: Batch) -> Answer: ...


Hire = Callable[[], AbstractContextManager[Helper | None]]
"""Asks for a helper; None where there is no place for one."""


@dataclass(frozen=True)
class Own:
    """What we found ourselves."""

    found: Found

    def is_there(self) -> bool:
        return True

    def take(self) -> Found:
        return self.found


def shared(lines: Iterable[Line], judge: Judging, hire: Hire) -> Iterator[tuple[Batch, Found]]:
    """Judge rows batch by batch, in their order; of a long file a helper judges what it can."""
    batches, is_long = _looked_into(_batches(lines))
    with hire() if is_long else nullcontext() as helper:
        yield from _shared(batches, judge, helper) if helper else ((each, judge(each)) for each in batches)


def _shared(batches: Iterator[Batch], judge: Judging, helper: Helper) -> Iterator[tuple[Batch, Found]]:
    waiting: deque[tuple[Batch, Answer]] = deque()
    while True:
        while helper.is_free() and (batch := _next(batches, waiting)):
            waiting.append((batch, helper.give(batch)))
        if not (waiting and waiting[0][1].is_there()) and (batch := _next(batches, waiting)):
            waiting.append((batch, Own(judge(batch))))
        elif waiting:
            yield _taken(*waiting.popleft(), judge)
        else:
            return


def _looked_into(batches: Iterator[Batch]) -> tuple[Iterator[Batch], bool]:
    """Tell whether there are more batches than are worth a helper; the first ones are given all the same."""
    first = list(islice(batches, ALONE + 1))
    return chain(first, batches), len(first) > ALONE


def _next(batches: Iterator[Batch], waiting: Sequence[object]) -> Batch | None:
    return next(batches, None) if len(waiting) < MOST_WAITING else None


def _taken(batch: Batch, answer: Answer, judge: Judging) -> tuple[Batch, Found]:
    """Wait for what came of a batch; what is lost with a helper is judged here."""
    try:
        return batch, answer.take()
    except Lost:
        return batch, judge(batch)


def _batches(lines: Iterable[Line]) -> Iterator[Batch]:
    rest = iter(lines)
    while batch := list(islice(rest, BATCH)):
        yield batch
