"""Names of accounts that are pairs: of a producer and a placement."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np

from impact.arrays import Floats, Ints

BETWEEN = "@"


@dataclass(frozen=True)
class Pairs(Sequence[str]):
    """Names ``producer@placement``, written only when asked for.

    A pair is numbered ``producer * len(placements) + placement``.
    """

    producers: Sequence[str]
    placements: Sequence[str]
    pairs: Ints  # in ascending order

    def __len__(self) -> int:
        return len(self.pairs)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return list(self._named(self.pairs[place]))
        return next(self._named(self.pairs[[place]]))

    def __iter__(self) -> Iterator[str]:
        return self._named(self.pairs)

    def laid_out(self, stated: Mapping[str, float]) -> Floats:
        """Put what is stated by name on the pairs of these names, 0 where nothing is, shape ``(pair,)``."""
        told = [(number, value) for name, value in stated.items() for number in self._numbers(name)]
        number, value = np.array(told, np.float64).reshape(-1, 2).T
        place = np.searchsorted(self.pairs, number)
        known = np.append(self.pairs, -1)[place] == number
        laid_out = np.zeros(len(self.pairs))
        laid_out[place[known]] = value[known]
        return laid_out

    def _numbers(self, name: str) -> Iterator[int]:
        """Find the pairs of this name; ids may themselves have in them what stands between them."""
        parts = name.split(BETWEEN)
        for cut in range(1, len(parts)):
            producer = self._producers.get(BETWEEN.join(parts[:cut]))
            placement = self._placements.get(BETWEEN.join(parts[cut:]))
            if producer is not None and placement is not None:
                yield producer * len(self.placements) + placement

    def _named(self, pairs: Ints) -> Iterator[str]:
        for producer, placement in zip(*(part.tolist() for part in self._parts(pairs)), strict=True):
            yield f"{self.producers[producer]}{BETWEEN}{self.placements[placement]}"

    def _parts(self, pairs: Ints) -> tuple[Ints, Ints]:
        return pairs // len(self.placements), pairs % len(self.placements)

    @cached_property
    def _producers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.producers)}

    @cached_property
    def _placements(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.placements)}
