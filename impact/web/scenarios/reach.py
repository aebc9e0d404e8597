"""Whether a product is linked with a placement, why not, and with which it is, as everybody is matched."""

from dataclasses import dataclass, replace

import numpy as np

from impact.i18n import words
from impact.i18n.sentences import placement_name
from impact.model import Catalog, Programme
from impact.pipeline import link
from impact.web.language import spoken
from impact.web.programmes.filled import Fault

NUM_OFFERED = 5
"""So many placements that it is linked with are named, those it fits best first."""
HARD = ("ineligible", "no_interest", "out_of_season", "spoils")


@dataclass(frozen=True)
class Unreached:
    """Why a product is not linked with a placement, and some that it is linked with, by id."""

    reason: str
    instead: tuple[str, ...]


def unreached(catalog: Catalog, asked: Programme, product: str, placement: str) -> Unreached | None:
    """Say why nothing links a product with a placement, None where something does."""
    ids = _linked(catalog, asked, product)
    if placement in ids:
        return None
    alone = _alone(catalog, product)
    if placement in _linked(alone, asked, product):
        return Unreached("outranked", ids[:NUM_OFFERED])
    return Unreached(_reason(alone, asked, placement), ids[:NUM_OFFERED])


def fault_of(catalog: Catalog, found: Unreached) -> Fault:
    """Say what is wrong with a lock of such a pair, and what could be locked instead."""
    lang, named = spoken(), {each.placement_id: each for each in catalog.placements}
    instead = words("lock_unreached.or", lang).join(
        f"{placement_name(named[each], catalog, lang)}（{each}）" for each in found.instead
    )
    offered = words("lock_unreached.instead", lang, placements=instead) if instead else ""
    return Fault(words(f"lock_unreached.{found.reason}", lang) + offered, "lock.placement")


def _linked(catalog: Catalog, asked: Programme, product: str) -> tuple[str, ...]:
    """List the placements that a product of `catalog` is linked with, those it fits best first."""
    links = link(catalog, asked.month, asked.excluded).links
    number = next(row for row, each in enumerate(catalog.products) if each.product_id == product)
    own = np.flatnonzero(links.product_of == number)
    best = own[np.argsort(-links.score[own], kind="stable")]
    return tuple(catalog.placements[each].placement_id for each in links.placement_of[best])


def _alone(catalog: Catalog, product: str) -> Catalog:
    (own,) = (each for each in catalog.products if each.product_id == product)
    maker = (each for each in catalog.producers if each.producer_id == own.producer_id)
    return replace(catalog, products=(own,), producers=tuple(maker))


def _reason(alone: Catalog, asked: Programme, placement: str) -> str:
    """Name what keeps the one product of a catalog from a placement; without any other reason it is full."""
    (own,) = (each for each in alone.placements if each.placement_id == placement)
    segments = tuple(each for each in alone.segments if each.segment_id == own.segment_id)
    graph = link(replace(alone, placements=(own,), segments=segments), asked.month, asked.excluded)
    return next((reason for reason in HARD if graph.refused[reason].any()), "saturated")
