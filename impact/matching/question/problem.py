"""The question put to a solver: links, what they may carry, and who stands behind them, in frozen arrays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from impact.arrays import Floats, Ints, floats, ints, read_only, sums
from impact.matching.graph.links import Graph
from impact.matching.question.published import Published
from impact.matching.question.saturation import Saturation
from impact.model import Producer

Texts = tuple[str, ...]
LINEAR = Saturation()
Attributes = Mapping[str, Texts]


@dataclass(frozen=True)
class Classes:
    """Values of an attribute, sorted, and which of them each owner has."""

    values: NDArray[np.str_]
    value_of: Ints  # [owner]


@dataclass(frozen=True)
class Problem:
    """An allocation problem; links are sorted by (product, placement) and occur once.

    Arrays are indexed as their comments say. Capacities, supply, baselines and exposures are exposures in
    the period, values are points per exposure above the baseline, qualities lie in [0, 1].
    """

    producer_ids: Texts
    product_ids: Texts
    placement_ids: Texts
    producer_of_product: Ints  # [product]
    capacity: Floats  # [producer], may be infinite
    promised: Floats  # [producer], a floor in exposures
    product_capacity: Floats  # [product], may be infinite
    supply: Floats  # [placement]
    product_of: Ints  # [link]
    placement_of: Ints  # [link]
    value: Floats  # [link]
    quality: Floats  # [link], NaN where unknown
    baseline: Floats  # [link]
    max_exposure: Floats  # [link], may be infinite
    producer_attributes: Attributes = field(default_factory=dict)
    product_attributes: Attributes = field(default_factory=dict)
    placement_attributes: Attributes = field(default_factory=dict)
    saturation: Saturation = LINEAR
    ceiling: Floats = field(default_factory=lambda: np.empty(0))
    """[link] the most a link can carry alone, rules on single links included; the box when left out."""
    published: Published | None = None
    owed: Floats = field(default_factory=lambda: np.empty(0))
    """[producer] exposures that earlier cycles left it short of, negative where ahead; none when left out."""

    def __post_init__(self) -> None:
        if not len(self.owed):
            object.__setattr__(self, "owed", np.zeros(len(self.producer_ids)))
        self._demand_lengths()
        self._demand_ranges()
        if not len(self.ceiling):
            object.__setattr__(self, "ceiling", self.box)
        for name, array in vars(self).copy().items():
            if isinstance(array, np.ndarray):
                object.__setattr__(self, name, read_only(array))

    @property
    def num_links(self) -> int:
        """How many links there are."""
        return len(self.product_of)

    @cached_property
    def producer_of(self) -> Ints:
        """The producer behind each link, shape ``(link,)``."""
        return self.producer_of_product[self.product_of]

    @cached_property
    def box(self) -> Floats:
        """The most each link can carry by the tables alone, shape ``(link,)``; always finite."""
        most = np.minimum(self.max_exposure, self.supply[self.placement_of])
        return np.minimum(most, self.product_capacity[self.product_of])

    def worth(self, exposure: Floats) -> Floats:
        """Return what `exposure` is worth on each link, saturation included, in points, shape ``(link,)``."""
        if self.saturation.is_linear:
            return self.value * exposure * self.saturation.slope[0]
        lengths = self.saturation.lengths(self.baseline, self.box)
        before = np.cumsum(lengths, axis=0) - lengths
        filled = np.clip(exposure - before, 0.0, lengths)
        return self.value * (np.array(self.saturation.slope) @ filled)

    @cached_property
    def reachable(self) -> Floats:
        """What each producer could get at most if it were alone, shape ``(producer,)``."""
        by_product = np.minimum(
            sums(self.ceiling, self.product_of, len(self.product_ids)), self.product_capacity
        )
        return np.minimum(sums(by_product, self.producer_of_product, len(self.producer_ids)), self.capacity)

    def classes(self, attributes: Attributes, name: str) -> "Classes":
        """Return the values of an attribute, one of this problem's mappings, as numbers; found once."""
        known = self._classes
        if name not in known or known[name][0] is not attributes:
            values, value_of = np.unique(np.array(attributes[name], np.str_), return_inverse=True)
            known[name] = (attributes, Classes(values, value_of))
        return known[name][1]

    @cached_property
    def _classes(self) -> "dict[str, tuple[Attributes, Classes]]":
        return {}

    def under(self, ceiling: Floats) -> "Problem":
        """Return the same problem with links further limited, each to `ceiling`."""
        return replace(self, ceiling=np.minimum(self.ceiling, ceiling))

    def _demand_lengths(self) -> None:
        sizes = (
            (len(self.producer_ids), ("capacity", "promised", "owed")),
            (len(self.product_ids), ("producer_of_product", "product_capacity")),
            (len(self.placement_ids), ("supply",)),
            (len(self.product_of), ("placement_of", "value", "quality", "baseline", "max_exposure")),
        )
        for size, names in sizes:
            for name in names:
                if len(getattr(self, name)) != size:
                    raise ValueError(f"Expected {size} values in {name}, got {len(getattr(self, name))}.")
        if self.published and len(self.published.exposure) != self.num_links:
            raise ValueError(f"Expected what was published on {self.num_links} links.")

    def _demand_ranges(self) -> None:
        for name in ("capacity", "promised", "product_capacity", "supply", "baseline", "max_exposure"):
            if not np.all(getattr(self, name) >= 0):
                raise ValueError(f"Expected {name} of at least 0 everywhere.")
        for name in ("promised", "supply", "value", "baseline", "owed"):
            if not np.all(np.isfinite(getattr(self, name))):
                raise ValueError(f"Expected finite {name} everywhere.")
        key = self.product_of * len(self.placement_ids) + self.placement_of
        if np.any(np.diff(key) <= 0):
            raise ValueError("Expected links sorted by (product, placement), each once.")


