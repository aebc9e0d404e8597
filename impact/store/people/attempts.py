"""Failed attempts to sign in, and how long one has to wait after too many.

An attempt counts as failed before anybody looks whether it was right, and is forgotten when it was: many at
once gain nothing. Names and addresses are kept as hashes, whether there is such a user or not.
"""

from datetime import timedelta

from sqlalchemy import Column, Connection, Engine, Integer, Table, Text, delete, insert, select, update

from impact.store.database import writing
from impact.store.nouns import METADATA
from impact.store.people.hashed import hashed, moment
from impact.store.people.users import proper_name
from impact.store.turns import Turn, take_turn

ATTEMPTS = Table(
    "attempts",
    METADATA,
    Column("hash", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Text, nullable=False),
    Column("until", Text, nullable=False),
)
FREE_FROM_ONE_ADDRESS = 5
FREE_FROM_ALL = 50
"""So many attempts at one name cost no waiting: few from one address, more from everywhere."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)


def may_try(engine: Engine, name: str, address: str) -> bool:
    """Tell whether somebody at `address` may try to sign in as `name` now; if so, count it as failed."""
    name = proper_name(name)
    with writing(engine) as connection:
        take_turn(connection, Turn.ATTEMPTS)
        connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.last_at < moment(-FORGOTTEN_AFTER)))
        free = {_pair(name, address): FREE_FROM_ONE_ADDRESS, hashed(name): FREE_FROM_ALL}
        if any(_waits(connection, key) for key in free):
            return False
        for key, most in free.items():
            _count(connection, key, most)
    return True


def forget_attempts(engine: Engine, name: str, address: str) -> None:
    """Forget what failed from `address`: the last attempt was right."""
    with writing(engine) as connection:
        key = _pair(proper_name(name), address)
        connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.hash == key))


def _waits(connection: Connection, key: str) -> bool:
    waiting = select(ATTEMPTS.c.hash).where(ATTEMPTS.c.hash == key, ATTEMPTS.c.until > moment())
    return connection.execute(waiting).first() is not None


def _count(connection: Connection, key: str, free: int) -> None:
    counted = select(ATTEMPTS.c.failures).where(ATTEMPTS.c.hash == key)
    failures = 1 + (connection.execute(counted).scalar() or 0)
    over = min(failures - free, 10)
    wait = min(FIRST_WAIT * 2**over, LONGEST_WAIT) if over >= 0 else timedelta()
    row = {"failures": failures, "last_at": moment(), "until": moment(wait)}
    if failures == 1:
        connection.execute(insert(ATTEMPTS).values(row | {"hash": key}))
    else:
        connection.execute(update(ATTEMPTS).where(ATTEMPTS.c.hash == key).values(row))


def _pair(name: str, address: str) -> str:
    return hashed(f"{name}\n{address}")
