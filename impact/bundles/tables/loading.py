"""Load a table, .csv or .parquet, into a database as text that nobody has guessed at."""

import codecs
import csv
import glob
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path

import duckdb
import numpy as np

from impact.bundles.pointed import shown
from impact.bundles.tables.layout import SUFFIXES, Suffix, Table
from impact.errors import BadInput, Issue, refuse_if_any

CHUNK_BYTES = 2**20
BLANK_LINE = re.compile(rb"\n\r?\n")
_NUMERIC = ("DOUBLE", "FLOAT", "DECIMAL", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_DIALECT = "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', strict_mode = true"
Database = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Loaded:
    """A table in the database, under its own name: the row as `r`, then `columns` as c0, c1 and so on."""

    table: Table
    file: str
    columns: tuple[str, ...]

    def at(self, column: str) -> str:
        """Name `column` in SQL."""
        return f"c{self.columns.index(column)}"

    @property
    def attributes(self) -> tuple[str, ...]:
        """Columns without a meaning of their own."""
        return tuple(column for column in self.columns if column not in self.table.known)


@contextmanager
def database() -> Iterator[Database]:
    """Open a database in memory that never loads an extension nor writes a file of its own."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "temp_directory": "",
    }
    db = duckdb.connect(config=config)
    try:
        yield db
    finally:
        db.close()


def suffix_of(folder: Path, name: str) -> Suffix | None:
    """Say how table `name` is kept in `folder`; None where it is not there."""
    found = [suffix for suffix in SUFFIXES if (folder / f"{name}.{suffix}").exists()]
    if len(found) > 1:
        raise BadInput(
            [Issue("table_twice", file=f"{name}.{found[0]}", params={"other": f"{name}.{found[1]}"})]
        )
    return found[0] if found else None


def load(db: Database, folder: Path, table: Table) -> Loaded:
    """Load `table` from `folder`; raises `BadInput` where its columns or rows cannot be made out."""
    suffix = suffix_of(folder, table.name)
    if suffix is None:
        raise BadInput([Issue("file_missing", file=f"{table.name}.csv")])
    file = folder / f"{table.name}.{suffix}"
    try:
        columns = _load_csv(db, file, table) if suffix == "csv" else _load_parquet(db, file, table)
    except duckdb.OutOfMemoryException as error:
        raise MemoryError from error
    except duckdb.Error as error:
        reason = shown(str(error).splitlines()[0])
        raise BadInput([Issue("table_not_readable", file=file.name, params={"reason": reason})]) from error
    return Loaded(table, file.name, columns)


def columns_of(db: Database, file: Path) -> tuple[str, ...]:
    """Return the column names of a table."""
    if file.suffix == ".parquet":
        return tuple(db.read_parquet(glob.escape(str(file))).columns)
    try:
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            return tuple(next(csv.reader(lines, strict=True), ()))
    except csv.Error as error:
        raise BadInput([_malformed(file.name, 1, str(error))]) from error


def _load_csv(db: Database, file: Path, table: Table) -> tuple[str, ...]:
    _demand_utf8(file)
    columns = columns_of(db, file)
    refuse_if_any(header_faults(columns, table, file.name))
    kinds = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(columns)))
    source = f"read_csv($file, columns = {{{kinds}}}, {_DIALECT}, store_rejects = true, rejects_limit = 100)"
    _create(db, file, table, _selected(columns, table, ["VARCHAR"] * len(columns)), source)
    refuse_if_any(_rejected(db, file.name))
    _count_blank_lines(db, file, table)
    return columns


def _load_parquet(db: Database, file: Path, table: Table) -> tuple[str, ...]:
    found = db.read_parquet(glob.escape(str(file)))
    columns, kinds = columns_of(db, file), [str(kind) for kind in found.types]
    refuse_if_any(header_faults(columns, table, file.name))
    names = ", ".join(f"c{number}" for number in range(len(columns)))
    _create(db, file, table, _selected(columns, table, kinds), f"read_parquet($file) as found({names})")
    return columns


def _count_blank_lines(db: Database, file: Path, table: Table) -> None:
    """Renumber rows as a spreadsheet does, which shows the blank lines that the database passed over."""
    with file.open("rb") as source, mmap(source.fileno(), 0, access=ACCESS_READ) as content:
        if not BLANK_LINE.search(content):
            return
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [number for number, cells in enumerate(csv.reader(lines), start=1) if cells]
    db.register("counted", {"r": np.arange(1, len(rows) + 1), "row": np.array(rows)})
    db.execute(f"update {table.name} set r = counted.row from counted where counted.r = {table.name}.r")


def _create(db: Database, file: Path, table: Table, selected: str, source: str) -> None:
    sql = f"create table {table.name} as select row_number() over () + 1 as r, {selected} from {source}"
    db.execute(sql, {"file": glob.escape(str(file))})


def _selected(columns: Sequence[str], table: Table, kinds: Sequence[str]) -> str:
    """Keep numbers as numbers, so far as they are; everything else is text, and nothing is no text."""
    numbers = {number.name for number in table.numbers}
    parts = []
    for place, (column, kind) in enumerate(zip(columns, kinds, strict=True)):
        if column not in numbers:
            parts.append(f"coalesce(cast(c{place} as varchar), '') as c{place}")
        else:
            to = "double" if kind.split("(")[0].removeprefix("U") in _NUMERIC else "varchar"
            parts.append(f"cast(c{place} as {to}) as c{place}")
    return ", ".join(parts)


def header_faults(columns: Collection[str], table: Table, file: str) -> Iterator[Issue]:
    """Name columns that are missing, unknown or twice there; letters' case tells no two apart."""
    for name in table.required:
        if name not in columns:
            yield Issue("column_missing", file, row=1, column=name)
    times = Counter(map(str.casefold, columns))
    for name in dict.fromkeys(columns):
        if not name or not name.isprintable():
            yield Issue("column_unnamed", file, row=1, params={"value": repr(name)})
        elif times[name.casefold()] > 1:
            yield Issue("column_repeated", file, row=1, column=name)
        elif not table.attributes and name not in table.known:
            yield Issue("column_unknown", file, row=1, column=name, params={"known": ", ".join(table.known)})


def _rejected(db: Database, file: str) -> list[Issue]:
    rows = db.execute(
        "select distinct line, lower(error_type::varchar) from reject_errors order by line"
    ).fetchall()
    db.execute("drop table reject_errors; drop table reject_scans")
    return [_malformed(file, row, reason) for row, reason in rows]


def _malformed(file: str, row: int, reason: str) -> Issue:
    return Issue("row_malformed", file, row=row, params={"reason": reason})


def _demand_utf8(file: Path) -> None:
    decoder, row = codecs.getincrementaldecoder("utf-8")(), 1
    with file.open("rb") as source:
        while chunk := source.read(CHUNK_BYTES):
            try:
                row += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as error:
                row += error.object[: error.start].count(b"\n")
                raise BadInput([Issue("not_utf8", file.name, row=row)]) from error
