"""Programmes: each a document, kept version by version."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    Row,
    Select,
    Table,
    Text,
    insert,
    select,
    update,
)

from impact.access import Actor
from impact.errors import Conflict, Issue, Unknown
from impact.store.audit import record
from impact.store.database import insert_new, reading, writing
from impact.store.decisions.changed import changed
from impact.store.moments import moment
from impact.store.nouns import METADATA
from impact.store.paging import Page, Part, page_of
from impact.store.versions import expect

Document = Mapping[str, object]
PROGRAMMES = Table(
    "programmes",
    METADATA,
    Column("programme_id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
)
VERSIONS = Table(
    "programme_versions",
    METADATA,
    Column("programme_id", Text, ForeignKey("programmes.programme_id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("document", JSON, nullable=False),
    Column("changed", JSON, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
)


@dataclass(frozen=True)
class ProgrammeVersion:
    """A programme as one version of its document has it; `changed` points at what that version changed."""

    programme_id: str
    version: int
    document: Document
    changed: tuple[str, ...]
    made_at: str
    made_by: str
    reason: str


def create(
    engine: Engine, programme_id: str, document: Document, who: Actor, *, reason: str = ""
) -> ProgrammeVersion:
    """Keep a new programme.

    Raises
    ------
    Conflict
        There is one of that id.
    """
    with writing(engine) as connection:
        if not insert_new(connection, PROGRAMMES, [{"programme_id": programme_id, "version": 1}]):
            raise Conflict([Issue("programme_taken", params={"value": programme_id})])
        first = ProgrammeVersion(programme_id, 1, document, (), moment(), who.actor_id, reason)
        _write(connection, first)
        record(connection, who, "programme.create", programme_id, after={"version": 1}, reason=reason)
    return first


def change(
    engine: Engine,
    programme_id: str,
    document: Document,
    who: Actor,
    *,
    expected: int | None,
    reason: str = "",
) -> ProgrammeVersion:
    """Put a document in place of the `expected` version, which stays; one that changes nothing is no version.

    Raises
    ------
    Unknown, Conflict
        There is no such programme, or it was changed since.
    """
    with writing(engine) as connection:
        before = _locked(connection, programme_id)
        expect(programme_id, before.version, expected)
        places = changed(before.document, document)
        if not places:
            return before
        number = before.version + 1
        after = ProgrammeVersion(programme_id, number, document, places, moment(), who.actor_id, reason)
        mine = PROGRAMMES.c.programme_id == programme_id
        connection.execute(update(PROGRAMMES).where(mine).values(version=number))
        _write(connection, after)
        _record(connection, before, after, who)
    return after


def get(engine: Engine, programme_id: str, version: int | None = None) -> ProgrammeVersion | None:
    """Return a version of a programme, the newest unless told, or None where there is none."""
    wanted = PROGRAMMES.c.version if version is None else version
    asked = _asked().where(VERSIONS.c.programme_id == programme_id, VERSIONS.c.version == wanted)
    with reading(engine) as connection:
        row = connection.execute(asked).first()
    return None if row is None else _version(row)


def versions(engine: Engine, programme_id: str) -> tuple[ProgrammeVersion, ...]:
    """Return every version of a programme, the newest first."""
    asked = _asked().where(VERSIONS.c.programme_id == programme_id).order_by(VERSIONS.c.version.desc())
    with reading(engine) as connection:
        return tuple(map(_version, connection.execute(asked)))


def listed(engine: Engine, part: Part) -> Page[ProgrammeVersion]:
    """Return programmes as they are now, in the order of their ids."""
    newest = _asked().where(VERSIONS.c.version == PROGRAMMES.c.version)
    with reading(engine) as connection:
        return page_of(connection, newest, PROGRAMMES.c.programme_id, part, _version)


def newest(connection: Connection) -> tuple[ProgrammeVersion, ...]:
    """Return all programmes as they are at the moment of a transaction."""
    asked = _asked().where(VERSIONS.c.version == PROGRAMMES.c.version).order_by(VERSIONS.c.programme_id)
    return tuple(map(_version, connection.execute(asked)))


def _asked() -> Select[Any]:
    return select(VERSIONS).join(PROGRAMMES, PROGRAMMES.c.programme_id == VERSIONS.c.programme_id)


def _locked(connection: Connection, programme_id: str) -> ProgrammeVersion:
    """Return a programme as it is, and let nobody else change it until the transaction ends."""
    mine = select(PROGRAMMES.c.version).where(PROGRAMMES.c.programme_id == programme_id)
    version = connection.execute(mine.with_for_update()).scalar_one_or_none()
    if version is None:
        raise Unknown([Issue("programme_unknown", params={"value": programme_id})])
    asked = select(VERSIONS).where(VERSIONS.c.programme_id == programme_id, VERSIONS.c.version == version)
    return _version(connection.execute(asked).one())


def _write(connection: Connection, made: ProgrammeVersion) -> None:
    row = {**vars(made), "document": dict(made.document), "changed": list(made.changed)}
    connection.execute(insert(VERSIONS).values(row))


def _record(connection: Connection, before: ProgrammeVersion, after: ProgrammeVersion, who: Actor) -> None:
    told = {"version": after.version, "changed": list(after.changed)}
    was = {"version": before.version}
    record(
        connection, who, "programme.change", after.programme_id, before=was, after=told, reason=after.reason
    )


def _version(row: Row[Any]) -> ProgrammeVersion:
    told = {name: getattr(row, name) for name in ProgrammeVersion.__dataclass_fields__}
    return ProgrammeVersion(**told | {"changed": tuple(row.changed)})
