"""Named: which products a file named so far, and in which row first, in some thirty bytes a row."""

from array import array

FEWEST_SLOTS = 1 << 10
ROW_BITS = 32
CONTENT = (1 << ROW_BITS) - 1


class Named:
    """A table of hashes, open to the next free slot and at most half full; a million rows take 33 MB."""

    def __init__(self) -> None:
        self._room(FEWEST_SLOTS)
        self._count = 0

    def __contains__(self, key: str) -> bool:
        return self._hashes[self._slot(_hash(key))] != 0

    def first(self, key: str, row: int, cells: tuple[str, ...]) -> tuple[int, bool]:
        """Return the first row that named `key`, which may be this one, and whether its cells were these."""
        found, content = _hash(key), hash(cells) & CONTENT
        slot = self._slot(found)
        if self._hashes[slot] == 0:
            self._hashes[slot], self._said[slot] = found, row << ROW_BITS | content
            self._count += 1
            if 2 * self._count > len(self._hashes):
                self._grow()
            return row, True
        said = self._said[slot]
        return said >> ROW_BITS, said & CONTENT == content

    def _slot(self, wanted: int) -> int:
        """Find the slot that holds a hash, or the free one where it belongs."""
        hashes, mask = self._hashes, self._mask
        slot = wanted & mask
        while (held := hashes[slot]) and held != wanted:
            slot = (slot + 1) & mask
        return slot

    def _room(self, slots: int) -> None:
        self._hashes, self._said = array("q", bytes(8 * slots)), array("Q", bytes(8 * slots))
        self._mask = slots - 1

    def _grow(self) -> None:
        hashes, said = self._hashes, self._said
        self._room(2 * len(hashes))
        for held, each in zip(hashes, said, strict=True):
            if held:
                slot = self._slot(held)
                self._hashes[slot], self._said[slot] = held, each


def _hash(key: str) -> int:
    return hash(key) or 1
