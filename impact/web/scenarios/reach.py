"""Whether a product can reach a placement at all, why not, and which it can, by what it is itself.

That others are chosen before it in a placement shows only when everybody is matched: pricing a lock says so.
"""

from dataclasses import dataclass, replace

import numpy as np

from impact.i18n import words
from impact.i18n.sentences import placement_name
from impact.model import Catalog, Programme
from impact.pipeline import link
from impact.web.language import spoken
from impact.web.programmes.filled import Fault

NUM_OFFERED = 5
"""So many placements that it can reach are named, those it fits best first."""
HARD = ("ineligible", "no_interest", "out_of_season", "spoils")


@dataclass(frozen=True)
class Unreached:
    """Why a product cannot reach a placement, and some that it can, by id."""

    reason: str
    instead: tuple[str, ...]


def unreached(catalog: Catalog, asked: Programme, product: str, placement: str) -> Unreached | None:
    """Say why nothing links a product with a placement, None where its own nature allows for it."""
    alone = _alone(catalog, product)
    graph = link(alone, asked.month, asked.excluded)
    ids = [alone.placements[each].placement_id for each in graph.links.placement_of]
    if placement in ids:
        return None
    best = np.argsort(-graph.links.score, kind="stable")[:NUM_OFFERED]
    return Unreached(_reason(alone, asked, placement), tuple(ids[each] for each in best))


def fault_of(catalog: Catalog, found: Unreached) -> Fault:
    """Say what is wrong with a lock of such a pair, and what could be locked instead."""
    lang, named = spoken(), {each.placement_id: each for each in catalog.placements}
    instead = words("lock_unreached.or", lang).join(
        f"{placement_name(named[each], catalog, lang)}（{each}）" for each in found.instead
    )
    offered = words("lock_unreached.instead", lang, placements=instead) if instead else ""
    return Fault(words(f"lock_unreached.{found.reason}", lang) + offered, "lock.placement")


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
