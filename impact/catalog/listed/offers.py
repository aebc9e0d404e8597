"""Offers: listings that can be taken in, with their ids and where they come from; why others cannot."""

from collections.abc import Iterable
from dataclasses import dataclass

from impact.catalog.listed.names import Naming, seller_of
from impact.catalog.listing import Listing
from impact.errors import Issue
from impact.model import Place, Region

Listed = tuple[str, Listing]
"""A partner's name, and what it lists."""


@dataclass(frozen=True)
class Offer:
    """A listing that can be taken in, its ids, and where it comes from; `seat` is that of the region."""

    partner: str
    listing: Listing
    product_id: str
    producer_id: str
    region: Region
    seat: Place


@dataclass(frozen=True)
class LeftOut:
    """A listing that became no product, and why."""

    partner: str
    key: str
    issue: Issue


def sifted(
    listings: Iterable[Listed], regions: Iterable[Region], naming: Naming
) -> tuple[tuple[Offer, ...], tuple[LeftOut, ...]]:
    """Tell listings that can be taken in from those that have no name, no known place or nothing to sell."""
    places = _Places(regions)
    found = [_offer(partner, listing, places, naming) for partner, listing in listings]
    offers = tuple(each for each in found if isinstance(each, Offer))
    return offers, tuple(each for each in found if isinstance(each, LeftOut))


class _Places:
    """Regions by code, and where each has its seat."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._regions = {region.adcode: region for region in regions}

    def get(self, adcode: str) -> Region | None:
        return self._regions.get(adcode)

    def seat(self, region: Region) -> Place | None:
        """Return the seat of a region, else of the least around it that has one."""
        if region.place or region.parent is None:
            return region.place
        return self.seat(self._regions[region.parent])


def _offer(partner: str, listing: Listing, places: _Places, naming: Naming) -> Offer | LeftOut:
    region = places.get(listing.region)
    seat = places.seat(region) if region else None
    issue = _hindrance(listing, region, seat)
    if issue:
        return LeftOut(partner, listing.key, issue)
    assert region is not None
    assert seat is not None
    product, producer = naming.product(partner, listing.key), naming.producer(partner, seller_of(listing))
    return Offer(partner, listing, product, producer, region, seat)


def _hindrance(listing: Listing, region: Region | None, seat: Place | None) -> Issue | None:
    """Say what keeps a listing from being taken in."""
    stated = listing.values.get("monthly_capacity")
    if not listing.values.get("product"):
        return Issue("listing_without_name")
    if region is None:
        return Issue("listing_without_region", params={"value": listing.region})
    if seat is None:
        return Issue("listing_without_place", params={"value": region.name})
    if isinstance(stated, dict) and stated.get("amount") == 0:
        return Issue("listing_sells_nothing")
    return None
