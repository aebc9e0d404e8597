"""Users: who may sign in, as what, and for which partner. Nobody is deleted: who acted stays named."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Index,
    Row,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)

from impact.access import SCOPES_OF, Actor, Role
from impact.errors import BadInput, Issue, refuse_if_any
from impact.store.audit import record
from impact.store.database import reading, writing
from impact.store.nouns import METADATA
from impact.store.partners import against
from impact.store.people.hashed import moment
from impact.store.turns import Turn, take_turn

USERS = Table(
    "users",
    METADATA,
    Column("user_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("partner", Text),
    Column("identity", Text),
    Column("password", Text),
    Column("created_at", Text, nullable=False),
    Column("disabled_at", Text),
    Index("uq_users_name", "name", unique=True),
    Index("uq_users_identity", "identity", unique=True),
)
ADDED, CHANGED, DISABLED, ENABLED = "user.add", "user.change", "user.disable", "user.enable"
"""What the log calls letting somebody in, giving them another role, and shutting them out and in again."""
LONGEST_NAME = 64
_NAME = re.compile(rf"[^\W_].{{0,{LONGEST_NAME - 1}}}\Z")
"""A name begins with a letter or digit of any script."""


@dataclass(frozen=True)
class Post:
    """What somebody is: their role, and the partner whose data alone they see (None: all)."""

    role: Role
    partner: str | None = None

    def issues(self) -> Iterator[Issue]:
        """Say what does not go together."""
        if self.role is Role.PARTNER and not self.partner:
            yield Issue("user_needs_partner")
        if self.role is not Role.PARTNER and self.partner:
            yield Issue("user_has_partner", params={"role": self.role})


@dataclass(frozen=True)
class User:
    """Somebody who may sign in.

    `password` is a hash, None where there is none yet; `identity` is how an outside provider names them.
    """

    user_id: str
    name: str
    post: Post
    created_at: str
    identity: str | None = None
    password: str | None = None
    disabled_at: str | None = None

    def acting(self, request_id: str = "") -> Actor:
        """Return the user as one who acts, with all that their role may do."""
        post = self.post
        return Actor(self.user_id, self.name, post.role, post.partner, SCOPES_OF[post.role], request_id)


def proper_name(name: str) -> str:
    """Return the one way in which a name is written, so that no two look alike by width or case."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def add_user(
    engine: Engine, name: str, post: Post, *, who: Actor, identity: str | None = None, reason: str = ""
) -> User:
    """Let somebody in, without a password yet.

    Raises
    ------
    BadInput
        The name is taken or cannot be one, role and partner do not go together, or there is no such partner.
    """
    user = User(uuid4().hex, proper_name(name), post, moment(), identity or None)
    with writing(engine) as connection:
        refuse_if_any([*_name_issues(connection, user), *post.issues(), *against(connection, post.partner)])
        row = asdict(user) | _of(post)
        del row["post"]
        connection.execute(insert(USERS).values(row))
        record(connection, who, ADDED, user.user_id, after=_of(post), reason=reason)
    return user


def all_users(engine: Engine) -> tuple[User, ...]:
    """Return all users by name, the disabled among them."""
    with reading(engine) as connection:
        return tuple(map(user_of, connection.execute(select(USERS).order_by(USERS.c.name))))


def user_named(engine: Engine, name: str) -> User | None:
    """Find a user by name."""
    return _found(engine, "name", proper_name(name))


def user_identified(engine: Engine, identity: str) -> User | None:
    """Find a user by how an outside provider names them."""
    return _found(engine, "identity", identity)


def user_with_id(engine: Engine, user_id: str) -> User | None:
    """Find a user by id."""
    return _found(engine, "user_id", user_id)


def change_post(engine: Engine, user_id: str, post: Post, *, who: Actor, reason: str = "") -> None:
    """Give somebody another role; what they may do changes with their next request.

    Raises
    ------
    BadInput
        Role and partner do not go together, there is no such partner, or nobody would be left to administer.
    """
    with writing(engine) as connection:
        refuse_if_any([*post.issues(), *against(connection, post.partner)])
        user = wanted(connection, user_id)
        if post.role is not Role.ADMIN:
            _keep_an_admin(connection, user)
        connection.execute(update(USERS).where(USERS.c.user_id == user_id).values(_of(post)))
        record(connection, who, CHANGED, user_id, before=_of(user.post), after=_of(post), reason=reason)


def set_disabled(connection: Connection, user_id: str, disabled: bool, *, who: Actor, reason: str) -> None:
    """Shut somebody out, or let them in again.

    Raises
    ------
    BadInput
        There is no such user, or nobody would be left to administer.
    """
    user = wanted(connection, user_id)
    if disabled:
        _keep_an_admin(connection, user)
    values = {"disabled_at": moment() if disabled else None}
    connection.execute(update(USERS).where(USERS.c.user_id == user_id).values(values))
    record(connection, who, DISABLED if disabled else ENABLED, user_id, reason=reason)


def keep_password(connection: Connection, user_id: str, password: str, *, who: Actor) -> None:
    """Keep the hash of a new password."""
    wanted(connection, user_id)
    connection.execute(update(USERS).where(USERS.c.user_id == user_id).values(password=password))
    record(connection, who, "user.password", user_id)


def wanted(connection: Connection, user_id: str) -> User:
    """Return a user who has to be there."""
    row = connection.execute(select(USERS).where(USERS.c.user_id == user_id)).first()
    if row is None:
        raise BadInput([Issue("user_unknown", params={"value": user_id})])
    return user_of(row)


def user_of(row: Row[Any]) -> User:
    """Read a user from a row that has all columns of their table."""
    said = row._mapping
    return User(
        user_id=said[USERS.c.user_id],
        name=said[USERS.c.name],
        post=Post(Role(said[USERS.c.role]), said[USERS.c.partner]),
        created_at=said[USERS.c.created_at],
        identity=said[USERS.c.identity],
        password=said[USERS.c.password],
        disabled_at=said[USERS.c.disabled_at],
    )


def _found(engine: Engine, column: str, value: str) -> User | None:
    with reading(engine) as connection:
        row = connection.execute(select(USERS).where(USERS.c[column] == value)).first()
    return None if row is None else user_of(row)


def _name_issues(connection: Connection, user: User) -> Iterator[Issue]:
    name = user.name
    if not (_NAME.match(name) and name.isprintable()):
        yield Issue("user_name_not_valid", params={"value": name, "most": LONGEST_NAME})
    for column in ("name", "identity"):
        value = getattr(user, column)
        if value and connection.execute(select(USERS.c.name).where(USERS.c[column] == value)).first():
            yield Issue(f"user_{column}_taken", params={"value": value})


def _keep_an_admin(connection: Connection, user: User) -> None:
    """Refuse to lose the last one who can let others in."""
    take_turn(connection, Turn.ADMINS)
    others = select(func.count()).where(
        USERS.c.role == Role.ADMIN, USERS.c.disabled_at.is_(None), USERS.c.user_id != user.user_id
    )
    if user.post.role is Role.ADMIN and connection.execute(others).scalar_one() == 0:
        raise BadInput([Issue("user_last_admin", params={"value": user.name})])


def _of(post: Post) -> dict[str, str | None]:
    return {"role": post.role.value, "partner": post.partner}
