"""What segments see without us: the organic baseline, and how different a product is from it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from impact.arrays import Floats, Ints, ratio, sums
from impact.matching.graph.evidence import Evidence, Pairs
from impact.model import Catalog


@dataclass(frozen=True)
class Organic:
    """Exposure that nobody allocates: each product's popularity, spread over the segments it can serve.

    b_ps = popularity_p · w_ps ÷ Σ_s w_ps, with w_ps = interest · distance · supply_s over feasible pairs:
    who wants it more, is nearer and looks more, sees more of it.
    """

    popularity: Floats  # [product]
    kind_of: Ints  # [product], goods of one category from one province are one kind
    seen_share: Floats  # [kind, segment], of what a segment sees, how much is of this kind

    def difference(self, pairs: Pairs) -> Floats:
        """How different a product is from what the segment sees: 1 − share of its kind, shape ``(pair,)``."""
        return 1 - self.seen_share[self.kind_of[pairs.product_of], pairs.segment_of]


def spread(catalog: Catalog, evidence: Evidence, feasible: Iterator[Pairs]) -> Organic:
    """Spread the popularity of all products over their `feasible` pairs, which come product by product."""
    popularity = np.array([product.popularity for product in catalog.products], float)
    kind_of = _kinds(catalog)
    num_kinds, num_segments = int(kind_of.max(initial=-1)) + 1, len(catalog.segments)
    seen = np.zeros(num_kinds * num_segments)
    for pairs in feasible:
        cell_of = kind_of[pairs.product_of] * num_segments + pairs.segment_of
        seen += sums(baseline(popularity, evidence, pairs), cell_of, len(seen))
    by_kind = seen.reshape(num_kinds, num_segments)
    return Organic(popularity, kind_of, ratio(by_kind, np.broadcast_to(by_kind.sum(axis=0), by_kind.shape)))


def baseline(popularity: Floats, evidence: Evidence, pairs: Pairs) -> Floats:
    """Compute organic exposures of each pair; `pairs` hold all feasible pairs of their products."""
    weight = evidence.interest_at(pairs) * evidence.distance_at(pairs) * evidence.supply[pairs.segment_of]
    whole = sums(weight, pairs.product_of, len(popularity))
    return popularity[pairs.product_of] * ratio(weight, whole[pairs.product_of])


def _kinds(catalog: Catalog) -> Ints:
    province_of = {region.adcode: region.province or region.adcode for region in catalog.regions}
    origin_of = {producer.producer_id: province_of[producer.region] for producer in catalog.producers}
    number_of: dict[tuple[str, str], int] = {}
    kinds = [(product.category, origin_of[product.producer_id]) for product in catalog.products]
    return np.array([number_of.setdefault(kind, len(number_of)) for kind in kinds], np.int64)
