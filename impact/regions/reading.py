"""Reading: the names in a text, from large to small, and the divisions they mean together."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from impact.errors import Issue
from impact.model import Level, Region
from impact.regions.gazetteer import Gazetteer
from impact.regions.spellings import FORMER, NAMED, spellings

LONGEST = 20
"""No name of a division has more characters."""
ELSEWHERE, UNEXPLAINED, ALONE = 0.7, 0.55, 0.65
"""How much is left of the sureness where a division lies elsewhere than said, where a text says more than a
name does, and where a county's short name stands alone before something else."""
WITHIN = (
    "镇|乡|苏木|街道|街|路|号|村|社区|屯|寨|组|队|林场|农场|牧场|渔场|开发区|高新区|新区|工业园区|园区|示范区|度假区|保护区"
    "|管委会|管理区|产业园|基地|境内|全境|全域|全县|全市|全区|一带|周边|等地"
)
DETAIL = re.compile(rf".{{0,12}}?(?:{WITHIN})+.*")
"""What may follow a name and says where inside it, or that all of it is meant."""


@dataclass(frozen=True)
class Reading:
    """Divisions that a text may mean so far, how sure, and how it was come to."""

    regions: tuple[Region, ...]
    confidence: float = 1.0
    doubts: tuple[Issue, ...] = ()


class Reader:
    """Reads names over one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def read(self, text: str, holder: Region | None) -> Reading:
        """Read names from large to small; what follows the last may be a detail."""
        reading, at, unexplained = Reading((holder,) if holder else ()), 0, 0
        named = False
        while at < len(text):
            word, found = self._longest(text, at)
            if not found:
                if named and DETAIL.fullmatch(text[at:]):
                    break
                unexplained += 1
                at += 1
                continue
            deeper = self._deeper(reading, found, text)
            if deeper is None:
                break  # below a county names are of places we do not have
            reading, named, at = deeper, True, at + len(word)
        if not named:
            return Reading(())
        alone = (
            at < len(text) and reading.confidence < NAMED and not holder and self._lowest(reading, text[:at])
        )
        share = UNEXPLAINED if unexplained else ALONE if alone else 1.0
        return replace(reading, confidence=reading.confidence * share)

    def _lowest(self, reading: Reading, word: str) -> bool:
        """Tell whether one word was read, and means counties."""
        return word in self.words and all(region.level is Level.COUNTY for region in reading.regions)

    def _longest(self, text: str, at: int) -> tuple[str, Sequence[tuple[Region, float]]]:
        for end in range(min(len(text), at + LONGEST), at + 1, -1):
            found = self.words.get(text[at:end])
            if found:
                return text[at:end], found
        return "", ()

    def _deeper(self, reading: Reading, found: Sequence[tuple[Region, float]], text: str) -> Reading | None:
        """Go on to the divisions of the next name: inside those before, or elsewhere, with a doubt."""
        if not reading.regions:
            return Reading(tuple(region for region, _ in found), max(sure for _, sure in found))
        inside = [
            (region, sure)
            for region, sure in found
            if any(self.related(region, holder) for holder in reading.regions)
        ]
        if inside:
            further = [(region, sure) for region, sure in inside if region not in reading.regions]
            inside = further or inside
            regions = [region for region, _ in inside]
            kept = [
                holder for holder in reading.regions if any(self.related(holder, each) for each in regions)
            ]
            deepest = {
                self._deepest(holder, each)
                for holder in kept
                for each in regions
                if self.related(holder, each)
            }
            ordered = tuple(sorted(deepest, key=lambda each: each.adcode))
            return replace(
                reading, regions=ordered, confidence=min(reading.confidence, max(sure for _, sure in inside))
            )
        if all(holder.level is Level.COUNTY for holder in reading.regions):
            return None
        return self._elsewhere(reading, [region for region, _ in found], text)

    def _deepest(self, one: Region, other: Region) -> Region:
        return one if other in self.gazetteer.lineage(one) else other

    def _elsewhere(self, reading: Reading, found: Sequence[Region], text: str) -> Reading:
        """Take what lies in the same province, though not where the text says; else nothing fits."""
        provinces = {holder.province for holder in reading.regions}
        near = tuple(region for region in found if region.province in provinces)
        if not near:
            refused = Issue("place_contradicts", params={"text": text})
            return Reading(tuple(found), 0.3, (*reading.doubts, refused))
        names = ", ".join(self.gazetteer.full_name(region) for region in near)
        doubt = Issue("place_elsewhere", params={"text": text, "region": names})
        return Reading(near, reading.confidence * ELSEWHERE, (*reading.doubts, doubt))

    def together(self, words: Sequence[Sequence[tuple[Region, float]]]) -> Reading:
        """Read names that were found one after the other."""
        reading = Reading(())
        for found in words:
            deeper = self._deeper(reading, found, "")
            if deeper is None:
                break
            reading = deeper
        return reading

    def related(self, one: Region, other: Region) -> bool:
        return other in self.gazetteer.lineage(one) or one in self.gazetteer.lineage(other)

    @cached_property
    def words(self) -> Mapping[str, Sequence[tuple[Region, float]]]:
        """Look divisions up by what they are called, and were where no other of their level is now."""
        words: dict[str, dict[Region, float]] = defaultdict(dict)
        for region in self.gazetteer.regions:
            for word, sure in spellings(region):
                words[word][region] = max(sure, words[word].get(region, 0.0))
        former: dict[str, dict[Region, float]] = defaultdict(dict)
        for name in self.gazetteer.former_names:
            region = self.gazetteer.region(name.adcode)
            present = {each.level for each in words.get(name.old_name, ())}
            if not present or region.level in present:
                former[name.old_name][region] = FORMER
        for word, regions in former.items():
            words[word] = {**regions, **words.get(word, {})}
        return {word: tuple(regions.items()) for word, regions in words.items()}
