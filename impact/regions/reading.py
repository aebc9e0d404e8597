"""Reading: the names in a text, from large to small, and the divisions they mean together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from impact.errors import Issue
from impact.model import Level, Region
from impact.regions.details import is_all_of_it, is_detail, is_loose, names_town, names_zone
from impact.regions.fitting import Fitting, Reading
from impact.regions.gazetteer import Gazetteer
from impact.regions.words import Word, is_whole, unmistaken, words_of

LOOSE, UNEXPLAINED, ALONE, COARSE = 0.7, 0.55, 0.65, 0.9
"""How much is left of the sureness where names are followed by what is no name of ours; where a text says
more than they do; where a short name stands alone before something else; where all that is known of a place
is a larger division."""
FORKS = 3
"""Where the longest name does not fit, shorter ones are tried for the first so many."""


@dataclass(frozen=True)
class Path:
    """A way through a text: what was read, how many names, and how many characters mean nothing.

    It `ends_whole` where the last name was written with its kind; a `detail` may be left at the end.
    """

    reading: Reading
    num_named: int = 0
    ends_whole: bool = False
    num_unexplained: int = 0
    detail: str = ""

    @property
    def is_plain(self) -> bool:
        """Tell whether all of it was read, and nothing speaks against it."""
        return not self.num_unexplained and not self.reading.doubts


class Reader:
    """Reads names over one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.fitting = Fitting(gazetteer)

    @cached_property
    def words(self) -> Mapping[str, Sequence[Word]]:
        """Look divisions up by what they are called, and were where no other of their level is now."""
        return words_of(self._gazetteer)

    @cached_property
    def _lengths(self) -> Mapping[str, Sequence[int]]:
        """How long words are that begin with a sign, the longest first."""
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self.words:
            lengths[word[0]].add(len(word))
        return {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def read(self, text: str, holder: Region | None) -> Reading:
        """Read names from large to small; what follows the last may be a detail."""
        path = self._walk(text, 0, Path(Reading((holder,) if holder else ())))
        if not path.num_named:
            return Reading(())
        if path.num_unexplained:
            return _less_sure(path.reading, UNEXPLAINED)
        if path.detail and not holder and _stands_alone(path):
            return _less_sure(path.reading, ALONE)
        return self._coarse(path) if path.detail else path.reading

    def together(self, words: Iterable[Sequence[Word]]) -> Reading:
        """Read names that were found one after the other."""
        path = Path(Reading(()))
        for found in words:
            deeper = self._deeper(path, "", found, "")
            if deeper is None:
                break
            path = deeper
        return path.reading

    def _walk(self, text: str, at: int, path: Path) -> Path:
        if at >= len(text):
            return path
        found = list(self._words_at(text, at))
        if not found:
            return self._walk_on(text, at, path)
        longest = self._onward(text, at, path, *found[0])
        if longest.is_plain or path.num_named >= FORKS:
            return longest
        shorter = (self._onward(text, at, path, *each) for each in found[1:])
        return next((way for way in shorter if way.is_plain and not way.detail), longest)

    def _onward(self, text: str, at: int, path: Path, word: str, found: Sequence[Word]) -> Path:
        deeper = self._deeper(path, word, found, text[at + len(word) :])
        if deeper is None:
            return replace(path, detail=text[at:])
        return self._walk(text, at + len(word), deeper)

    def _walk_on(self, text: str, at: int, path: Path) -> Path:
        """Go on where no name begins: from a name further inside, or after what means nothing."""
        if path.num_named and is_detail(text[at:]):
            inner = self._inner(text, at, path)
            return replace(path, detail=text[at:]) if inner is None else self._walk(text, inner, path)
        end = at + 1
        while end < len(text) and not self._goes_on(text, end, path):
            end += 1
        if end == len(text) and path.num_named > 1 and is_loose(text[at:]):
            return replace(path, reading=_less_sure(path.reading, LOOSE), detail=text[at:])
        return self._walk(text, end, replace(path, num_unexplained=path.num_unexplained + end - at))

    def _goes_on(self, text: str, at: int, path: Path) -> bool:
        named = next(self._words_at(text, at), None)
        return named is not None or (path.num_named > 0 and is_detail(text[at:]))

    def _inner(self, text: str, at: int, path: Path) -> int | None:
        """Find a whole name after a detail that means something further inside: a zone may hold counties."""
        for start in range(at + 1, len(text)):
            for word, found in self._words_at(text, start):
                if is_whole(word, found) and self.fitting.deepens(path.reading, found):
                    return start if is_detail(text[at:start]) else None
        return None

    def _words_at(self, text: str, at: int) -> Iterator[tuple[str, Sequence[Word]]]:
        """Give the names that begin there, the longest first."""
        for length in self._lengths.get(text[at], ()):
            word = text[at : at + length]
            if word in self.words:
                yield word, self.words[word]

    def _deeper(self, path: Path, word: str, found: Sequence[Word], rest: str) -> Path | None:
        """Go on to what the next name means; None where it is part of a detail."""
        reading, whole = path.reading, is_whole(word, found)
        if not reading.regions:
            known = unmistaken(word, found)
            further = Reading(tuple(region for region, _ in known), max(sure for _, sure in known))
        elif inside := self.fitting.inside(reading, found):
            further = inside
        elif _is_inner(reading, found, rest, whole=whole):
            return None
        else:
            further = self.fitting.outside(reading, found, word)
        return replace(path, reading=further, num_named=path.num_named + 1, ends_whole=whole)

    def _coarse(self, path: Path) -> Reading:
        """Doubt a division that was all there is to tell of a place inside it."""
        reading = path.reading
        wider = [region for region in reading.regions if self._gazetteer.children(region.adcode)]
        if not wider or is_all_of_it(path.detail) or reading.doubts:
            return reading
        params = {"text": path.detail, "region": self._gazetteer.full_name(wider[0])}
        return replace(_less_sure(reading, COARSE), doubts=(Issue("place_coarse", params=params),))


def _is_inner(reading: Reading, found: Sequence[Word], rest: str, *, whole: bool) -> bool:
    """Tell whether a name that does not fit is that of a town, a zone or a street inside what was read."""
    if whole:
        return reading.is_lowest and all(region.level is not Level.COUNTY for region, _ in found)
    return reading.is_lowest or names_town(rest) or names_zone(rest)


def _stands_alone(path: Path) -> bool:
    """Tell whether all there is is one short name, which may be of something else: 庆阳农场, 安溪铁观音."""
    if path.num_named > 1 or path.ends_whole or names_zone(path.detail):
        return False
    return path.reading.is_lowest or names_town(path.detail)


def _less_sure(reading: Reading, share: float) -> Reading:
    return replace(reading, confidence=reading.confidence * share)
