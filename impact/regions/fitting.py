"""Fitting: what the next name in a text means beside those before it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from impact.errors import Issue
from impact.model import Level, Region
from impact.regions.gazetteer import Gazetteer
from impact.regions.words import Word

ELSEWHERE, CONTRADICTING, SEVERAL = 0.7, 0.3, 0.8
"""How much is left of the sureness where a division lies elsewhere than said; how sure names are that do
not fit together; how sure the division is that holds several."""


@dataclass(frozen=True)
class Reading:
    """Divisions that a text may mean so far, how sure, and how it was come to.

    Where it names `several` places side by side, the regions are what holds them.
    """

    regions: tuple[Region, ...]
    confidence: float = 1.0
    doubts: tuple[Issue, ...] = ()
    several: tuple[Region, ...] = ()

    @property
    def is_lowest(self) -> bool:
        """Tell whether only counties are meant, which hold nothing that we know."""
        return all(region.level is Level.COUNTY for region in self.regions)


class Fitting:
    """Fits names together over one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def related(self, one: Region, other: Region) -> bool:
        """Tell whether one of two divisions holds the other."""
        return self._gazetteer.holds(one, other) or self._gazetteer.holds(other, one)

    def inside(self, reading: Reading, found: Sequence[Word]) -> Reading | None:
        """Take the divisions of a name that lie in those before, or hold them; None where none does."""
        fitting = [
            (region, sure)
            for region, sure in found
            if any(self.related(region, holder) for holder in reading.regions)
        ]
        if not fitting:
            return None
        fitting = [each for each in fitting if self._goes_deeper(each[0], reading)] or fitting
        deepest = {
            region if self._gazetteer.holds(holder, region) else holder
            for holder in reading.regions
            for region, _ in fitting
            if self.related(holder, region)
        }
        ordered = tuple(sorted(deepest, key=lambda each: each.adcode))
        sure = min(reading.confidence, max(sure for _, sure in fitting))
        return replace(reading, regions=ordered, confidence=sure)

    def outside(self, reading: Reading, found: Sequence[Word], word: str) -> Reading:
        """Take what does not lie in what was read: a county beside it, or, doubted, in its province."""
        regions = [region for region, _ in found]
        if siblings := self._beside(reading, regions):
            return siblings
        near = tuple(region for region in regions if self._is_near(region, reading))
        if not near:
            refused = Issue("place_contradicts", params={"text": word})
            return Reading(tuple(regions), CONTRADICTING, (*reading.doubts, refused))
        names = ", ".join(self._gazetteer.full_name(region) for region in near)
        doubt = Issue("place_elsewhere", params={"text": word, "region": names})
        return Reading(near, reading.confidence * ELSEWHERE, (*reading.doubts, doubt))

    def deepens(self, reading: Reading, found: Sequence[Word]) -> bool:
        """Tell whether a name means something inside what was read."""
        return any(self._goes_deeper(region, reading) for region, _ in found)

    def _goes_deeper(self, region: Region, reading: Reading) -> bool:
        return any(holder != region and self._gazetteer.holds(holder, region) for holder in reading.regions)

    def _is_near(self, region: Region, reading: Reading) -> bool:
        depth = min(len(self._gazetteer.lineage(holder)) for holder in reading.regions)
        deeper = region.level is Level.COUNTY or len(self._gazetteer.lineage(region)) > depth
        return deeper and any(region.province == holder.province for holder in reading.regions)

    def _beside(self, reading: Reading, found: Sequence[Region]) -> Reading | None:
        places = reading.several or reading.regions
        parent = places[0].parent
        siblings = [region for region in found if region.parent == parent]
        single = len(places) == 1 or bool(reading.several)
        if parent is None or len(siblings) != 1 or not single or places[-1].level is not Level.COUNTY:
            return None
        holder = self._gazetteer.region(parent)
        return Reading((holder,), SEVERAL, reading.doubts, (*places, siblings[0]))
