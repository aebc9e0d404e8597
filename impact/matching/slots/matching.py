"""Match creators and stages to producers: which product fits which slot, why, and why not."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from impact.matching.slots.model import Candidate, Slot
from impact.model import Producer, Product

WEIGHTS = {"category": 0.35, "region": 0.2, "quality": 0.3, "fame": 0.15}
"""How much each part of the evidence counts; an assumption. They sum to 1."""
UNASKED = 0.5
"""Evidence of category or region where a slot is open to all: it neither seeks nor shuns the product."""
REASONS = ("other_category", "other_region", "quality_too_low", "not_ready", "outranked")


@dataclass(frozen=True)
class Matched:
    """Candidates in the order of (slot, producer); `refused` counts pairs of product and slot by reason.

    `refused` is keyed by (producer, reason). A pair counts under the first reason of `REASONS` that holds;
    ``outranked`` are products that fit, beside a better one of the same producer.
    """

    candidates: tuple[Candidate, ...]
    refused: Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Offered:
    """A product with what is known of its producer; `has` names its certificates, samples, stock.

    `within` are the codes of the divisions that hold its place; those of China are told by its own code.
    """

    product: Product
    producer: Producer
    has: frozenset[str] = field(default_factory=frozenset)
    within: frozenset[str] = field(default_factory=frozenset)


def match(slots: Sequence[Slot], offered: Sequence[Offered]) -> Matched:
    """Find for each slot the best product of every producer that fits it.

    1. A pair fits where category, region, quality and what the slot requires all agree.
    2. Its score is the weighted sum of the parts, its value score × exposure, in points.
    3. Of one producer's products only the best is kept: they burden the rules equally, so nothing is lost.
    """
    best: dict[tuple[str, str], Candidate] = {}
    refused: Counter[tuple[str, str]] = Counter()
    for slot, offer in _pairs(slots, offered):
        reason = refusal(slot, offer)
        if reason is None:
            key = (slot.slot_id, offer.producer.producer_id)
            candidate = _candidate(slot, offer)
            if key in best:
                candidate = max(best[key], candidate, key=lambda each: each.value)
                reason = "outranked"
            best[key] = candidate
        if reason is not None:
            refused[offer.producer.producer_id, reason] += 1
    return Matched(tuple(best[key] for key in sorted(best)), dict(refused))


def refusal(slot: Slot, offer: Offered) -> str | None:
    """Return the first reason for which the product does not fit the slot; None where it does."""
    if slot.categories and offer.product.category not in slot.categories:
        return "other_category"
    if slot.regions and not any(_lies_in(offer, region) for region in slot.regions):
        return "other_region"
    if offer.product.quality < slot.least_quality:
        return "quality_too_low"
    return None if slot.requires <= offer.has else "not_ready"


def _pairs(slots: Sequence[Slot], offered: Sequence[Offered]) -> Iterator[tuple[Slot, Offered]]:
    """Pair in the order of ids, so that of equal products the first is kept, however they came."""
    in_order = sorted(offered, key=lambda offer: offer.product.product_id)
    yield from ((slot, offer) for slot in slots for offer in in_order)


def _candidate(slot: Slot, offer: Offered) -> Candidate:
    parts = {
        "category": 1.0 if slot.categories else UNASKED,
        "region": 1.0 if slot.regions else UNASKED,
        "quality": offer.product.quality,
        "fame": offer.product.fame,
    }
    evidence = {name: WEIGHTS[name] * part for name, part in parts.items()}
    return Candidate(
        producer_id=offer.producer.producer_id,
        slot_id=slot.slot_id,
        product_id=offer.product.product_id,
        value=sum(evidence.values()) * slot.exposure,
        evidence=evidence,
    )


def _lies_in(offer: Offered, region: str) -> bool:
    """Tell whether a product comes from a region: codes of digits nest by pairs, 00 standing for all."""
    adcode = offer.producer.region
    if not adcode.isdigit():
        return region == adcode or region in offer.within
    stem = region[:2] if region.endswith("0000") else region[:4] if region.endswith("00") else region
    return adcode.startswith(stem)
