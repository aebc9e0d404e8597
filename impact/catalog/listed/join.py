"""Join: a catalog with what partners list, and why some of it could not be taken in."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TypeVar

from impact.catalog.listed.categories import Categories
from impact.catalog.listed.goods import Goods, Market, goods_of
from impact.catalog.listed.names import Naming
from impact.catalog.listed.norms import Norms
from impact.catalog.listed.offers import LeftOut, Listed, Offer, sifted
from impact.catalog.listed.sellers import producer_of
from impact.catalog.listed.usual import Usual
from impact.catalog.listing import Listing, plain
from impact.model import Catalog, Producer, Region

Noun = TypeVar("Noun")


@dataclass(frozen=True)
class Joined:
    """A catalog with what partners list.

    `listing_of` says by product id what was listed; `partner_of` by producer id, by whom.
    """

    catalog: Catalog
    listing_of: Mapping[str, Listing]
    partner_of: Mapping[str, str]
    left_out: tuple[LeftOut, ...]


def with_listings(catalog: Catalog, listings: Iterable[Listed], norms: Norms, naming: Naming) -> Joined:
    """Put what partners list beside the producers and products of `catalog`.

    1. Leave out, with the reason, what has no name, no known place or nothing to sell.
    2. Make a product of every other listing, and a producer of every seller; what is missing is imputed.
    3. Take out what the catalog has by the same name from the same province: a partner's word goes before
       that of a public list.
    """
    market = Market(Categories(catalog), Usual(catalog, norms), norms)
    offers, left_out = sifted(listings, catalog.regions, naming)
    goods = [goods_of(offer, market) for offer in offers]
    rest = _without(catalog, {_name(offer.region, offer.listing.values["product"]) for offer in offers})
    return Joined(
        catalog=replace(
            rest,
            producers=_by("producer_id", (*rest.producers, *_producers(offers, goods, market))),
            products=_by("product_id", (*rest.products, *(each.product for each in goods))),
        ),
        listing_of={offer.product_id: offer.listing for offer in offers},
        partner_of={offer.producer_id: offer.partner for offer in offers},
        left_out=left_out,
    )


def _producers(offers: Sequence[Offer], goods: Sequence[Goods], market: Market) -> Iterator[Producer]:
    own: dict[str, list[int]] = defaultdict(list)
    for number, offer in enumerate(offers):
        own[offer.producer_id].append(number)
    for numbers in own.values():
        yield producer_of([offers[i] for i in numbers], [goods[i] for i in numbers], market)


def _without(catalog: Catalog, listed: Collection[tuple[str, str]]) -> Catalog:
    """Take out products that are `listed`, by province and plain name, and producers of nothing else."""
    region_of = {region.adcode: region for region in catalog.regions}
    home = {producer.producer_id: region_of[producer.region] for producer in catalog.producers}
    products = tuple(
        each for each in catalog.products if _name(home[each.producer_id], each.name) not in listed
    )
    gone = {product.producer_id for product in catalog.products} - {each.producer_id for each in products}
    producers = tuple(each for each in catalog.producers if each.producer_id not in gone)
    return replace(catalog, producers=producers, products=products)


def _name(region: Region, product: object) -> tuple[str, str]:
    return region.province or region.adcode, plain(product)


def _by(id_name: str, nouns: Iterable[Noun]) -> tuple[Noun, ...]:
    return tuple(sorted(nouns, key=attrgetter(id_name)))
