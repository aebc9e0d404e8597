"""What was read is told again until somebody writes, in whatever process; then it is read again."""

import subprocess
import sys

import pytest
from sqlalchemy import Column, MetaData, Table, Text, insert, text

from impact.store.database import open_database
from impact.store.unmoved import MOST, Unmoved, Writes

MARKS = Table("marks", MetaData(), Column("name", Text))
WRITER = """
import sys
from sqlalchemy import text
from impact.store.database import open_database
with open_database(sys.argv[1]).begin() as connection:
    connection.execute(text("INSERT INTO marks VALUES ('b')"))
"""


class Marks:
    """How many marks a database has, told by key; and what was looked for in it."""

    def __init__(self, engine):
        self.engine, self.looked, self.known = engine, [], Unmoved(engine)

    def told(self, key):
        return self.known.told(key, lambda: self.find(key))

    def find(self, key):
        self.looked.append(key)
        with self.engine.connect() as connection:
            return connection.execute(text("SELECT count(*) FROM marks")).scalar_one() or None

    def add(self):
        with self.engine.begin() as connection:
            connection.execute(insert(MARKS).values(name="a"))


@pytest.fixture
def marks(engine):
    with engine.begin() as connection:
        MARKS.create(connection)
    return Marks(engine)


def test_nothing_is_looked_for_twice_where_the_database_tells_that_nothing_was_written(marks):
    marks.add()

    told = [marks.told(key) for key in ("ours", "ours", "theirs", "ours")]

    assert told == [1, 1, 1, 1]
    once = marks.engine.dialect.name == "sqlite"
    assert marks.looked == (["ours", "theirs"] if once else ["ours", "ours", "theirs", "ours"])


def test_what_was_written_here_is_told_at_once(marks):
    told = []
    for _ in range(3):
        marks.add()
        told.append(marks.told("ours"))

    assert told == [1, 2, 3]


def test_what_another_process_wrote_is_told_at_once(database_url, marks):
    marks.add()
    before = marks.told("ours")

    subprocess.run([sys.executable, "-c", WRITER, database_url], check=True)

    assert (before, marks.told("ours")) == (1, 2)


def test_what_was_not_found_is_looked_for_again(marks):
    assert [marks.told("ours"), marks.told("ours")] == [None, None]
    assert marks.looked == ["ours", "ours"]


def test_no_more_than_so_much_is_remembered(marks):
    marks.add()

    for number in range(3 * MOST):
        marks.known.told(number, lambda: 1)

    assert len(marks.known) <= MOST + 1


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
