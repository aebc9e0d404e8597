"""Links that let somebody in once: to set a password, or to enter without one."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import Column, Engine, ForeignKey, Table, Text, delete, insert, select

from impact.access import Actor
from impact.store.audit import record
from impact.store.database import reading, writing
from impact.store.nouns import METADATA
from impact.store.people.hashed import fresh, hashed, moment
from impact.store.people.users import USERS, User, user_of


class Purpose(StrEnum):
    """What a link is for."""

    ENTER = "enter"
    PASSWORD = "password"  # noqa: S105  # a purpose, no password


LINKS = Table(
    "links_in",
    METADATA,
    Column("hash", Text, primary_key=True),
    Column("user_id", Text, ForeignKey("users.user_id"), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
)
LASTS = timedelta(days=1)


def make_link(engine: Engine, user_id: str, purpose: Purpose, *, who: Actor) -> str:
    """Return the key of a new link; those made before for the same purpose work no longer."""
    key = fresh()
    with writing(engine) as connection:
        former = (LINKS.c.user_id == user_id) & (LINKS.c.purpose == purpose)
        connection.execute(delete(LINKS).where(former | (LINKS.c.expires_at < moment())))
        row = {"hash": hashed(key), "user_id": user_id, "purpose": purpose, "expires_at": moment(LASTS)}
        connection.execute(insert(LINKS).values(row))
        record(connection, who, "link.make", user_id, after={"purpose": purpose})
    return key


def link_user(engine: Engine, key: str, purpose: Purpose) -> User | None:
    """Return whom a link lets in, without using it up; nobody where it is used, over, or was never made."""
    asked = (
        select(USERS)
        .join(LINKS, LINKS.c.user_id == USERS.c.user_id)
        .where(
            LINKS.c.hash == hashed(key),
            LINKS.c.purpose == purpose,
            LINKS.c.expires_at > moment(),
            USERS.c.disabled_at.is_(None),
        )
    )
    with reading(engine) as connection:
        row = connection.execute(asked).first()
    return None if row is None else user_of(row)


def use_link(engine: Engine, key: str, purpose: Purpose) -> User | None:
    """Use a link up, and return whom it lets in; of two who try at once only one gets in."""
    user = link_user(engine, key, purpose)
    with writing(engine) as connection:
        used = connection.execute(
            delete(LINKS).where(LINKS.c.hash == hashed(key), LINKS.c.purpose == purpose)
        )
    return user if used.rowcount == 1 else None
