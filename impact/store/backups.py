"""Backups: every table as it was at one moment, in a file that either kind of database is restored from.

A backup is a .zip: ``manifest.json``, and for each table a file of JSON rows, a line each, bytes in base64.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Literal
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from pydantic import BaseModel
from sqlalchemy import JSON, Connection, Engine, LargeBinary, MetaData, Table, func, select, text

from impact.access import SYSTEM
from impact.errors import BadInput, Conflict, Issue, refuse_if_any
from impact.store.audit import entries, record, verify
from impact.store.bulk import insert_many
from impact.store.database import KEPT_IN, reading, revision_of, writing
from impact.store.migrating import TooNew, migrate
from impact.store.moments import moment
from impact.store.solved.allocations import ALLOCATIONS
from impact.store.solved.snapshots import SNAPSHOTS

AT_ONCE = 500
Row = Mapping[str, Any]


class Part(BaseModel):
    """What a table's file holds."""

    rows: int
    sha256: str


class Manifest(BaseModel):
    """What a backup holds: of which revision, made when, and the newest hash of its audit log."""

    format: Literal["impact-backup/1"]
    revision: str
    made_at: str
    audit: str
    tables: dict[str, Part]


def back_up(engine: Engine, file: Path) -> Manifest:
    """Write everything to `file`, readable by its owner alone; the file is whole or not there."""
    growing = file.with_name(f"{file.name}.part")
    growing.touch(0o600)
    with reading(engine) as connection, ZipFile(growing, "w", ZIP_DEFLATED) as archive:
        tables = _tables(connection)
        parts = {table.name: _write(connection, table, archive) for table in tables}
        newest = entries(connection, limit=1)
        manifest = Manifest(
            format="impact-backup/1",
            revision=str(revision_of(connection)),
            made_at=moment(),
            audit=newest[0].hash if newest else "",
            tables=parts,
        )
        archive.writestr("manifest.json", manifest.model_dump_json(indent=1))
    growing.replace(file)
    return manifest


def restore(engine: Engine, file: Path, *, replacing: bool = False) -> Manifest:
    """Put what a backup holds into a database without rows, or in place of all its rows; all or nothing.

    `engine` is that of `database.connect`; a backup of an earlier version is migrated.

    Raises
    ------
    BadInput, Conflict
        The file is no backup, or not as it was written; or the database holds something, and is not to be
        replaced.
    """
    try:
        with ZipFile(file) as archive:
            manifest = _whole(archive)
            with writing(engine) as connection:
                if not replacing and any(_num_rows(connection, table) for table in _tables(connection)):
                    raise Conflict([Issue("database_not_empty")])
                _fill(connection, archive, manifest)
    except TooNew as error:
        raise BadInput([Issue("backup_too_new", file=file.name)]) from error
    except (BadZipFile, KeyError, OSError, ValueError, zlib.error) as error:
        raise BadInput([Issue("backup_broken", file=file.name, params={"reason": str(error)})]) from error
    return manifest


def _whole(archive: ZipFile) -> Manifest:
    """Return what an archive says of itself, once all its rows are found to be those that were written."""
    manifest = Manifest.model_validate_json(archive.read("manifest.json"))
    for name, part in manifest.tables.items():
        digest, rows = sha256(), 0
        with archive.open(_name(name)) as lines:
            for line in lines:
                digest.update(line)
                rows += 1
        if part != Part(rows=rows, sha256=digest.hexdigest()):
            raise ValueError(f"Expected other rows of {name}.")
    return manifest


def _fill(connection: Connection, archive: ZipFile, manifest: Manifest) -> None:
    _clear(connection)
    migrate(connection, manifest.revision)
    for table in _tables(connection):
        with archive.open(_name(table.name)) as lines:
            for some in _batches(lines):
                insert_many(connection, table, [_row(table, json.loads(line)) for line in some])
    refuse_if_any(_faults(connection, manifest))
    migrate(connection)
    record(connection, SYSTEM, "backup.restore", manifest.made_at)


def _tables(connection: Connection) -> list[Table]:
    """Return the tables there are, those that others refer to first."""
    known = MetaData()
    known.reflect(connection)
    for table in known.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
    return [table for table in known.sorted_tables if table.name != KEPT_IN]


def _num_rows(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _clear(connection: Connection) -> None:
    """Take every table away, and what keeps rows from being taken away with them."""
    known = MetaData()
    known.reflect(connection)
    known.drop_all(connection)
    if connection.dialect.name == "postgresql":
        ours = "pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype"
        for name in connection.execute(text(f"SELECT proname FROM pg_proc WHERE {ours}")).scalars().all():  # noqa: S608
            connection.execute(text(f"DROP FUNCTION {name} CASCADE"))


def _write(connection: Connection, table: Table, archive: ZipFile) -> Part:
    digest, rows = sha256(), 0
    asked = select(table).order_by(*table.primary_key).execution_options(yield_per=AT_ONCE)
    with archive.open(_name(table.name), "w", force_zip64=True) as out:
        for row in connection.execute(asked).mappings():
            line = json.dumps(dict(row), ensure_ascii=False, default=_plain).encode() + b"\n"
            digest.update(line)
            out.write(line)
            rows += 1
    return Part(rows=rows, sha256=digest.hexdigest())


def _batches(lines: IO[bytes]) -> Iterator[list[bytes]]:
    held: list[bytes] = []
    for line in lines:
        held.append(line)
        if len(held) == AT_ONCE:
            yield held
            held = []
    yield held


def _faults(connection: Connection, manifest: Manifest) -> Iterator[Issue]:
    """Say what does not hold together by the hashes that are kept with it."""
    newest = entries(connection, limit=1)
    if any(True for _ in verify(connection)) or (newest[0].hash if newest else "") != manifest.audit:
        yield Issue("backup_audit_broken")
    for table in (SNAPSHOTS, ALLOCATIONS):
        if table.name in manifest.tables and not all(_hold(connection, table)):
            yield Issue("backup_content_broken", params={"value": table.name})


def _hold(connection: Connection, table: Table) -> Iterable[bool]:
    asked = select(table.c.sha256, table.c.body).execution_options(yield_per=AT_ONCE)
    for row in connection.execute(asked):
        yield sha256(row.body).hexdigest() == row.sha256


def _row(table: Table, told: Row) -> dict[str, Any]:
    binary = [column.name for column in table.columns if isinstance(column.type, LargeBinary)]
    return {**told, **{name: b64decode(told[name]) for name in binary if told[name] is not None}}


def _plain(value: object) -> str:
    """Write bytes, the one kind of value that JSON has no word for."""
    if not isinstance(value, bytes | memoryview):
        raise TypeError(f"Expected bytes, got {value!r}.")
    return b64encode(value).decode()


def _name(table: str) -> str:
    return f"tables/{table}.ndjson"
