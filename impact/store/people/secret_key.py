"""Keys nobody outside knows: each made once, kept in the database, the same for all who serve from it."""

from sqlalchemy import Column, Engine, Table, Text, insert, select

from impact.store.database import writing
from impact.store.nouns import METADATA
from impact.store.people.hashed import fresh
from impact.store.turns import Turn, take_turn

SECRETS = Table(
    "secret_keys",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
COOKIES = "cookies"
"""Signs cookies."""
NAMES = "names"
"""Makes the ids of what partners list: another key, other ids."""


def secret_key(engine: Engine, name: str = COOKIES) -> str:
    """Return the key of a name, making it where there is none."""
    asked = select(SECRETS.c.value).where(SECRETS.c.name == name)
    with writing(engine) as connection:
        take_turn(connection, Turn.SECRETS)
        kept = connection.execute(asked).scalar()
        if kept is None:
            kept = fresh()
            connection.execute(insert(SECRETS).values(name=name, value=kept))
    return str(kept)
