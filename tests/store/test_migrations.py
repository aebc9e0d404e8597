"""A database of any earlier version comes forward with all that is in it."""

import pytest
from alembic.script import ScriptDirectory
from shelves import valley
from sqlalchemy import JSON, MetaData, create_engine, insert, select, text

from impact.access import SYSTEM
from impact.catalog.listing import Listing
from impact.errors import BadInput
from impact.store.audit import AUDIT, record, verify
from impact.store.database import (
    KEPT_IN,
    REVISIONS,
    connect,
    insert_new,
    is_current,
    open_database,
    reading,
    upgrade,
)
from impact.store.lists.listings import Listings, all_listings
from impact.store.migrating import migrations
from impact.store.partners import get
from impact.store.solved.plans import PLANS, PlanShelf, plan_row

BOTH = pytest.mark.parametrize("empty_database_url", ["sqlite", "postgresql"], indirect=True)
VERSIONS = [script.revision for script in ScriptDirectory.from_config(migrations()).walk_revisions()][::-1]
TEA = Listing("白茶", "330523", {"product": "白茶", "price": 80}, {}, {})


def at_version(url, version):
    """A database as `version` made it, with what could be kept in it then."""
    engine = connect(url)
    upgrade(engine, version)
    with engine.begin() as connection:
        insert_new(connection, PLANS, [plan_row(connection, valley())])
        if version >= "0002":
            Listings(connection, "anji").put([TEA], "i-1")
        if version >= "0003":
            record(connection, SYSTEM, "plan.withdraw", "autumn-1", reason="召回")
        if version >= "0004":
            fill(connection, "jobs", job_id="j-1", kind="solve", owner="an", status="queued")
        if version >= "0005":
            fill(connection, "users", user_id="u-1", name="an", role="viewer")
    return engine


def fill(connection, name, /, **values):
    """Add a row to a table as it was then, with something in every column that wants it."""
    known = MetaData()
    known.reflect(connection, only=[name])
    table = known.tables[name]
    wanted = {column.name: 0 for column in table.columns if not column.nullable}
    texts = {each.name: "" for each in table.columns if each.name in wanted and "TEXT" in str(each.type)}
    jsons = {each.name: {} for each in table.columns if each.name in wanted and "JSON" in str(each.type)}
    connection.execute(insert(table).values(wanted | texts | jsons | values))


def rows(connection, name):
    return connection.execute(text(f"SELECT COUNT(*) FROM {name}")).scalar_one()


def test_files_are_called_by_the_number_of_their_revision():
    assert [file.name[:4] for file in sorted(REVISIONS.glob("[0-9]*.py"))] == VERSIONS


@BOTH
@pytest.mark.parametrize("version", VERSIONS)
def test_what_was_kept_then_is_kept_now(empty_database_url, version):
    at_version(empty_database_url, version).dispose()

    engine = open_database(empty_database_url)

    assert is_current(engine)
    assert PlanShelf(engine).get("valley-1").plan.worth == valley().plan.worth
    assert all_listings(engine) == ((("anji", TEA),) if version >= "0002" else ())
    assert (get(engine, "anji") is not None) == ("0002" <= version < "0013")
    with reading(engine) as connection:
        assert list(verify(connection)) == []
        assert len(connection.execute(select(AUDIT)).all()) == (version >= "0003")
        assert rows(connection, "jobs") == (version >= "0004")
        assert rows(connection, "users") == (version >= "0005")
    engine.dispose()


@BOTH
@pytest.mark.parametrize("version", VERSIONS)
def test_a_row_of_every_table_there_was_comes_forward_as_it_was(empty_database_url, version):
    engine = connect(empty_database_url)
    upgrade(engine, version)
    with engine.begin() as connection:
        rows = row_of_each_table(connection)
    upgrade(engine)

    known = MetaData()
    known.reflect(engine)
    assert rows
    with reading(engine) as connection:
        for name, row in rows.items():
            table = known.tables[name]
            same = [table.c[column] == value for column, value in row.items() if value not in ({}, None)]
            assert connection.execute(select(table).where(*same)).all(), name
    engine.dispose()


def row_of_each_table(connection):
    """Put a row with something in every column into each table as it was then; return them by table."""
    known, rows = MetaData(), {}
    known.reflect(connection)
    for table in known.sorted_tables:
        if table.name != KEPT_IN:
            rows[table.name] = {column.name: something(column, rows) for column in table.columns}
            connection.execute(insert(table).values(rows[table.name]))
    return rows


def something(column, rows):
    """A value for a column: what it refers to, nothing where that is its own kind, or one of its type."""
    for key in column.foreign_keys:
        return rows.get(key.column.table.name, {}).get(key.column.name)
    if isinstance(column.type, JSON):
        return {}
    kinds = {bool: True, int: 1, float: 0.5, bytes: b"1", str: f"{column.table.name}-1"}
    return kinds[column.type.python_type]


@BOTH
def test_a_migration_that_fails_leaves_the_database_as_it_was(empty_database_url):
    engine = at_version(empty_database_url, "0002")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE events (mine TEXT)"))

    with pytest.raises(BadInput, match="events"):
        open_database(empty_database_url)

    known = MetaData()
    known.reflect(engine)
    assert "audit" not in known.tables
    with reading(engine) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "0002"
    engine.dispose()


def test_a_database_of_a_later_version_is_not_opened(tmp_path):
    url = f"sqlite:///{tmp_path / 'later.sqlite3'}"
    open_database(url).dispose()
    later = create_engine(url)
    with later.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    later.dispose()

    with pytest.raises(BadInput, match="database_too_new"):
        open_database(url)
