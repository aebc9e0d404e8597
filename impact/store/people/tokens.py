"""API tokens: each acts for its user, within the scopes and the partner it was given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from secrets import token_hex
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Engine,
    ForeignKey,
    Index,
    Row,
    Table,
    Text,
    bindparam,
    insert,
    select,
    update,
)

from impact.access import Actor, Scope, scopes_granted
from impact.errors import BadInput, Issue, refuse_if_any
from impact.store.audit import record
from impact.store.database import reading, writing
from impact.store.nouns import METADATA
from impact.store.partners import against
from impact.store.people.hashed import fresh, hashed, moment
from impact.store.people.users import USERS, User, user_of, wanted

TOKENS = Table(
    "tokens",
    METADATA,
    Column("token_id", Text, primary_key=True),
    Column("user_id", Text, ForeignKey("users.user_id"), nullable=False),
    Column("label", Text, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("partner", Text),
    Column("hash", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text),
    Column("revoked_at", Text),
    Column("used_on", Text),
    Index("ix_tokens_user_id", "user_id"),
)
REVOKED = "token.revoke"
_ASKED = select(TOKENS, USERS).join(USERS, USERS.c.user_id == TOKENS.c.user_id)
_ONE = _ASKED.where(TOKENS.c.token_id == bindparam("one"))
"""Asked of every request that shows a token, and so composed once."""
MARK = "impact"
"""Tokens begin with it, so that who finds one lying about knows what it opens."""
NOBODYS = "0" * 64
"""Compared with where there is no such token, so that it takes as long."""


@dataclass(frozen=True)
class Grant:
    """What a token may do, on data of which `partner` (None: of its user's), and for how many `days`."""

    label: str
    scopes: frozenset[Scope]
    partner: str | None = None
    days: int | None = None


@dataclass(frozen=True)
class Token:
    """A token as its user sees it; what it was made of is not kept."""

    token_id: str
    user: User
    grant: Grant
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    used_on: str | None

    def works(self) -> bool:
        """Tell whether the token still lets anybody in."""
        over = self.expires_at is not None and self.expires_at <= moment()
        return not (over or self.revoked_at or self.user.disabled_at)

    def acting(self, request_id: str = "") -> Actor:
        """Return the token's user as one who acts through it."""
        post = self.user.post
        scopes = scopes_granted(post.role, self.grant.scopes)
        partner = self.grant.partner or post.partner
        return Actor(self.user.user_id, self.user.name, post.role, partner, scopes, request_id, self.token_id)


def add_token(engine: Engine, user_id: str, grant: Grant, *, who: Actor) -> str:
    """Make a token and return it, the only time that it is seen.

    Raises
    ------
    BadInput
        It would be able to do more than its user may, or nothing, or there is no such partner.
    """
    token_id, secret = token_hex(8), fresh()
    with writing(engine) as connection:
        user = wanted(connection, user_id)
        refuse_if_any([*_excesses(user, grant), *against(connection, grant.partner)])
        lasts = None if grant.days is None else moment(timedelta(days=grant.days))
        stated = {"scopes": sorted(grant.scopes), "partner": grant.partner, "expires_at": lasts}
        row = {"token_id": token_id, "user_id": user_id, "label": grant.label, "hash": hashed(secret)}
        connection.execute(insert(TOKENS).values(**row, **stated, created_at=moment()))
        record(connection, who, "token.add", token_id, after={"user": user_id, **stated})
    return f"{MARK}_{token_id}_{secret}"


def token_of(engine: Engine, text: str) -> Token | None:
    """Return the token whose text this is, if it still works."""
    mark, _, rest = text.partition("_")
    token_id, _, secret = rest.partition("_")
    with reading(engine) as connection:
        row = connection.execute(_ONE, {"one": token_id}).first()
    same = compare_digest(hashed(secret), NOBODYS if row is None else row._mapping[TOKENS.c.hash])
    if row is None or not same or mark != MARK:
        return None
    token = _token(row)
    return token if token.works() else None


def note_use(engine: Engine, token: Token) -> None:
    """Remember the day on which a token was used last, at most once a day."""
    today = datetime.now(UTC).date().isoformat()
    if token.used_on != today:
        with writing(engine) as connection:
            connection.execute(
                update(TOKENS).where(TOKENS.c.token_id == token.token_id).values(used_on=today)
            )


def tokens(engine: Engine, user_id: str | None = None) -> tuple[Token, ...]:
    """Return the tokens of a user, or of all, the newest first."""
    asked = _ASKED.order_by(TOKENS.c.created_at.desc(), TOKENS.c.token_id)
    if user_id is not None:
        asked = asked.where(TOKENS.c.user_id == user_id)
    with reading(engine) as connection:
        return tuple(map(_token, connection.execute(asked)))


def revoke_token(
    engine: Engine, token_id: str, *, who: Actor, user_id: str | None = None, reason: str = ""
) -> None:
    """Let a token in no longer, for a `reason`; with `user_id`, only one of that user is there to be revoked.

    Raises
    ------
    BadInput
        There is no such token.
    """
    with writing(engine) as connection:
        row = connection.execute(_ONE, {"one": token_id}).first()
        if row is None or user_id not in (None, row._mapping[TOKENS.c.user_id]):
            raise BadInput([Issue("token_unknown", params={"value": token_id})])
        if row._mapping[TOKENS.c.revoked_at] is None:
            revoked = update(TOKENS).where(TOKENS.c.token_id == token_id).values(revoked_at=moment())
            connection.execute(revoked)
            record(connection, who, REVOKED, token_id, reason=reason)


def _excesses(user: User, grant: Grant) -> Iterable[Issue]:
    post = user.post
    if not grant.scopes:
        yield Issue("token_without_scope")
    for scope in sorted(grant.scopes - scopes_granted(post.role, grant.scopes)):
        yield Issue("token_beyond_role", params={"scope": scope, "role": post.role})
    if grant.partner and post.partner not in (None, grant.partner):
        yield Issue("token_beyond_partner", params={"partner": grant.partner})


def _token(row: Row[Any]) -> Token:
    said = {column.name: row._mapping[column] for column in TOKENS.columns}
    grant = Grant(said["label"], frozenset(map(Scope, said["scopes"])), said["partner"])
    times = {name: said[name] for name in ("created_at", "expires_at", "revoked_at", "used_on")}
    return Token(said["token_id"], user_of(row), grant, **times)
