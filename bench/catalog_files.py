"""Files of partners: what checking them and taking them over costs, beside a bare reading of the same."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.partner_rows import HEADER, NARROW, write_csv, write_xlsx

FEW, MANY = 100_000, 1_000_000
READ_CSV = "import csv, sys; print(sum(1 for _ in csv.reader(open(sys.argv[1], encoding='utf-8'))))"
READ_XLSX = """
import sys
from python_calamine import CalamineWorkbook
print(sum(1 for _ in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows()))
"""
INSERT = """
import sqlite3, sys
taken, bare = (sqlite3.connect(path, isolation_level=None) for path in sys.argv[1:])
bare.execute("PRAGMA synchronous = FULL")
bare.execute("BEGIN")
for table in ("listings", "import_changes"):
    for (made,) in taken.execute("SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql <> ''", [table]):
        bare.execute(made)
    rows = taken.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()
    bare.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
bare.execute("COMMIT")
"""
LAUNCH = """
import os, subprocess, sys, time
begun = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
assert process.returncode in (0, 1), process.returncode
print(used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss / 1e3)
"""
"""A process starts with the memory of the one that started it, so that has to be a small one."""
Command = tuple[str, ...]


@dataclass(frozen=True)
class Took:
    """What a process took, those that it waited for included; the memory is that of the largest."""

    cpu_seconds: float
    seconds: float
    peak_mb: float


def rows() -> list[dict[str, object]]:
    """Check lists of two lengths and two kinds, and take one over, each by a command of its own."""
    with TemporaryDirectory() as name:
        return list(_rows(Path(name)))


def _rows(folder: Path) -> Iterator[dict[str, object]]:
    few = _made(folder / "few.csv", write_csv, FEW)
    read = _took(_python(READ_CSV, few))
    yield _row("check", few, FEW, _impact(folder, "check", str(few)), read)
    over = _impact(folder, "commit", str(few), "--partner", "p", "--rejected", str(folder / "back.csv"))
    taken = _row("commit", few, FEW, over, read)
    insert = _took(_python(INSERT, folder / "impact.sqlite3", folder / "bare.sqlite3"))
    floor = round(read.cpu_seconds + insert.cpu_seconds, 2)
    yield taken | {"floor, CPU s": floor, "ratio": round(over.cpu_seconds / floor, 1)}
    for num_rows in (FEW, MANY):
        many = _made(folder / "many.csv", partial(write_csv, columns=NARROW), num_rows)
        yield _row(
            "check", many, num_rows, _impact(folder, "check", str(many)), _took(_python(READ_CSV, many))
        )
    book = _made(folder / "book.xlsx", write_xlsx, FEW)
    yield _row("check", book, FEW, _impact(folder, "check", str(book)), _took(_python(READ_XLSX, book)))


def _row(done: str, path: Path, num_rows: int, took: Took, floor: Took) -> dict[str, object]:
    return {
        "file": path.suffix[1:].upper(),
        "rows": num_rows,
        "columns": len(NARROW if path.stem == "many" else HEADER),
        "done": done,
        "CPU s": round(took.cpu_seconds, 2),
        "s by the clock": round(took.seconds, 1),
        "peak MB": round(took.peak_mb),
        "floor, CPU s": round(floor.cpu_seconds, 2),
        "ratio": round(took.cpu_seconds / floor.cpu_seconds, 1),
    }


def _made(path: Path, write: Callable[[Path, int], None], num_rows: int) -> Path:
    write(path, num_rows)
    return path


def _python(script: str, *paths: Path) -> Command:
    return (sys.executable, "-c", script, *map(str, paths))


def _impact(folder: Path, *asked: str) -> Took:
    database = f"sqlite:///{folder / 'impact.sqlite3'}"
    return _took((sys.executable, "-m", "impact", "catalog", *asked), IMPACT_DATABASE_URL=database)


def _took(command: Command, **environment: str) -> Took:
    """Run a command; one row in a hundred is wrong, which `impact` says by status 1."""
    launched = (sys.executable, "-c", LAUNCH, *command)
    done = subprocess.run(launched, capture_output=True, check=True, env=os.environ | environment)
    return Took(*map(float, done.stdout.split()))
