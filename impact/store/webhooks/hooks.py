"""Hooks: addresses that are told when something happens, and the secret that each letter is signed with."""

from base64 import b64encode
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from secrets import token_bytes, token_hex
from typing import Any

from sqlalchemy import JSON, Column, Connection, Integer, Row, Table, Text, insert, select, update

from impact.access import Actor
from impact.errors import BadInput, Issue, refuse_if_any
from impact.store.audit import record
from impact.store.database import Database, reading, writing
from impact.store.nouns import METADATA
from impact.store.partners import against
from impact.store.reasons import reasons

HOOKS = Table(
    "webhooks",
    METADATA,
    Column("hook_id", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("kinds", JSON, nullable=False),
    Column("partner", Text),
    Column("secret", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("ended_at", Text),
)
ENDED = "webhook.end"
SECRET_BYTES = 32
SECRET_MARK = "whsec_"  # noqa: S105  how secrets begin, and none


class News(StrEnum):
    """What others are told of."""

    JOB_ENDED = "job.ended"
    PLAN_PUBLISHED = "plan.published"
    PLAN_WITHDRAWN = "plan.withdrawn"
    MILESTONE_AT_RISK = "milestone.at_risk"


@dataclass(frozen=True)
class Wanted:
    """Where to tell of which kinds of news; `partner` hears of its own alone, None of everybody's."""

    address: str
    kinds: tuple[News, ...]
    partner: str | None = None


@dataclass(frozen=True)
class Hook:
    """A hook as it stands; `version` counts its changes, `ended_at` says since when it is told nothing."""

    hook_id: str
    wanted: Wanted
    version: int
    made_at: str
    ended_at: str | None = None


class Hooks:
    """The hooks of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, wanted: Wanted, who: Actor) -> tuple[Hook, str]:
        """Keep a hook; return it with its secret, which is not shown again.

        Whoever sees one partner alone is told of that one alone, asked for or not.

        Raises
        ------
        BadInput
            There is no such partner, or none that `who` sees.
        """
        secret, wanted = SECRET_MARK + b64encode(token_bytes(SECRET_BYTES)).decode(), _seen_by(who, wanted)
        hook = Hook(token_hex(8), wanted, 1, datetime.now(UTC).isoformat(timespec="microseconds"))
        row = {"hook_id": hook.hook_id, **_stated(wanted), "secret": secret, "version": 1}
        with writing(self._database) as connection:
            refuse_if_any(against(connection, wanted.partner))
            connection.execute(insert(HOOKS).values(**row, made_at=hook.made_at))
            record(connection, who, "webhook.add", hook.hook_id, after=_stated(wanted))
        return hook, secret

    def get(self, hook_id: str) -> Hook | None:
        """Return a hook, or None where there is none of that id."""
        with reading(self._database) as connection:
            return _found(connection, hook_id)

    def page(self, partner: str | None, after: str, limit: int) -> tuple[Hook, ...]:
        """Return hooks in the order of their ids, those of one partner or all."""
        asked = select(HOOKS).where(HOOKS.c.hook_id > after).order_by(HOOKS.c.hook_id).limit(limit)
        if partner is not None:
            asked = asked.where(HOOKS.c.partner == partner)
        with reading(self._database) as connection:
            return tuple(map(_hook, connection.execute(asked)))

    def change(self, seen: Hook, wanted: Wanted, who: Actor) -> Hook | None:
        """Put `wanted` in place of what was `seen`, bound as by `add`, and raising as it does; None where it
        was changed since.
        """
        wanted = _seen_by(who, wanted)
        with writing(self._database) as connection:
            refuse_if_any(against(connection, wanted.partner))
        after = replace(seen, wanted=wanted, version=seen.version + 1, ended_at=None)
        values = {**_stated(wanted), "version": after.version, "ended_at": None}
        return after if self._moved(seen, values, "webhook.change", _stated(wanted), who) else None

    def end(self, seen: Hook, who: Actor, reason: str = "") -> bool:
        """Tell a hook nothing from now on, for a `reason`; False where it was changed since it was `seen`."""
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        values = {"version": seen.version + 1, "ended_at": now}
        return self._moved(seen, values, ENDED, None, who, reason=reason)

    def why_ended(self, hook_id: str) -> str:
        """Return why a hook was ended, empty where nobody said."""
        return reasons(self._database, [hook_id], ENDED).get(hook_id, "")

    def _moved(
        self,
        seen: Hook,
        values: dict[str, Any],
        what: str,
        after: dict[str, object] | None,
        who: Actor,
        *,
        reason: str = "",
    ) -> bool:
        same = (HOOKS.c.hook_id == seen.hook_id) & (HOOKS.c.version == seen.version)
        with writing(self._database) as connection:
            if not connection.execute(update(HOOKS).where(same).values(values)).rowcount:
                return False
            told = {"before": _stated(seen.wanted), "after": after}
            record(connection, who, what, seen.hook_id, **told, reason=reason)
        return True


def _seen_by(who: Actor, wanted: Wanted) -> Wanted:
    """Bind what is wanted to the partner that `who` sees; another partner is as one that is not there."""
    partner = wanted.partner or who.partner
    if partner and not who.sees(partner):
        raise BadInput([Issue("partner_unknown", params={"value": partner})])
    return replace(wanted, partner=partner)


def _stated(wanted: Wanted) -> dict[str, object]:
    return {**asdict(wanted), "kinds": [str(kind) for kind in wanted.kinds]}


def _found(connection: Connection, hook_id: str) -> Hook | None:
    row = connection.execute(select(HOOKS).where(HOOKS.c.hook_id == hook_id)).first()
    return None if row is None else _hook(row)


def _hook(row: Row[Any]) -> Hook:
    wanted = Wanted(row.address, tuple(map(News, row.kinds)), row.partner)
    return Hook(row.hook_id, wanted, row.version, row.made_at, row.ended_at)
