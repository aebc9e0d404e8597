"""Sellers: who sells what is listed, from where, as a producer with all its goods."""

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from impact.catalog.listed.goods import Goods, Market
from impact.catalog.listed.names import shown_name
from impact.catalog.listed.offers import Offer
from impact.catalog.listing import Json
from impact.catalog.values.choices import MODEL_TYPE
from impact.model import Level, Place, Producer

NO_TIER = "0"
PROGRAMME_OF = {
    "specialty": "mountain_goods",
    "belt": "industry_belts",
    "firm": "domestic_brands",
    "publisher": "good_books",
    "craft": "crafts",
}
"""The programme that is meant for producers of a type."""


def producer_of(offers: Sequence[Offer], goods: Sequence[Goods], market: Market) -> Producer:
    """Make the producer of all `offers` of one seller; where they differ the first that says it counts.

    It can serve what its goods can together. Place, type and name are imputed where no listing states them:
    the seat of its region, what is usual for its goods, the name of its first product. The size is always.
    """
    first, values = offers[0], [offer.listing.values for offer in offers]
    capacity = fsum(each.capacity for each in goods)
    place, type_ = _place(values), _type(values)
    name = next(filter(None, (shown_name(offer.listing) for offer in offers)), "")
    known_type = type_ or market.usual.like(goods[0].product.category).producer_type
    guessed = {"place": place is None, "type": type_ is None, "name": not name}
    guessed["tier"] = first.region.level is not Level.COUNTY
    guessed["capacity"] = not all(each.is_capacity_stated for each in goods)
    return Producer(
        producer_id=first.producer_id,
        name=name or goods[0].product.name,
        region=first.region.adcode,
        place=place or first.seat,
        type=known_type,
        programme=PROGRAMME_OF.get(known_type, known_type),
        size=market.usual.size(capacity),
        tier=market.norms.tier_of.get(first.region.adcode, NO_TIER),
        capacity=capacity,
        cold_chain_county=first.region.adcode in market.norms.cold_counties,
        source=_source(values),
        imputed=frozenset({"size", "programme"} | {field for field, is_guess in guessed.items() if is_guess}),
    )


def _place(values: Iterable[Mapping[str, Json]]) -> Place | None:
    for said in values:
        lat, lng = said.get("latitude"), said.get("longitude")
        if isinstance(lat, int | float) and isinstance(lng, int | float):
            return Place(float(lat), float(lng))
    return None


def _type(values: Iterable[Mapping[str, Json]]) -> str | None:
    return next(
        (MODEL_TYPE[str(said["producer_type"])] for said in values if said.get("producer_type")), None
    )


def _source(values: Iterable[Mapping[str, Json]]) -> str:
    return next((str(said["list"]) for said in values if said.get("list")), "")
