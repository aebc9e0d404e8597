"""From a catalog to its graph: gather evidence, spread the organic baseline, choose candidates, draw."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from impact.arrays import Bools, Floats, Ints, ratio, sums
from impact.matching.graph.candidates import (
    chosen_by_products,
    chosen_by_segments,
    chunks,
    feasible_pairs,
    hindrances,
)
from impact.matching.graph.evidence import Evidence, Pairs, gather, segments_of_placements
from impact.matching.graph.links import Graph, Links
from impact.matching.graph.organic import Organic, baseline, spread
from impact.matching.graph.settings import DEFAULTS, GraphSettings
from impact.model import Catalog


@dataclass(frozen=True)
class _Candidates:
    """Pairs that may become links; `density` is baseline ÷ supply of the segment."""

    pairs: Pairs
    score: Floats  # [pair]
    density: Floats  # [pair]
    sure: Bools  # [pair], chosen by its product
    refused: Mapping[str, Ints]  # reason → [product], placements

    def kept(self, chosen: Bools) -> "_Candidates":
        """Return only the `chosen` pairs."""
        score, density, sure = self.score[chosen], self.density[chosen], self.sure[chosen]
        return _Candidates(self.pairs.where(chosen), score, density, sure, self.refused)


def build_graph(
    catalog: Catalog,
    km: Floats,
    days: Floats,
    month: int,
    settings: GraphSettings = DEFAULTS,
    *,
    excluded: Collection[str] = (),
) -> Graph:
    """Link products to the placements of segments that want them and that they can reach in time.

    1. gather the evidence, which says what is feasible
    2. spread each product's popularity over its feasible segments: the baseline, and what segments see
    3. leave out saturated segments; keep each product's best segments and all in its nearest regions,
       and each segment's best products
    4. draw a link to every placement of the segments kept

    `km` and `days` say how far and how long it is from each producer to each region that has segments,
    shape ``(producer, region)``, regions as in `segment_regions`; `month` is the period, 1 to 12.
    Products that are `excluded`, by id, get no link; people still see what they see of them without us.
    """
    evidence = gather(catalog, km, days, month, settings)
    runs = chunks(len(catalog.products))
    organic = spread(catalog, evidence, (feasible_pairs(evidence, rows) for rows in runs))
    out = np.array([product.product_id in excluded for product in catalog.products], bool)
    found = _joined([_search(evidence, organic, out, rows, settings) for rows in runs])
    chosen = found.kept(found.sure | chosen_by_segments(found.pairs, found.score, settings))
    links = _draw(catalog, evidence, organic, chosen, settings)
    return Graph(catalog, links, {**found.refused, "outranked": _outranked(catalog, links, found.refused)})


def _search(
    evidence: Evidence, organic: Organic, out: Bools, rows: slice, settings: GraphSettings
) -> _Candidates:
    """Find what the products in `rows` choose, and what segments may choose among them."""
    feasible = feasible_pairs(evidence, rows)
    density = ratio(baseline(organic.popularity, evidence, feasible), evidence.supply[feasible.segment_of])
    ineligible = out[feasible.product_of]
    saturated = ~ineligible & (density >= settings.useful_share)
    free = ~ineligible & ~saturated
    pairs = feasible.where(free)
    score = settings.weights.column @ evidence.parts(pairs, organic.difference(pairs))
    sure = chosen_by_products(evidence, pairs, score, settings)
    refused = {reason: kept @ evidence.num_placements for reason, kept in hindrances(evidence, rows).items()}
    refused["ineligible"] = _num_placements(evidence, feasible.where(ineligible), rows)
    refused["saturated"] = _num_placements(evidence, feasible.where(saturated), rows)
    found = _Candidates(pairs, score, density[free], sure, refused)
    return found.kept(sure | chosen_by_segments(pairs, score, settings))


def _num_placements(evidence: Evidence, pairs: Pairs, rows: slice) -> Ints:
    """Count the placements behind `pairs`, shape ``(product in rows,)``."""
    num = evidence.num_placements[pairs.segment_of].astype(np.float64)
    return sums(num, pairs.product_of - rows.start, rows.stop - rows.start).astype(np.int64)


def _draw(
    catalog: Catalog, evidence: Evidence, organic: Organic, chosen: _Candidates, settings: GraphSettings
) -> Links:
    """Draw a link from the product of each pair to every placement of its segment."""
    pairs = chosen.pairs
    parts = evidence.parts(pairs, organic.difference(pairs))
    pair_of, placement_of = _placements(catalog, pairs)
    supply = np.array([placement.supply for placement in catalog.placements], float)[placement_of]
    product_of = pairs.product_of[pair_of]
    already = chosen.density[pair_of] * supply
    weights = settings.weights.column
    return Links(
        product_of=product_of,
        placement_of=placement_of,
        parts=parts[:, pair_of],
        weights=weights,
        value=chosen.score[pair_of] * _values(catalog)[placement_of],
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


def _outranked(catalog: Catalog, links: Links, refused: Mapping[str, Ints]) -> Ints:
    """Count the placements that are left: feasible, yet no link, shape ``(product,)``."""
    num_links = np.bincount(links.product_of, minlength=len(catalog.products))
    rest: Ints = len(catalog.placements) - num_links - sum(refused.values())
    return rest


def _joined(runs: list[_Candidates]) -> _Candidates:
    return _Candidates(
        Pairs(
            np.concatenate([run.pairs.product_of for run in runs]),
            np.concatenate([run.pairs.segment_of for run in runs]),
        ),
        np.concatenate([run.score for run in runs]),
        np.concatenate([run.density for run in runs]),
        np.concatenate([run.sure for run in runs]),
        {reason: np.concatenate([run.refused[reason] for run in runs]) for reason in runs[0].refused},
    )
