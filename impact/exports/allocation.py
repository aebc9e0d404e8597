"""An allocation line by line: who is shown where how much, why, and what behind it nobody observed."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from impact.arrays import Ints
from impact.i18n.places import placed
from impact.i18n.sentences import stopped, valued
from impact.i18n.wording import label, words
from impact.matching.explain.standing import LinkStanding, stand_links
from impact.matching.graph.links import PARTS
from impact.reports.producers import regions_by_code
from impact.reports.solved import Solved
from impact.reports.why import opened

Cell = str | float
IDS = ("product_id", "placement_id", "exposure")
"""What programs are told of a line."""
GOODS = ("product", "product_id", "producer", "producer_id", "place", "adcode", "type", "tier")
SHOWN = ("audience", "interest", "channel", "placement_id")
FIGURES = ("exposure", "baseline", "worth", "score")
COLUMNS = (*GOODS, *SHOWN, *FIGURES, "because", "fate", "imputed")
"""What people are told of a line, in the order of `lines`."""
NUM_REASONS = 2
"""So many parts of the evidence are named as what speaks for a line."""


@dataclass(frozen=True)
class _Said:
    """What is said of one product, or of one placement, in each of its lines."""

    cells: tuple[str, ...]
    imputed: tuple[str, ...]


def given(solved: Solved) -> Ints:
    """Number the links that a plan gives something to."""
    return np.flatnonzero(solved.plan.exposure > 0)


def id_lines(solved: Solved, links: Ints) -> Iterator[tuple[str, str, float]]:
    """Return of each of `links` the product, the placement and the exposure."""
    problem, exposures = solved.problem, solved.plan.exposure[links].tolist()
    pairs = zip(problem.product_of[links], problem.placement_of[links], exposures, strict=True)
    for product, placement, exposure in pairs:
        yield problem.product_ids[product], problem.placement_ids[placement], exposure


def titles(lang: str) -> list[str]:
    """Name the columns."""
    return [words(f"column.{name}", lang) for name in COLUMNS]


def lines(solved: Solved, lang: str) -> Iterator[tuple[Cell, ...]]:
    """Return the lines of a plan in words, in the order of its links."""
    problem, links = solved.problem, given(solved)
    goods = {int(one): _goods(solved, int(one), lang) for one in np.unique(problem.product_of[links])}
    shown = {int(one): _shown(solved, int(one), lang) for one in np.unique(problem.placement_of[links])}
    for one in stand_links(opened(solved), links):
        good, place = goods[int(problem.product_of[one.link])], shown[int(problem.placement_of[one.link])]
        imputed = words("list.comma", lang).join(dict.fromkeys((*good.imputed, *place.imputed)))
        why = (_because(solved, one.link, lang), stopped(one.fate, one.rule, solved, lang))
        yield (*good.cells, *place.cells, *_figures(solved, one), *why, imputed)


def _goods(solved: Solved, number: int, lang: str) -> _Said:
    catalog = solved.graph.catalog
    product = catalog.products[number]
    producer = catalog.producers[int(solved.problem.producer_of_product[number])]
    cells = (product.name, product.product_id, producer.name, producer.producer_id)
    place = placed(regions_by_code(solved)[producer.region], lang)
    kind = (label("type", producer.type, lang), label("tier", producer.tier, lang))
    guessed = sorted(producer.imputed | product.imputed)
    return _Said((*cells, place, producer.region, *kind), tuple(_field(name, lang) for name in guessed))


def _shown(solved: Solved, number: int, lang: str) -> _Said:
    catalog = solved.graph.catalog
    placement = catalog.placements[number]
    segment = next(one for one in catalog.segments if one.segment_id == placement.segment_id)
    names = (
        label("province", segment.region, lang),
        valued("interest", segment.interest, catalog, lang),
        valued("channel", placement.channel_id, catalog, lang),
    )
    guessed = sorted(placement.imputed | segment.imputed)
    return _Said((*names, placement.placement_id), tuple(_field(name, lang) for name in guessed))


def _field(name: str, lang: str) -> str:
    return label("imputed_field", name, lang)


def _figures(solved: Solved, one: LinkStanding) -> tuple[float, float, float, float]:
    links = solved.graph.links
    score = float(links.weights @ links.parts[:, one.link])
    baseline = float(solved.problem.baseline[one.link])
    return one.exposure, baseline, one.exposure * one.value, score


def _because(solved: Solved, link: int, lang: str) -> str:
    """Name what speaks most for a link."""
    links = solved.graph.links
    strength = links.weights * links.parts[:, link]
    most = np.argsort(-strength, kind="stable")[:NUM_REASONS].tolist()
    return words("list.comma", lang).join(words(f"part.{PARTS[one]}", lang) for one in most if strength[one])
