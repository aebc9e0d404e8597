"""Listings of small partners, shared by the tests of what they become."""

from impact.catalog.listed.names import Naming
from impact.catalog.listing import Listing, key_of

ANJI, NINGXIAN = "330523", "621026"
NAMING = Naming(b"a secret of the tests")


def listing(product: str = "安吉白茶", region: str = ANJI, **values: object) -> Listing:
    """List `product` of `region`, with whatever else is said of it."""
    said = {"product": product, **values}
    return Listing(key_of(said, region), region, said)
