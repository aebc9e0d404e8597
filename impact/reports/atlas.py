"""The atlas of a plan: producers, belts and demand as points, for everything wanted or for one interest."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np

from impact.arrays import Bools, Floats, ints, sums
from impact.matching.graph.isolation import unmet_placements
from impact.model import Belt, Place, Product, Region
from impact.reports.places import Points, belts_of, points
from impact.reports.solved import Solved


@dataclass(frozen=True)
class BeltPoint:
    """A belt: where its middle lies, how many of its producers may be shown, and what they got."""

    belt: Belt
    place: Place
    num_producers: int
    num_shown: int
    exposure: float


@dataclass(frozen=True)
class DemandPoint:
    """Consumers of a region: the exposure they offer, what is used, and what no product may be shown to.

    `num_producers` counts whose products may be shown to them.
    """

    region: Region
    place: Place
    supply: float
    used: float
    unmet: float
    num_producers: int


@dataclass(frozen=True)
class Atlas:
    """What a map of a plan shows; exposure of producers and belts is that to the interest alone, if any."""

    points: Points
    belts: tuple[BeltPoint, ...]
    demand: tuple[DemandPoint, ...]


def atlas(solved: Solved, interest: str | None = None) -> Atlas:
    """Gather what is where: belts by what their producers got, demand by what it offers, most first.

    With `interest`, producers are those whose products may be shown to who has it, and demand is theirs.
    """
    problem = solved.problem
    wanted = _wanted(solved, interest)
    asked = wanted[problem.placement_of]
    given = sums(np.where(asked, solved.plan.exposure, 0.0), problem.producer_of, len(problem.producer_ids))
    found, near = points(solved), np.unique(problem.producer_of[asked]).tolist()
    shown = [
        replace(found.producers[number], exposure=float(given[number]))
        for number in (near if interest else range(len(given)))
    ]
    return Atlas(
        Points(found.divisions, tuple(shown)),
        tuple(_belts(solved, near, given)),
        tuple(_demand(solved, wanted)),
    )


def _wanted(solved: Solved, interest: str | None) -> Bools:
    """Mark the placements of an interest, or all, shape ``(placement,)``."""
    interests = np.array(solved.problem.placement_attributes["interest"])
    return interests == interest if interest else np.ones(len(interests), bool)


def _belts(solved: Solved, near: Sequence[int], given: Floats) -> list[BeltPoint]:
    """Place the belts that producers stand in who make what is wanted."""
    catalog = solved.graph.catalog
    made: dict[str, list[Product]] = defaultdict(list)
    for product in catalog.products:
        made[product.producer_id].append(product)
    members: dict[str, list[int]] = defaultdict(list)
    for number in near:
        producer = catalog.producers[number]
        for belt in belts_of(catalog, producer, made[producer.producer_id]):
            members[belt.belt_id].append(number)
    places = {region.adcode: region.place for region in catalog.regions if region.place}
    found = []
    for belt in catalog.belts:
        got = given[members[belt.belt_id]]
        known = [places[region] for region in belt.regions if region in places]
        if known and len(got):
            found.append(BeltPoint(belt, _middle(known), len(got), int((got > 0).sum()), float(got.sum())))
    return sorted(found, key=lambda each: (-each.exposure, each.belt.belt_id))


def _middle(places: Sequence[Place]) -> Place:
    return Place(fmean(place.lat for place in places), fmean(place.lng for place in places))


def _demand(solved: Solved, wanted: Bools) -> list[DemandPoint]:
    """Add demand up by the region it is in."""
    catalog, problem = solved.graph.catalog, solved.problem
    segments = {segment.segment_id: segment for segment in catalog.segments}
    regions = {region.adcode: region for region in catalog.regions}
    at = [segments[placement.segment_id] for placement in catalog.placements]
    codes = sorted({segment.region for segment in at})
    number = {code: i for i, code in enumerate(codes)}
    region_of = ints(np.array([number[segment.region] for segment in at]))
    unmet = np.isin(problem.placement_ids, list(unmet_placements(solved.graph)))
    supply, alone = (
        sums(np.where(mask, problem.supply, 0.0), region_of, len(codes)) for mask in (wanted, wanted & unmet)
    )
    links = wanted[problem.placement_of]
    linked = region_of[problem.placement_of[links]]
    used = sums(solved.plan.exposure[links], linked, len(codes))
    pairs = np.unique(linked * len(problem.producer_ids) + problem.producer_of[links])
    makers = np.bincount(pairs // len(problem.producer_ids), minlength=len(codes))
    places = {segment.region: segment.place for segment in at}
    found = [
        DemandPoint(
            regions[code], places[code], float(supply[i]), float(used[i]), float(alone[i]), int(makers[i])
        )
        for code, i in number.items()
        if supply[i] > 0
    ]
    return sorted(found, key=lambda each: (-each.supply, each.region.adcode))
