"""A database is opened by one address, whatever it is, and serves many processes at once."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Integer, MetaData, Table, Text, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

import impact
from impact.errors import BadInput
from impact.store.database import insert_new, open_database, reading, whole, writing
from impact.store.driver import MODULE, journal
from impact.store.tables import tables
from impact.store.turns import Turn, take_turn

TALLY = Table("tally", MetaData(), Column("name", Text, primary_key=True), Column("total", Integer))
BOTH = pytest.mark.parametrize("empty_database_url", ["sqlite", "postgresql"], indirect=True)
COUNTER = """
import sys
from sqlalchemy import text
from impact.store.database import open_database
engine = open_database(sys.argv[1])
asked = "SELECT total FROM tally" + (" FOR UPDATE" if "postgresql" in sys.argv[1] else "")
for _ in range(int(sys.argv[2])):
    with engine.begin() as connection:
        total = connection.execute(text(asked)).scalar_one()
        connection.execute(text("UPDATE tally SET total = :total"), {"total": total + 1})
"""
HELD = """
import sys, time
from sqlalchemy import text
from impact.store.database import open_database
with open_database(sys.argv[1]).begin() as connection:
    connection.execute(text("UPDATE tally SET total = 99"))
    print("written", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def tally(engine):
    """A table with one row that counts from nothing."""
    with engine.begin() as connection:
        TALLY.create(connection)
        connection.execute(insert(TALLY).values(name="all", total=0))
    return engine


def total(engine):
    with reading(engine) as connection:
        return connection.execute(select(TALLY.c.total)).scalar_one()


def started(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=Path(impact.__file__).parents[1],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_revisions_make_the_schema_that_the_code_expects(engine):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables()) == []


@pytest.mark.slow
@BOTH
def test_processes_that_open_a_new_database_at_once_all_find_it_migrated(empty_database_url):
    opening = "import sys; from impact.store.database import open_database; open_database(sys.argv[1])"

    processes = [started(opening, empty_database_url) for _ in range(4)]

    assert [(process.wait(60), process.stderr.read()) for process in processes] == [(0, "")] * 4


@pytest.mark.slow
def test_four_processes_that_write_at_once_lose_no_update(tally, database_url):
    processes = [started(COUNTER, database_url, 100) for _ in range(4)]

    assert [(process.wait(120), process.stderr.read()) for process in processes] == [(0, "")] * 4
    assert total(tally) == 400


def test_a_writer_killed_in_the_middle_leaves_all_as_it_was_and_the_next_one_goes_on(tally, database_url):
    process = started(HELD, database_url)
    assert process.stdout.readline() == "written\n"

    os.kill(process.pid, signal.SIGKILL)
    process.wait(10)

    assert total(tally) == 0
    with tally.begin() as connection:
        connection.execute(update(TALLY).values(total=1))
    assert total(tally) == 1


def test_a_reader_sees_one_moment_and_waits_for_no_writer(tally):
    with reading(tally) as before:
        assert before.execute(select(TALLY.c.total)).scalar_one() == 0
        with tally.begin() as connection:
            connection.execute(update(TALLY).values(total=7))
            assert total(tally) == 0
        assert before.execute(select(TALLY.c.total)).scalar_one() == 0
    assert total(tally) == 7


def test_readers_wait_for_no_writer_however_much_it_writes_and_see_all_of_it_or_nothing(tally):
    rows = [{"name": f"{number:06d} {'x' * 1_000}", "total": 1} for number in range(10_000)]
    counted, committed = select(func.count()).select_from(TALLY), threading.Event()

    def commit():
        with tally.begin() as connection:
            insert_new(connection, TALLY, rows)
            assert read() == 1
        committed.set()

    def read():
        with reading(tally) as connection:
            return connection.execute(counted).scalar_one()

    writer = threading.Thread(target=commit)
    writer.start()
    seen = {read()}
    while not committed.is_set():
        seen.add(read())
    writer.join()

    assert read() == 10_001
    assert seen <= {1, 10_001}


def test_what_is_written_in_a_whole_is_committed_at_its_end_and_read_within(tally):
    with whole(tally):
        assert total(tally) == 0
        with writing(tally) as connection:
            connection.execute(update(TALLY).values(total=1))
        with writing(tally) as connection:
            connection.execute(update(TALLY).values(total=TALLY.c.total + 1))
        assert total(tally) == 2
        with ThreadPoolExecutor(1) as elsewhere:
            assert elsewhere.submit(total, tally).result() == 0
    assert total(tally) == 2


def test_a_whole_that_breaks_off_has_written_nothing(tally):
    with pytest.raises(InterruptedError), whole(tally):
        with writing(tally) as connection:
            connection.execute(update(TALLY).values(total=1))
        raise InterruptedError

    assert total(tally) == 0


def test_a_part_that_is_refused_takes_nothing_of_the_whole_with_it(tally):
    with whole(tally):
        with writing(tally) as connection:
            connection.execute(update(TALLY).values(total=1))
        with pytest.raises(DBAPIError), writing(tally) as connection:
            connection.execute(update(TALLY).values(total=2))
            connection.execute(insert(TALLY).values(name="all", total=0))

    assert total(tally) == 1


def test_a_whole_of_one_database_leaves_another_alone(tally, tmp_path):
    other = open_database(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    with pytest.raises(InterruptedError), whole(other):
        with writing(tally) as connection:
            connection.execute(update(TALLY).values(total=1))
        raise InterruptedError

    assert total(tally) == 1


def test_whoever_writes_can_be_part_of_a_whole():
    package = Path(impact.__file__).parent

    assert [file.name for file in package.rglob("*.py") if ".begin()" in file.read_text("utf-8")] == [
        "database.py"
    ]


def test_a_reader_may_take_rows_as_a_stream(tally):
    with reading(tally) as connection:
        streamed = connection.execution_options(yield_per=10).execute(select(TALLY.c.total))
        assert streamed.scalars().all() == [0]


def test_a_reader_cannot_write(tally):
    with pytest.raises(DBAPIError, match=r"(?i)read-?only"), reading(tally) as connection:
        connection.execute(update(TALLY).values(total=7))
    assert total(tally) == 0


def test_what_is_held_by_one_waits_for_the_other(tally):
    order = []

    def second():
        with tally.begin() as connection:
            take_turn(connection, Turn.LISTINGS, "anji")
            order.append("second")

    with tally.begin() as connection:
        take_turn(connection, Turn.LISTINGS, "anji")
        waiting = threading.Thread(target=second)
        waiting.start()
        time.sleep(0.2)
        order.append("first")
    waiting.join()

    assert order == ["first", "second"]


def test_rows_whose_key_is_taken_stay_as_they_are_and_the_new_ones_are_told(tally):
    rows = [{"name": name, "total": 5} for name in ("all", "one", "two", "one")]

    with tally.begin() as connection:
        assert insert_new(connection, TALLY, rows) == {("one",), ("two",)}
        assert insert_new(connection, TALLY, rows) == frozenset()
        assert insert_new(connection, TALLY, []) == frozenset()
        kept = connection.execute(select(TALLY.c.total).order_by(TALLY.c.name)).scalars().all()
    assert kept == [0, 5, 5]


def test_more_rows_than_one_statement_takes_are_added(tally):
    with tally.begin() as connection:
        added = insert_new(connection, TALLY, [{"name": str(name), "total": 1} for name in range(2_500)])

    assert len(added) == 2_500


@pytest.mark.parametrize(
    ("version", "kept"),
    [((3, 40, 1), "DELETE"), ((3, 51, 2), "DELETE"), ((3, 51, 3), "WAL"), ((3, 53, 4), "WAL")],
)
def test_readers_wait_for_writers_only_where_sqlite_could_lose_data_otherwise(version, kept):
    assert journal(version) == kept


def test_every_connection_of_sqlite_survives_a_power_cut_and_waits_its_turn(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'deep' / 'impact.sqlite3'}")

    with engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        said = [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in asked]
    assert said == [journal(MODULE.sqlite_version_info).lower(), 2, 1, 30_000]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://impact:secret@127.0.0.1:1/impact",
        "nothing",
        "oracle+nobody://x/y",
        "sqlite:////dev/null/impact.sqlite3",
    ],
)
def test_a_database_that_does_not_open_is_told_without_its_password(url):
    with pytest.raises(BadInput) as refused:
        open_database(url)

    (issue,) = refused.value.issues
    assert issue.code == "database_not_open"
    assert "secret" not in str(issue.params)


def test_every_reader_of_the_store_takes_one_moment():
    takes = [
        path.name
        for path in Path(impact.__file__).parent.rglob("*.py")
        if ".connect()" in path.read_text("utf-8") and path.name != "database.py"
    ]

    assert takes == []
