"""Names: what a partner's producers and products are called in ids and on pages."""

from base64 import b32encode
from dataclasses import dataclass
from hashlib import blake2b

from impact.catalog.listing import Listing, plain

BYTES = 10
LONGEST_SECRET = 64


@dataclass(frozen=True)
class Naming:
    """Makes ids that stay the same from file to file, and that nobody without the `secret` can work out.

    Who knows another partner and what it lists does not know the ids of it.
    """

    secret: bytes

    def __post_init__(self) -> None:
        if not 0 < len(self.secret) <= LONGEST_SECRET:
            raise ValueError(f"Expected a secret of 1 to {LONGEST_SECRET} bytes, got {len(self.secret)}.")

    def producer(self, partner: str, seller: str) -> str:
        """Name a partner's producer."""
        return f"L{self._token(partner, 'producer', seller)}"

    def product(self, partner: str, key: str) -> str:
        """Name a partner's product by the key of its listing."""
        return f"G{self._token(partner, 'product', key)}"

    def _token(self, *parts: str) -> str:
        text = "".join(f"{len(part)}:{part}" for part in parts).encode()
        return b32encode(blake2b(text, key=self.secret, digest_size=BYTES).digest()).decode()


def seller_of(listing: Listing) -> str:
    """Tell who sells a listing's goods: by code, else by name and place, else by town and village.

    Goods of which nothing of the kind is said have a seller of their own.
    """
    code = listing.values.get("producer_code")
    if code:
        return f"#{code}"
    named = plain(shown_name(listing))
    return f"{listing.region}:{named}" if named else f"={listing.key}"


def shown_name(listing: Listing) -> str:
    """Write who sells as the partner does: a name, else a town and village; empty where neither is said."""
    values = listing.values
    return str(values.get("producer") or f"{values.get('town') or ''}{values.get('village') or ''}")
