"""Named: which products a file named so far, and in which row first, in some twenty-five bytes a row."""

from array import array

PART_BITS = 6
NUM_PARTS = 1 << PART_BITS
"""Parts grow one at a time, so that growing takes next to no memory."""
FEWEST_SLOTS = 48
MOST_FULL = 0.75
ROW_BITS = 32
CONTENT = (1 << ROW_BITS) - 1


class Named:
    """Hashes of products, in parts by the hash: of a million rows they take some 22 MB."""

    def __init__(self) -> None:
        self._parts = [_Part() for _ in range(NUM_PARTS)]

    def __contains__(self, key: str) -> bool:
        found = hash(key) or 1
        return self._parts[found % NUM_PARTS].said_of(found) is not None

    def first(self, key: str, row: int, cells: tuple[str, ...]) -> tuple[int, bool]:
        """Return the first row that named `key`, which may be this one, and whether its cells were these."""
        found, content = hash(key) or 1, hash(cells) & CONTENT
        said = self._parts[found % NUM_PARTS].put(found, row << ROW_BITS | content)
        return (row, True) if said is None else (said >> ROW_BITS, said & CONTENT == content)


class _Part:
    """A table of hashes, open to the next free slot."""

    def __init__(self) -> None:
        self._room(FEWEST_SLOTS)

    def said_of(self, found: int) -> int | None:
        """Return what was said of a hash first, None where nothing was."""
        slot = self._slot(found)
        return self._said[slot] if self._hashes[slot] else None

    def put(self, found: int, said: int) -> int | None:
        """Note what is `said` of a hash, unless something was said before, which is returned."""
        slot = self._slot(found)
        if self._hashes[slot]:
            return self._said[slot]
        self._hashes[slot], self._said[slot] = found, said
        self._num_free -= 1
        if not self._num_free:
            self._grow()
        return None

    def _slot(self, wanted: int) -> int:
        """Find the slot that holds a hash, or the free one where it belongs."""
        hashes = self._hashes
        slot = (wanted >> PART_BITS) % len(hashes)
        while (held := hashes[slot]) and held != wanted:
            slot -= 1  # below the first comes the last
        return slot

    def _room(self, slots: int) -> None:
        self._hashes, self._said = array("q", bytes(8 * slots)), array("Q", bytes(8 * slots))
        self._num_free = int(MOST_FULL * slots)

    def _grow(self) -> None:
        hashes, said = self._hashes, self._said
        self._room(len(hashes) * 3 // 2)
        for held, each in zip(hashes, said, strict=True):
            if held:
                self.put(held, each)