def problem_of(graph: Graph) -> Problem:
    """Put the question of `graph`: its links, under the supply and capacities of its catalog."""
    catalog, links = graph.catalog, graph.links
    place = {producer.producer_id: number for number, producer in enumerate(catalog.producers)}
    segments = {segment.segment_id: segment for segment in catalog.segments}
    return Problem(
        producer_ids=tuple(producer.producer_id for producer in catalog.producers),
        product_ids=tuple(product.product_id for product in catalog.products),
        placement_ids=tuple(placement.placement_id for placement in catalog.placements),
        producer_of_product=ints([place[product.producer_id] for product in catalog.products]),
        capacity=floats([producer.capacity for producer in catalog.producers]),
        promised=floats(np.zeros(len(catalog.producers))),
        product_capacity=floats(np.full(len(catalog.products), np.inf)),
        supply=floats([placement.supply for placement in catalog.placements]),
        product_of=links.product_of,
        placement_of=links.placement_of,
        value=links.value,
        quality=links.quality,
        baseline=links.baseline,
        max_exposure=links.max_exposure,
        producer_attributes=_producer_attributes(graph),
        product_attributes={"category": tuple(product.category for product in catalog.products)},
        placement_attributes={
            "channel": tuple(placement.channel_id for placement in catalog.placements),
            "segment": tuple(placement.segment_id for placement in catalog.placements),
            "interest": tuple(segments[placement.segment_id].interest for placement in catalog.placements),
        },
    )


def _producer_attributes(graph: Graph) -> Attributes:
    """What groups may name of producers: their kind, and where they are."""
    region = {region.adcode: region for region in graph.catalog.regions}
    readings: dict[str, Callable[[Producer], str]] = {
        "type": lambda producer: producer.type,
        "size": lambda producer: producer.size,
        "tier": lambda producer: producer.tier,
        "programme": lambda producer: producer.programme,
        "region": lambda producer: region[producer.region].province,
        "macro_region": lambda producer: region[producer.region].macro_region,
        "economic_region": lambda producer: region[producer.region].economic_region,
    }
    return {
        name: tuple(read(producer) for producer in graph.catalog.producers) for name, read in readings.items()
    }
