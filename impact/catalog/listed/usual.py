"""Usual: what goods of a category are like in a catalog; it fills in what a listing leaves unsaid."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum, inf
from statistics import median

from impact.catalog.listed.norms import Norms
from impact.catalog.listing import plain
from impact.model import Catalog, ColdChain, Product

UNSAID_ORDERS = 500.0
"""Orders a month of a product that says nothing and has nobody to be compared with."""
UNSAID_QUALITY = 0.5
UNSAID_TYPE = "specialty"


@dataclass(frozen=True)
class Likeness:
    """What goods of a category are like: medians, and the commonest way of keeping and type of producer.

    `capacity` is in exposures a month, of one product.
    """

    capacity: float
    quality: float
    cold_chain: ColdChain
    shelf_life_days: float | None
    producer_type: str


class Usual:
    """What is usual in one catalog."""

    def __init__(self, catalog: Catalog, norms: Norms) -> None:
        self._catalog = catalog
        self._norms = norms

    def like(self, category: str) -> Likeness:
        """Say what goods of a category are like, goods of any category where it has none."""
        return self._by_category.get(category, self._of_all)

    def size(self, capacity: float) -> str:
        """Name the size that producers of that capacity, in exposures a month, have."""
        largest = self._largest
        return next((size for size in ("small", "middle") if capacity <= largest[size]), "head")

    def popularity(self, capacity: float) -> float:
        """Return the organic exposures a month of goods of that capacity, at most what they can serve.

        As in the sample, the share of its capacity that attention fills unaided grows with its size.
        """
        unaided: float = self._organic * capacity**self._norms.organic_power
        return min(capacity, unaided)

    def fame(self, province: str, name: str) -> float:
        """Say how well known a product of that name from that province is, 0 where it is not here."""
        return self._fame.get((province, plain(name)), 0.0)

    @cached_property
    def _capacity_of(self) -> Mapping[str, float]:
        """Return what one product of each producer can serve, of those that serve any."""
        num = Counter(product.producer_id for product in self._catalog.products)
        return {
            producer.producer_id: producer.capacity / num[producer.producer_id]
            for producer in self._catalog.producers
            if num[producer.producer_id]
        }

    @cached_property
    def _type_of(self) -> Mapping[str, str]:
        return {producer.producer_id: producer.type for producer in self._catalog.producers}

    @cached_property
    def _by_category(self) -> Mapping[str, Likeness]:
        grouped: dict[str, list[Product]] = defaultdict(list)
        for product in self._catalog.products:
            grouped[product.category].append(product)
        return {category: self._likeness(products) for category, products in grouped.items()}

    @cached_property
    def _of_all(self) -> Likeness:
        if not self._catalog.products:
            capacity = UNSAID_ORDERS * self._norms.exposures_per_order
            return Likeness(capacity, UNSAID_QUALITY, ColdChain.AMBIENT, None, UNSAID_TYPE)
        return self._likeness(self._catalog.products)

    def _likeness(self, products: Sequence[Product]) -> Likeness:
        cold = Counter(product.cold_chain for product in products).most_common(1)[0][0]
        lives = [
            inf if product.shelf_life_days is None else product.shelf_life_days
            for product in products
            if product.cold_chain is cold
        ]
        life = median(lives)
        return Likeness(
            capacity=median(self._capacity_of[product.producer_id] for product in products),
            quality=median(product.quality for product in products),
            cold_chain=cold,
            shelf_life_days=None if life == inf else life,
            producer_type=Counter(self._type_of[product.producer_id] for product in products).most_common(1)[
                0
            ][0],
        )

    @cached_property
    def _largest(self) -> Mapping[str, float]:
        """Return the capacity of the largest producer of each size; those of an unknown market are small."""
        sizes: dict[str, float] = {"small": inf, "middle": inf}
        for size in sizes:
            own = [producer.capacity for producer in self._catalog.producers if producer.size == size]
            sizes[size] = max(own, default=inf)
        return sizes

    @cached_property
    def _organic(self) -> float:
        capacity = [producer.capacity for producer in self._catalog.producers]
        weight = fsum(each**self._norms.organic_power for each in capacity)
        return self._norms.organic_share * fsum(capacity) / weight if weight else 0.0

    @cached_property
    def _fame(self) -> Mapping[tuple[str, str], float]:
        province_of = {region.adcode: region.province for region in self._catalog.regions}
        region_of = {producer.producer_id: producer.region for producer in self._catalog.producers}
        return {
            (province_of[region_of[product.producer_id]], plain(product.name)): product.fame
            for product in self._catalog.products
        }
