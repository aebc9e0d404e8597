"""Resolver: which division a text means, how sure that is, and what would decide where it is not."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from impact.errors import Issue
from impact.model import Region
from impact.regions.gazetteer import Gazetteer
from impact.regions.pinyin import Romanised, is_romanised
from impact.regions.reading import Reader, Reading
from impact.regions.spellings import plain

MEMORY = 100_000
SEPARATED, TOGETHER = 0.95, 0.8
"""How sure names are that signs part, each inside the one before, and what holds several places."""
ABOVE = 0.85
"""How much is left of the sureness where a name could also mean a division inside the one meant."""
LEAST = 0.6
"""Less sure than this, a place is not taken to be meant."""
SEVERAL = re.compile(r"[、，,;；/\n&＆]+")
AND = re.compile(r"[和及与]")
OTHERS = re.compile(
    r"等\d*[一二三四五六七八九十两几多]*个?(?:省|市|县|区|地区|地市|县市|县区|地)?(?:市、区|（市、区）)?$"
)
BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
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
        return self._asked(text, within)

    def resolve_parts(self, parts: Mapping[str, str]) -> Resolution:
        """Say which division texts by column mean: adcode, province, prefecture, county, place.

        A code decides, unless names contradict it; a place is read inside what the others say.
        """
        named = [parts[name] for name in ("province", "prefecture", "county") if parts.get(name)]
        whole = "".join(dict.fromkeys(named))
        by_name = self.resolve(whole) if whole else None
        if parts.get("adcode"):
            return self._by_code(parts["adcode"], by_name)
        if parts.get("place"):
            return self._placed(parts["place"], by_name)
        return by_name or Resolution("")

    def _by_code(self, code: str, by_name: Resolution | None) -> Resolution:
        found = self.resolve(code)
        if found.region is None:
            return by_name if by_name and by_name.region else found
        if by_name and by_name.region and not self._reader.related(found.region, by_name.region):
            names = {"code": code, "region": self.gazetteer.full_name(found.region), "text": by_name.text}
            refused = Issue("place_code_contradicts", params=names)
            return Resolution(code, None, 0.0, (found.region, by_name.region), refused=refused)
        return found

    def _placed(self, place: str, holder: Resolution | None) -> Resolution:
        """Read a free text inside what columns say; where it names no division, they say all there is."""
        if holder is None or holder.region is None:
            return self.resolve(place if holder is None else holder.text + place)
        inner = self.resolve(place, holder.region.adcode)
        if inner.region and self._reader.related(inner.region, holder.region):
            return (
                inner
                if len(self.gazetteer.lineage(inner.region)) > len(self.gazetteer.lineage(holder.region))
                else holder
            )
        return holder

    def _resolved(self, text: str, within: str | None) -> Resolution:
        bare = plain(text)
        if not bare:
            return Resolution(text, refused=Issue("place_missing"))
        holder = self.gazetteer.region(within) if within else None
        if CODE.fullmatch(bare):
            return self._of_code(text, bare[:CODE_DIGITS])
        if is_romanised(bare):
            return self._told(text, self._romanised.read(bare, self._reader.together))
        outside = BRACKETS.sub("", bare) or bare
        others = OTHERS.search(outside)
        outside = OTHERS.sub("", outside)
        parts = [part for part in SEVERAL.split(outside) if part]
        if len(parts) > 1 or others:
            return self._several(text, parts, holder, told_others=others is not None)
        found = self._told(text, self._reader.read(outside, holder))
        if found.region is None and len(parts := AND.split(outside)) > 1 and all(parts):
            together = self._several(text, parts, holder, told_others=False)
            return together if together.region else found
        return found

    def _of_code(self, text: str, code: str) -> Resolution:
        found = self.gazetteer.current(code)
        if len(found) == 1:
            return Resolution(text, found[0], 1.0)
        if not found:
            return Resolution(text, refused=Issue("place_code_unknown", params={"text": text}))
        return self._told(text, Reading(found, 1.0))

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
            found.append(each.region)
            context = self.gazetteer.region(each.region.parent) if each.region.parent else each.region
        distinct = tuple(dict.fromkeys(found))
        if all(one in self.gazetteer.lineage(inner) for one, inner in pairwise(found)) and not told_others:
            return Resolution(text, found[-1], SEPARATED)
        shared = self._shared(distinct)
        names = ", ".join(self.gazetteer.full_name(region) for region in distinct)
        if shared is None:
            issue = Issue("places_far_apart", params={"text": text, "candidates": names})
            return Resolution(text, None, 0.0, distinct, distinct, refused=issue)
        doubt = Issue("places_several", params={"text": text, "region": self.gazetteer.full_name(shared)})
        return Resolution(text, shared, TOGETHER, (), distinct, (doubt,))

    def _shared(self, regions: Iterable[Region]) -> Region | None:
        lines = [self.gazetteer.lineage(region) for region in regions]
        common = [level for level in zip(*lines, strict=False) if len(set(level)) == 1]
        return common[-1][0] if common else None

    def _told(self, text: str, reading: Reading) -> Resolution:
        """Tell what a reading comes to: one region, the one that holds the others, or candidates."""
        regions, confidence = reading.regions, reading.confidence
        if not regions:
            return Resolution(text, refused=Issue("place_unknown", params={"text": text}))
        if len(regions) > 1:
            holding = [
                one
                for one in regions
                if all(one == other or one in self.gazetteer.lineage(other) for other in regions)
            ]
            regions, confidence = (tuple(holding), confidence * ABOVE) if holding else (regions, confidence)
        if len(regions) == 1 and confidence >= LEAST:
            return Resolution(text, regions[0], round(confidence, 2), doubts=reading.doubts)
        names = ", ".join(self.gazetteer.full_name(region) for region in regions)
        contradiction = next((doubt for doubt in reading.doubts if doubt.code == "place_contradicts"), None)
        unsure = Issue(
            "place_ambiguous" if len(regions) > 1 else "place_unsure",
            params={"text": text, "candidates": names},
        )
        return Resolution(
            text, None, round(confidence / len(regions), 2), regions, refused=contradiction or unsure
        )

    @cached_property
    def _romanised(self) -> "Romanised":
        return Romanised(self._reader.words)
