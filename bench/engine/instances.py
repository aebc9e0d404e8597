"""Instances shaped like real exposure markets: a few giants, a long tail, and rules of every kind.

The same size and seed give the same instance. Degrees, capacities and supply are heavy-tailed; value falls
where quality rises; whatever the rules demand is taken from a reference that obeys them all.
"""

from dataclasses import dataclass, replace

import numpy as np

from bench.engine.demands import rules_of
from impact.arrays import Floats, Ints, floats, ints, ratio, sums
from impact.matching.question.problem import Problem
from impact.matching.question.published import Published
from impact.matching.rules.obeyed import Obeyed

LINKS_PER_PRODUCER = 10
CHANNELS = ("short_video", "livestream", "mall", "search")
CHANNEL_SHARE = np.array([0.4, 0.25, 0.2, 0.15])
CHANNEL_VALUE = np.array([1.0, 1.5, 1.2, 2.0])
KINDS = ("household", "cooperative", "industry_belt", "artisan", "remote")
KIND_SHARE = np.array([0.35, 0.30, 0.15, 0.08, 0.12])
KIND_CAPACITY = np.array([0.6, 1.0, 3.0, 0.8, 0.4])
KIND_VALUE = np.array([0.55, 0.9, 1.8, 0.9, 0.45])
KIND_PROMISE = np.array([0.35, 0.3, 0.1, 0.2, 0.35])
"""The share of the reference's exposure that each kind of producer is promised."""
NUM_REGIONS = 31
HEAD_SHARE = 0.01
"""The share of producers, those of the largest capacity, that count as the head."""
DOMINANCE_SHARE = 0.5
SUPPLY_SHARE = 0.7
"""Supply as a share of all capacity."""


@dataclass(frozen=True)
class Instance:
    """A problem, rules of every kind, and exposures that obey them all."""

    problem: Problem
    rules: tuple[Obeyed, ...]
    reference: Floats  # [link]


@dataclass(frozen=True)
class _Who:
    """Who produces what where, and how dear; the last two differ by region."""

    kind_of: Ints  # [producer]
    region_of: Ints  # [producer]
    capacity: Floats  # [producer]
    value: Floats  # [producer]


