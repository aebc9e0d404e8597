"""Long random texts that let somebody in: shown once, kept as a hash."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

BYTES = 32
"""So many random bytes that a fast hash will do: nobody tries 2²⁵⁶ of them."""


def fresh() -> str:
    """Make a text nobody can guess."""
    return token_urlsafe(BYTES)


def hashed(text: str) -> str:
    """Return what is kept of a text."""
    return sha256(text.encode()).hexdigest()


def moment(later: timedelta | None = None) -> str:
    """Return the present time, or one `later`, as the tables write it; texts of times sort as times do."""
    return (datetime.now(UTC) + (later or timedelta())).isoformat(timespec="microseconds")
