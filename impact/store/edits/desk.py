"""The desk at which the live catalog is edited, noun by noun; each edit kept, and entered in the log."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from impact.access import Actor
from impact.errors import Conflict, Issue, Unknown, refuse_if_any
from impact.store.audit import record
from impact.store.browsing import Wanted
from impact.store.catalogs import TABLES, find_belts_anew
from impact.store.database import Database, reading, writing
from impact.store.edits import editions
from impact.store.edits.editions import EDITED, Edition, Nouns
from impact.store.edits.references import missing, naming
from impact.store.moments import moment
from impact.store.turns import Turn, take_turn
from impact.store.versions import expect

MAKING_BELTS: Mapping[str, tuple[str, ...]] = {
    "producers": ("region", "place"),
    "products": ("producer_id", "category"),
}
"""By kind, the fields that belts are found from."""


class NounDesk:
    """Shows, creates, changes and retires the nouns of one database, by the name of their table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, kind: str, name: str) -> Edition:
        """Return a noun as it is, a retired one as it was last.

        Raises
        ------
        Unknown
            There never was one of that id.
        """
        with reading(self._database) as connection:
            return _known(connection, kind, name)

    def page(self, kind: str, wanted: Wanted) -> tuple[Edition, ...]:
        """Return the first `limit` nouns that are wanted; what is retired is in no list."""
        part = (wanted.after, wanted.limit)
        with reading(self._database) as connection:
            return editions.page(connection, TABLES[kind], wanted.fields, wanted.words, part)

    def bodies(self, kind: str, wanted: Wanted) -> tuple[Mapping[str, object], ...]:
        """Return what `page` does, laid out as JSON, each with its `version`, and `retired_at`: never."""
        part = (wanted.after, wanted.limit)
        with reading(self._database) as connection:
            return editions.bodies(connection, TABLES[kind], wanted.fields, wanted.words, part)

    def history(self, kind: str, name: str, before: int | None, limit: int) -> tuple[Edition, ...]:
        """Return at most `limit` states of a noun, the newest first, those of versions below `before`.

        Raises
        ------
        Unknown
            There never was one of that id.
        """
        with reading(self._database) as connection:
            here = _known(connection, kind, name)
            kept = editions.states(connection, TABLES[kind], name, before, limit)
        return kept or ((here,) if before is None else ())

    def create(self, kind: str, stated: Mapping[str, object], who: Actor) -> Edition:
        """Keep a new noun; an id is given once, also that of what is retired.

        Raises
        ------
        Conflict, BadInput
            There is or was one of that id; it names what is not there.
        """
        table = TABLES[kind]
        made = Edition(table.noun_of(stated), made_at=moment(), made_by=who.actor_id)
        name = table.id_of(made.noun)
        with self._editing() as connection:
            if _standing(connection, kind, name) is not None:
                raise Conflict([Issue("noun_taken", params={"value": name})])
            refuse_if_any(missing(connection, kind, made.noun))
            table.add(connection, made.noun)
            editions.keep(connection, table, [made])
            record(connection, who, f"{EDITED[kind]}.create", name, after=table.body_of(made.noun))
            _follow_belts(connection, kind)
        return made

    def change(
        self, kind: str, name: str, changed: Mapping[str, object], who: Actor, *, expected: int | None
    ) -> Edition:
        """Change fields of the `expected` version of a noun; what changes nothing is no version.

        Raises
        ------
        Unknown, Conflict, BadInput
            There never was such a noun; it was changed since, or is retired; it names what is not there.
        """
        table = TABLES[kind]
        with self._editing() as connection:
            before = _seen(connection, kind, name, expected)
            body = table.body_of(before.noun)
            noun = table.noun_of(_stated(body, changed))
            if noun == before.noun:
                return before
            refuse_if_any(missing(connection, kind, noun))
            table.put(connection, noun)
            after = before.changed(noun, who.actor_id)
            editions.succeed(connection, table, before, after)
            record(connection, who, f"{EDITED[kind]}.change", name, before=body, after=table.body_of(noun))
            _follow_belts(connection, kind, changed)
        return after

    def retire(self, kind: str, name: str, who: Actor, *, expected: int | None, reason: str = "") -> None:
        """Take the `expected` version of a noun out of the live catalog, with what is nothing without it.

        It is kept as it was last, and its id is given to nothing else.

        Raises
        ------
        Unknown, Conflict
            There never was such a noun; it was changed since, or is retired.
        """
        with self._editing() as connection:
            before = _seen(connection, kind, name, expected)
            other, nouns = naming(connection, kind, name)
            with_it = _take_away(connection, TABLES[other], nouns, who) if nouns else []
            _take_away(connection, TABLES[kind], (before.noun,), who)
            record(
                connection,
                who,
                f"{EDITED[kind]}.retire",
                name,
                before=TABLES[kind].body_of(before.noun),
                after={other: with_it} if with_it else None,
                reason=reason,
            )
            _follow_belts(connection, kind)

    @contextmanager
    def _editing(self) -> Iterator[Connection]:
        """Let nobody else edit until it is done."""
        with writing(self._database) as connection:
            take_turn(connection, Turn.CATALOG)
            yield connection


def _standing(connection: Connection, kind: str, name: str) -> Edition | None:
    """Return the newest state of a noun, None where there never was one."""
    table = TABLES[kind]
    known = editions.newest(connection, table, [name])
    noun = None if known else table.one(connection, name)
    return Edition(noun) if noun is not None else known.get(name)


def _known(connection: Connection, kind: str, name: str) -> Edition:
    found = _standing(connection, kind, name)
    if found is None:
        raise Unknown([Issue("noun_unknown", params={"value": name})])
    return found


def _seen(connection: Connection, kind: str, name: str, expected: int | None) -> Edition:
    """Return the noun that is edited, if it is as it was seen and not retired."""
    found = _known(connection, kind, name)
    if found.is_retired:
        raise Conflict([Issue("noun_retired", params={"value": name})])
    expect(name, found.version, expected)
    return found


def _stated(body: Mapping[str, Any], changed: Mapping[str, object]) -> Mapping[str, object]:
    """Put fields in place of those of a noun; what is stated is imputed no longer, unless told so."""
    imputed = set(body.get("imputed", ())) - changed.keys()
    return {**body, **({"imputed": imputed} if "imputed" in body else {}), **changed}


def _follow_belts(connection: Connection, kind: str, changed: Collection[str] | None = None) -> None:
    """Keep the belts as their producers make them, where that may have moved; None: all of a noun is new."""
    made_of = MAKING_BELTS.get(kind, ())
    if made_of and (changed is None or not set(changed).isdisjoint(made_of)):
        find_belts_anew(connection)


def _take_away(connection: Connection, table: Nouns, nouns: Sequence[object], who: Actor) -> list[str]:
    """Retire nouns; return their ids."""
    names = [table.id_of(noun) for noun in nouns]
    for before in editions.live(connection, table, nouns):
        editions.succeed(connection, table, before, before.retired(who.actor_id))
    table.take_away(connection, names)
    return names
