"""Which pairs of product and segment become links: feasible, and among the nearest or the best."""

from collections.abc import Mapping

import numpy as np

from impact.arrays import Bools, Floats, Ints
from impact.matching.graph.evidence import Evidence, Pairs
from impact.matching.graph.settings import GraphSettings

CHUNK = 1024


def chunks(num_products: int) -> list[slice]:
    """Cut the products into runs (at least one) small enough to look at against every segment at once."""
    starts = range(0, max(num_products, 1), CHUNK)
    return [slice(start, min(start + CHUNK, num_products)) for start in starts]


def feasible_pairs(evidence: Evidence, rows: slice) -> Pairs:
    """Pair the products in `rows` with every segment that nothing keeps them from."""
    free = ~np.any(list(hindrances(evidence, rows).values()), axis=0) & (evidence.num_placements > 0)
    product_of, segment_of = np.nonzero(free)
    return Pairs(product_of + rows.start, segment_of)


def hindrances(evidence: Evidence, rows: slice) -> Mapping[str, Bools]:
    """Tell the first reason that keeps a product from a segment, shape ``(product in rows, segment)``."""
    unwanted = evidence.interest[rows][:, evidence.interest_of] == 0
    untimely = ~unwanted & (evidence.season[rows] == 0)[:, None]
    spoiled = ~unwanted & ~untimely & (evidence.freshness[rows][:, evidence.region_of] == 0)
    return {"no_interest": unwanted, "out_of_season": untimely, "spoils": spoiled}


def chosen_by_products(evidence: Evidence, pairs: Pairs, score: Floats, settings: GraphSettings) -> Bools:
    """Choose each product's best segments and all in its nearest regions, shape ``(pair,)``."""
    best = rank(pairs.product_of, -score) < settings.num_best
    return best | (_region_rank(evidence, pairs) < settings.num_nearest)


def chosen_by_segments(pairs: Pairs, score: Floats, settings: GraphSettings) -> Bools:
    """Choose each segment's best products, so that demand few want to serve is not left out."""
    return rank(pairs.segment_of, -score) < settings.num_suitors


def rank(owner_of: Ints, cost: Floats) -> Ints:
    """Rank each item among those of its owner, the cheapest first, then the first, shape ``(item,)``.

    Costs within 1e-9 are a tie, so that the order in which floats were added up decides nothing.
    """
    order = np.lexsort((cost.round(9), owner_of))
    owners = owner_of[order]
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order)) - np.searchsorted(owners, owners)
    return place


def _region_rank(evidence: Evidence, pairs: Pairs) -> Ints:
    """Rank the region of each pair among those its product can serve, the nearest first."""
    num_regions = evidence.distance.shape[1]
    region_of = evidence.region_of[pairs.segment_of]
    reached, pair_in = np.unique(pairs.product_of * num_regions + region_of, return_inverse=True)
    product_of, region_of = np.divmod(reached, num_regions)
    return rank(product_of, -evidence.distance[product_of, region_of])[pair_in]
