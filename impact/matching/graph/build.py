"""From a catalog to its graph: gather evidence, spread the organic baseline, choose candidates, draw."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from impact.arrays import Floats, Ints, ratio, sums
from impact.matching.graph.candidates import choose, chunks, feasible_pairs, hindrances
from impact.matching.graph.evidence import Evidence, Pairs, gather, segments_of_placements
from impact.matching.graph.links import REASONS, Graph, Links
from impact.matching.graph.organic import Organic, baseline, spread
from impact.matching.graph.settings import DEFAULTS, GraphSettings
from impact.model import Catalog


@dataclass(frozen=True)
class _Found:
    """What was found for one run of products; `density` is baseline ÷ supply of the segment."""

    pairs: Pairs
    density: Floats  # [pair]
    refused: Mapping[str, Ints]  # reason → [product of the run]


def build_graph(
    catalog: Catalog, km: Floats, days: Floats, month: int, settings: GraphSettings = DEFAULTS
) -> Graph:
    """Link products to the placements of segments that want them and that they can reach in time.

    1. gather the evidence, which says what is feasible
    2. spread each product's popularity over its feasible segments: the baseline, and what segments see
    3. leave out saturated segments, then keep each product's best and all in its nearest regions
    4. draw a link to every placement of the segments kept

    `km` and `days` say how far and how long it is from each producer to each region that has segments,
    shape ``(producer, region)``, regions as in `segment_regions`; `month` is the period, 1 to 12.
    """
    evidence = gather(catalog, km, days, month, settings)
    runs = chunks(len(catalog.products))
    organic = spread(catalog, evidence, (feasible_pairs(evidence, rows) for rows in runs))
    found = [_search(evidence, organic, rows, settings) for rows in runs]
    refused = {reason: _joined([each.refused[reason] for each in found]) for reason in REASONS}
    return Graph(catalog, _draw(catalog, evidence, organic, found, settings), refused)


def _search(evidence: Evidence, organic: Organic, rows: slice, settings: GraphSettings) -> _Found:
    feasible = feasible_pairs(evidence, rows)
    density = ratio(baseline(organic.popularity, evidence, feasible), evidence.supply[feasible.segment_of])
    saturated = density >= settings.useful_share
    pairs, density = feasible.where(~saturated), density[~saturated]
    score = settings.weights.column @ evidence.parts(pairs, organic.difference(pairs))
    chosen = choose(evidence, pairs, score, settings)
    refused = {reason: kept @ evidence.num_placements for reason, kept in hindrances(evidence, rows).items()}
    refused["saturated"] = _num_placements(evidence, feasible.where(saturated), rows)
    refused["outranked"] = _num_placements(evidence, pairs.where(~chosen), rows)
    return _Found(pairs.where(chosen), density[chosen], refused)


def _num_placements(evidence: Evidence, pairs: Pairs, rows: slice) -> Ints:
    """Count the placements behind `pairs`, shape ``(product in rows,)``."""
    num = evidence.num_placements[pairs.segment_of].astype(np.float64)
    return sums(num, pairs.product_of - rows.start, rows.stop - rows.start).astype(np.int64)


def _draw(
    catalog: Catalog, evidence: Evidence, organic: Organic, found: list[_Found], settings: GraphSettings
) -> Links:
    """Draw a link from the product of each pair to every placement of its segment."""
    pairs = Pairs(
        _joined([each.pairs.product_of for each in found]), _joined([each.pairs.segment_of for each in found])
    )
    density = np.concatenate([each.density for each in found] or [np.empty(0)])
    parts = evidence.parts(pairs, organic.difference(pairs))
    pair_of, placement_of = _placements(catalog, pairs)
    supply = np.array([placement.supply for placement in catalog.placements], float)[placement_of]
    product_of = pairs.product_of[pair_of]
    already = density[pair_of] * supply
    weights = settings.weights.column
    return Links(
        product_of=product_of,
        placement_of=placement_of,
        parts=parts[:, pair_of],
        weights=weights,
        value=(weights @ parts)[pair_of] * _values(catalog)[placement_of],
        quality=evidence.quality[product_of],
        baseline=already,
        max_exposure=np.maximum(settings.useful_share * supply - already, 0.0),
    )


def _placements(catalog: Catalog, pairs: Pairs) -> tuple[Ints, Ints]:
    """List pair and placement of every link, sorted by (product, placement)."""
    segment_of = segments_of_placements(catalog)
    by_segment = np.argsort(segment_of, kind="stable")
    first_of = np.searchsorted(segment_of[by_segment], np.arange(len(catalog.segments) + 1))
    num = np.diff(first_of)[pairs.segment_of]
    pair_of = np.repeat(np.arange(len(pairs)), num)
    within = np.arange(len(pair_of)) - np.repeat(np.cumsum(num) - num, num)
    placement_of = by_segment[first_of[pairs.segment_of][pair_of] + within]
    order = np.argsort(pairs.product_of[pair_of] * len(catalog.placements) + placement_of)
    return pair_of[order], placement_of[order]


def _values(catalog: Catalog) -> Floats:
    worth = {channel.channel_id: channel.value_per_exposure for channel in catalog.channels}
    return np.array([worth[placement.channel_id] for placement in catalog.placements], float)


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate(parts or [np.empty(0, np.int64)])