def instance_of(num_links: int, seed: int = 0) -> Instance:
    """Make an instance of about `num_links` links, one product a producer, ten links each on average."""
    rng = np.random.default_rng(seed)
    num_producers = max(2, num_links // LINKS_PER_PRODUCER)
    num_segments = int(np.clip(0.63 * num_links**0.5, 20, 5000))
    crowd = rng.permutation(np.arange(1.0, num_segments + 1) ** -0.8)
    producer_of, placement_of = _links(rng, num_producers, crowd)
    who = _producers(rng, sums(np.ones(len(producer_of)), producer_of, num_producers))
    supply = np.repeat(crowd, len(CHANNELS)) * np.tile(CHANNEL_SHARE, num_segments)
    supply = supply * rng.lognormal(0, 0.6, len(supply))
    supply *= SUPPLY_SHARE * who.capacity.sum() / supply.sum()
    problem = _problem(rng, who, supply, producer_of, placement_of)
    reference = _reference(rng, problem)
    promised = KIND_PROMISE[who.kind_of] * sums(reference, producer_of, num_producers)
    before = np.where(
        reference > np.median(reference), reference * rng.lognormal(0, 0.3, len(reference)), 0.0
    )
    problem = replace(
        problem, promised=floats(promised), published=Published(floats(before)), ceiling=np.empty(0)
    )
    return Instance(problem, rules_of(problem, reference, DOMINANCE_SHARE), reference)


def _links(rng: np.random.Generator, num_producers: int, crowd: Floats) -> tuple[Ints, Ints]:
    """Draw who is linked to which placement: few with many links, half of the producers never live."""
    degree = 1 + rng.pareto(1.8, num_producers) * 0.8 * LINKS_PER_PRODUCER
    degree = np.minimum(degree, 40 * LINKS_PER_PRODUCER)
    degree = np.clip(np.round(degree * LINKS_PER_PRODUCER / degree.mean()), 1, 3 * len(crowd))
    producer_of = np.repeat(np.arange(num_producers), degree.astype(np.int64))
    segment_of = _drawn(rng, crowd**0.7, len(producer_of))
    channel_of = _drawn(rng, CHANNEL_SHARE, len(producer_of))
    live = rng.random(num_producers) < 0.5
    channel_of[(channel_of == CHANNELS.index("livestream")) & ~live[producer_of]] = 0
    width = len(crowd) * len(CHANNELS)
    key = np.unique(producer_of * width + segment_of * len(CHANNELS) + channel_of)
    return key // width, key % width


def _drawn(rng: np.random.Generator, weight: Floats, size: int) -> Ints:
    """Draw `size` indices, each as often as its weight says."""
    cumulated = np.cumsum(weight)
    drawn = np.searchsorted(cumulated / cumulated[-1], rng.random(size))
    return np.minimum(drawn, len(weight) - 1).astype(np.int64)


def _producers(rng: np.random.Generator, degree: Floats) -> _Who:
    num = len(degree)
    kind_of = _drawn(rng, KIND_SHARE, num)
    region_of = _drawn(rng, np.arange(1.0, NUM_REGIONS + 1) ** -0.6, num)
    capacity = rng.lognormal(np.log(50), 1.3, num) * KIND_CAPACITY[kind_of]
    repute = rng.lognormal(0, 0.25, NUM_REGIONS)[region_of]
    value = 10 * KIND_VALUE[kind_of] * repute * rng.lognormal(0, 0.4, num)
    return _Who(kind_of, region_of, capacity * np.sqrt(degree / degree.mean()), value)


def _problem(
    rng: np.random.Generator, who: _Who, supply: Floats, producer_of: Ints, placement_of: Ints
) -> Problem:
    """Lay everything out; the dearer a link, the lower its quality."""
    num, size = len(who.capacity), len(producer_of)
    value = who.value[producer_of] * CHANNEL_VALUE[placement_of % len(CHANNELS)] * rng.lognormal(0, 0.5, size)
    quality = np.clip(0.75 - 0.08 * np.log(value / 10) + rng.normal(0, 0.12, size), 0.05, 1.0)
    ids = tuple(f"P{number}" for number in range(num))
    return Problem(
        producer_ids=ids,
        product_ids=ids,
        placement_ids=tuple(f"L{number}" for number in range(len(supply))),
        producer_of_product=ints(np.arange(num)),
        capacity=floats(who.capacity),
        promised=floats(np.zeros(num)),
        product_capacity=floats(np.full(num, np.inf)),
        supply=floats(supply),
        product_of=ints(producer_of),
        placement_of=ints(placement_of),
        value=floats(value),
        quality=floats(quality),
        baseline=floats(np.zeros(size)),
        max_exposure=floats(who.capacity[producer_of]),
        producer_attributes={
            "type": tuple(KINDS[kind] for kind in who.kind_of),
            "region": tuple(f"region-{region:02}" for region in who.region_of),
            "size": _sizes(who.capacity),
        },
        placement_attributes={"channel": CHANNELS * (len(supply) // len(CHANNELS))},
    )


def _sizes(capacity: Floats) -> tuple[str, ...]:
    """Call the largest producers the head, the others the tail."""
    size = np.full(len(capacity), "tail")
    size[np.argsort(-capacity)[: max(1, int(HEAD_SHARE * len(capacity)))]] = "head"
    return tuple(size.tolist())


def _reference(rng: np.random.Generator, problem: Problem) -> Floats:
    """Give everyone something, obeying supply, capacity and the cap on dominance.

    1. Each producer spreads its capacity over its links by random weights.
    2. What a placement cannot supply is cut evenly.
    3. What is left of supply and capacity is given out, a dozen times.
    """
    producer_of, placement_of = problem.producer_of, problem.placement_of
    num_producers, num_placements = len(problem.capacity), len(problem.supply)
    most = np.minimum(problem.max_exposure, DOMINANCE_SHARE * problem.supply[placement_of])
    weight = rng.random(problem.num_links) + 0.2
    weight /= sums(weight, producer_of, num_producers)[producer_of]
    given = np.minimum(problem.capacity[producer_of] * weight, most)
    given *= _kept_share(problem.supply, sums(given, placement_of, num_placements))[placement_of]
    for _ in range(12):
        room = np.maximum(problem.capacity - sums(given, producer_of, num_producers), 0.0)
        free = np.maximum(problem.supply - sums(given, placement_of, num_placements), 0.0)
        wanted = np.minimum(weight * room[producer_of], most - given)
        kept = _kept_share(free, sums(wanted, placement_of, num_placements))
        given += 0.999 * wanted * kept[placement_of]
    return given


def _kept_share(available: Floats, wanted: Floats) -> Floats:
    """Return which share of what is wanted there is, at most all of it."""
    return np.where(wanted > available, ratio(available, wanted), 1.0)
