"""Goods: one listing as a product, with what it can serve; what it leaves unsaid follows what is usual."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from impact.catalog.listed.categories import UNKNOWN, Categories
from impact.catalog.listed.norms import Norms
from impact.catalog.listed.offers import Offer
from impact.catalog.listed.output import output_of
from impact.catalog.listed.usual import Usual
from impact.catalog.listing import Json
from impact.catalog.values.times import ANY
from impact.model import ALL_YEAR, ColdChain, Months, Product

FAMOUS = frozenset({"gi", "gi_trademark", "quality_specialty"})
"""Certificates of goods on a national list of specialties of their origin."""


@dataclass(frozen=True)
class Market:
    """What listings are understood beside."""

    categories: Categories
    usual: Usual
    norms: Norms


@dataclass(frozen=True)
class Goods:
    """A product, the exposures a month that it can serve, and whether its listing says how many."""

    product: Product
    capacity: float
    is_capacity_stated: bool


def goods_of(offer: Offer, market: Market) -> Goods:
    """Make the product of a listing.

    What is not stated is imputed, and named as such: category by the name; capacity, quality, keeping and
    shelf life as is usual for the category; season as the whole year; fame as on the lists of specialties;
    popularity by capacity. A producer that says it has no shop has no popularity.
    """
    values, name = offer.listing.values, str(offer.listing.values["product"])
    stated_category, stated_season = _text(values, "category"), _season(values)
    category = stated_category or market.categories.by_name(name) or UNKNOWN
    season = stated_season or ALL_YEAR
    like = market.usual.like(category)
    output = output_of(values, category, season, market.norms)
    capacity = like.capacity if output is None else output.exposures
    keeping = _text(values, "cold_chain")
    cold_chain = ColdChain(keeping) if keeping else like.cold_chain
    life, fame = _shelf_life(values, cold_chain), _fame(values)
    organic = 0.0 if values.get("has_shop") is False else None
    stated = {
        "category": stated_category,
        "season": stated_season,
        "cold_chain": keeping,
        "shelf_life_days": life,
        "fame": fame,
        "popularity": organic,
        "quality": None,
    }
    product = Product(
        product_id=offer.product_id,
        producer_id=offer.producer_id,
        name=name,
        category=category,
        quality=like.quality,
        fame=market.usual.fame(offer.region.province, name) if fame is None else fame,
        cold_chain=cold_chain,
        shelf_life_days=like.shelf_life_days if life is None else _finite(life),
        season=season,
        popularity=market.usual.popularity(capacity) if organic is None else organic,
        imputed=frozenset(field for field, value in stated.items() if value is None),
    )
    return Goods(product, capacity, output is not None)


def _text(values: Mapping[str, Json], column: str) -> str | None:
    stated = values.get(column)
    return stated if isinstance(stated, str) else None


def _season(values: Mapping[str, Json]) -> Months | None:
    stated = values.get("season")
    if not isinstance(stated, list) or not stated:
        return None
    return frozenset(int(month) for month in stated if isinstance(month, int | float))


def _shelf_life(values: Mapping[str, Json], cold_chain: ColdChain) -> float | None:
    """Return the days that goods keep as they are kept, else the fewest stated; infinite if for ever."""
    stated = values.get("shelf_life")
    if not isinstance(stated, dict) or not stated:
        return None
    days = {kept: float(said) if isinstance(said, int | float) else inf for kept, said in stated.items()}
    return days.get(cold_chain, days.get(ANY, min(days.values())))


def _finite(days: float) -> float | None:
    return None if days == inf else days


def _fame(values: Mapping[str, Json]) -> float | None:
    stated = values.get("certificates")
    each = stated if isinstance(stated, list) else []
    kinds = {certificate.get("kind") for certificate in each if isinstance(certificate, dict)}
    return 1.0 if FAMOUS.intersection(kinds) else None
