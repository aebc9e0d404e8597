"""What was read is told again until somebody writes, in whatever process; then it is read again."""

import subprocess
import sys

import pytest
from sqlalchemy import Column, MetaData, Table, Text, insert, text

from impact.store.database import open_database
from impact.store.unmoved import Unmoved, Writes

MARKS = Table("marks", MetaData(), Column("name", Text))
WRITER = """
import sys
from sqlalchemy import text
from impact.store.database import open_database
with open_database(sys.argv[1]).begin() as connection:
    connection.execute(text("INSERT INTO marks VALUES ('b')"))
"""


@pytest.fixture
def looked():
    """What was looked for in the database."""
    return []


@pytest.fixture
def unmoved(engine, looked):
    """How many marks there are, of every text that does not begin with nobody."""
    with engine.begin() as connection:
        MARKS.create(connection)

    def find(kept, key):
        looked.append(key)
        with kept.connect() as connection:
            marks = connection.execute(text("SELECT count(*) FROM marks")).scalar_one()
        return None if key.startswith("nobody") else marks

    return Unmoved(engine, find)


def write(engine):
    with engine.begin() as connection:
        connection.execute(insert(MARKS).values(name="a"))


def test_nothing_is_looked_for_twice_where_the_database_tells_that_nothing_was_written(
    engine, unmoved, looked
):
    told = [unmoved(key) for key in ("ours", "ours", "theirs", "ours")]

    assert told == [0, 0, 0, 0]
    once = engine.dialect.name == "sqlite"
    assert looked == (["ours", "theirs"] if once else ["ours", "ours", "theirs", "ours"])


def test_what_was_written_here_is_told_at_once(engine, unmoved):
    told = []
    for _ in range(3):
        told.append(unmoved("ours"))
        write(engine)

    assert told == [0, 1, 2]


def test_what_another_process_wrote_is_told_at_once(database_url, unmoved):
    before = unmoved("ours")

    subprocess.run([sys.executable, "-c", WRITER, database_url], check=True)

    assert (before, unmoved("ours")) == (0, 1)


def test_what_was_not_found_is_looked_for_again(unmoved, looked):
    assert [unmoved("nobody-1"), unmoved("nobody-1")] == [None, None]
    assert looked == ["nobody-1", "nobody-1"]


def test_no_secret_text_is_kept(unmoved):
    unmoved("a secret")

    assert "a secret" not in str(vars(unmoved))


def test_what_is_under_way_or_taken_back_was_not_written(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'impact.sqlite3'}")
    with engine.begin() as connection:
        MARKS.create(connection)
    writes = Writes(engine)
    before = writes.seen()

    with engine.begin() as connection:
        connection.execute(insert(MARKS).values(name="a"))
        assert writes.seen() == before
        connection.rollback()

    assert writes.seen() == before
