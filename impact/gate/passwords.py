"""Passwords: kept as argon2 hashes. Looking at one takes as long whether there is such a user or not."""

from collections.abc import Iterator
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from impact.errors import Issue
from impact.store.people.hashed import fresh
from impact.store.people.users import proper_name

SHORTEST = 12
LONGEST = 256
FEWEST_LETTERS = 5
"""So many different letters are the least, against passwords of one key held down."""
_HASHER = PasswordHasher()
_AT_ONCE = BoundedSemaphore(2)
"""A hash takes 64 MiB while it is made: so many at once, whoever asks."""


def weaknesses(password: str, name: str) -> Iterator[Issue]:
    """Say why `password` will not do for the user called `name`."""
    if not SHORTEST <= len(password) <= LONGEST:
        yield Issue("password_length", params={"least": SHORTEST, "most": LONGEST})
    elif len(set(password)) < FEWEST_LETTERS or name in proper_name(password):
        yield Issue("password_guessable", params={"least": FEWEST_LETTERS})


def hash_password(password: str) -> str:
    """Return what is kept of a password."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Tell whether `password` is the one of which `kept` is the hash; of nobody's it never is."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(kept or _nobodys(), password[: LONGEST + 1]) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobodys() -> str:
    return _HASHER.hash(fresh())
