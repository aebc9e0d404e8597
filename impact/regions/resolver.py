"""Resolver: which division a text means, how sure that is, and what would decide where it is not."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from impact.errors import Issue
from impact.model import Region
from impact.regions.fitting import SEVERAL, Reading
from impact.regions.gazetteer import Gazetteer
from impact.regions.pinyin import Romanised
from impact.regions.reading import Reader
from impact.regions.spellings import is_latin, plain

MEMORY = 100_000
SEPARATED = 0.95
"""How sure names are that signs part, each inside the one before."""
ABOVE = 0.85
"""How much is left of the sureness where a name could also mean a division inside the one meant."""
LEAST = 0.6
"""Less sure than this, a place is not taken to be meant."""
MOST_LETTERS = 400
"""A longer text is no name of a place."""
PARTED = re.compile(r"[、，,;；/\n&＆]+")
COMMAS = re.compile(r"[，,/\n]+")
AND = re.compile(r"[和及与]")
OTHERS = re.compile(
    r"等\d*[一二三四五六七八九十两几多]*个?(?:省|市|县|区|地区|地市|县市|县区|地)?(?:市、区|（市、区）)?$"
)
BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
CODE = re.compile(r"\d{6}(?:\d{3}|\d{6})?")
CODE_DIGITS = 6


@dataclass(frozen=True)
class Resolution:
    """What a text means: a region, or, where that is not told, the `candidates`; `confidence` is in [0, 1].

    `doubts` say what speaks against it, `refused` why there is none. Where several places are named, the
    region is the least that holds them all, and `several` are they.
    """

    text: str
    region: Region | None = None
    confidence: float = 0.0
    candidates: tuple[Region, ...] = ()
    several: tuple[Region, ...] = ()
    doubts: tuple[Issue, ...] = ()
    refused: Issue | None = None


class Resolver:
    """Resolves texts over one gazetteer; what was asked before is remembered."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._reader = Reader(gazetteer)
        self._asked = lru_cache(MEMORY)(self._resolved)

    def resolve(self, text: str, within: str | None = None) -> Resolution:
        """Say which division `text` means: a code, a name, or names from large to small.

        `within` is the code of a division that it is known to lie in. A name that several divisions bear is
        never guessed: the resolution holds them all.
        """
        if len(text) > MOST_LETTERS:
            return Resolution(text, refused=Issue("place_unknown", params={"text": text[:MOST_LETTERS]}))
        return self._asked(text, within)

    def forget(self) -> None:
        """Remember no answer."""
        self._asked.cache_clear()

    def related(self, one: Region, other: Region) -> bool:
        """Tell whether one of two divisions holds the other."""
        return self._reader.fitting.related(one, other)

    def _resolved(self, text: str, within: str | None) -> Resolution:
        holder = self.gazetteer.region(within) if within else None
        bare = plain(text)
        if not bare:
            return Resolution(text, refused=Issue("place_missing"))
        if CODE.fullmatch(bare) or text in self.gazetteer:
            return self._of_code(text, text if text in self.gazetteer else bare[:CODE_DIGITS])
        if is_latin(bare):
            return self._told(text, self._romanised.read(bare, self._reader.together))
        found = self._outside_brackets(text, bare, holder)
        inner = "".join(BRACKETS.findall(bare))
        if found.region is None and found.candidates and inner and not holder:
            around = self._told(inner, self._reader.read(inner, None))
            if around.region:
                return self._outside_brackets(text, bare, around.region)
        return found

    def _of_code(self, text: str, code: str) -> Resolution:
        found = self.gazetteer.current(code)
        if len(found) == 1:
            return Resolution(text, found[0], 1.0)
        if not found:
            return Resolution(text, refused=Issue("place_code_unknown", params={"text": text}))
        return self._told(text, Reading(found, 1.0))

    def _outside_brackets(self, text: str, bare: str, holder: Region | None) -> Resolution:
        outside = BRACKETS.sub("", bare) or bare
        others = OTHERS.search(outside)
        if others and (whole := self._nested(text, [outside], holder)):
            return whole  # 天等县 is one place
        outside = OTHERS.sub("", outside)
        parts = [part for part in PARTED.split(outside) if part]
        if len(parts) > 1 and (nested := self._nested(text, COMMAS.split(outside), holder)) and not others:
            return nested
        if len(parts) > 1 or others:
            return self._several(text, parts, holder, told_others=others is not None)
        found = self._told(text, self._reader.read(outside, holder))
        if found.region is None and len(parts := AND.split(outside)) > 1 and all(parts):
            together = self._several(text, parts, holder, told_others=False)
            return together if together.region else found
        return found

    def _nested(self, text: str, parts: Sequence[str], holder: Region | None) -> Resolution | None:
        """Read names that commas part as one line, the largest first or last; None where they are none."""
        for ordered in (parts, parts[::-1]):
            reading = self._reader.read("".join(ordered), holder)
            if len(reading.regions) == 1 and reading.confidence >= SEPARATED - 1e-9 and not reading.several:
                return self._told(text, replace(reading, confidence=SEPARATED))
        return None

    def _several(
        self, text: str, parts: Sequence[str], holder: Region | None, *, told_others: bool
    ) -> Resolution:
        """Resolve several places, each beside those before; the region is the least that holds all."""
        found: list[Region] = []
        context = holder
        for part in parts:
            each = self._told(part, self._reader.read(part, context))
            if each.region is None and context is not holder:
                each = self._told(part, self._reader.read(part, holder))
            if each.region is None:
                return replace(each, text=text)
            found += each.several or (each.region,)
            context = self.gazetteer.region(each.region.parent) if each.region.parent else each.region
        if all(one in self.gazetteer.lineage(inner) for one, inner in pairwise(found)) and not told_others:
            return Resolution(text, found[-1], SEPARATED)
        return self._holding(text, tuple(dict.fromkeys(found)))

    def _holding(self, text: str, places: tuple[Region, ...]) -> Resolution:
        shared = self._shared(places)
        if shared is None:
            names = ", ".join(self.gazetteer.full_name(region) for region in places)
            issue = Issue("places_far_apart", params={"text": text, "candidates": names})
            return Resolution(text, None, 0.0, places, places, refused=issue)
        doubt = Issue("places_several", params={"text": text, "region": self.gazetteer.full_name(shared)})
        return Resolution(text, shared, SEVERAL, (), places, (doubt,))

    def _shared(self, regions: Iterable[Region]) -> Region | None:
        lines = [self.gazetteer.lineage(region) for region in regions]
        common = [level for level in zip(*lines, strict=False) if len(set(level)) == 1]
        return common[-1][0] if common else None

    def _told(self, text: str, reading: Reading) -> Resolution:
        """Tell what a reading comes to: one region, the one that holds the others, or candidates."""
        if reading.several:
            return self._holding(text, reading.several)
        regions, confidence = self._holders(reading)
        if not regions:
            return Resolution(text, refused=Issue("place_unknown", params={"text": text}))
        if len(regions) == 1 and confidence >= LEAST:
            return Resolution(text, regions[0], round(confidence, 2), doubts=reading.doubts)
        refused = self._refused(text, reading, regions)
        return Resolution(text, None, round(confidence / len(regions), 2), regions, refused=refused)

    def _holders(self, reading: Reading) -> tuple[tuple[Region, ...], float]:
        """Of divisions that a name may mean, take the one that holds all others, if there is one."""
        regions = reading.regions
        holding = tuple(
            one
            for one in regions
            if all(one == other or one in self.gazetteer.lineage(other) for other in regions)
        )
        if len(regions) > 1 and holding:
            return holding, reading.confidence * ABOVE
        return regions, reading.confidence

    def _refused(self, text: str, reading: Reading, regions: Sequence[Region]) -> Issue:
        contradiction = next((doubt for doubt in reading.doubts if doubt.code == "place_contradicts"), None)
        if contradiction:
            return contradiction
        names = ", ".join(self.gazetteer.full_name(region) for region in regions)
        ambiguous = len(regions) > 1 and reading.confidence >= LEAST
        code = "place_ambiguous" if ambiguous else "place_unsure"
        return Issue(code, params={"text": text, "candidates": names})

    @cached_property
    def _romanised(self) -> Romanised:
        return Romanised(self._reader.words)
