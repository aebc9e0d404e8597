import threading

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from impact.store import (
    audit,
    catalogs,
    headers,
    imports,
    job_files,
    jobs,
    listings,
    plans,
    snapshots,
    workers,
)
from impact.store.database import open_database
from impact.store.nouns import METADATA
from impact.store.people import attempts, links, secret_key, sessions, tokens, users


def test_the_revisions_make_the_schema_that_the_code_expects(tmp_path):
    assert catalogs.TABLES
    ours = {
        plans.PLANS,
        snapshots.SNAPSHOTS,
        listings.LISTINGS,
        imports.IMPORTS,
        headers.HEADERS,
        audit.AUDIT,
        jobs.JOBS,
        job_files.FILES,
        workers.WORKERS,
    }
    ours |= {audit.AUDIT, users.USERS, sessions.SESSIONS, tokens.TOKENS, links.LINKS, attempts.ATTEMPTS}
    ours |= {secret_key.SECRETS}
    assert ours <= set(METADATA.tables.values())
    engine = open_database(f"sqlite:///{tmp_path / 'impact.sqlite3'}")

    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_two_writers_at_once_lose_no_update(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'impact.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE tally (total INTEGER)"))
        connection.execute(text("INSERT INTO tally VALUES (0)"))

    def count():
        for _ in range(100):
            with engine.begin() as connection:
                total = connection.execute(text("SELECT total FROM tally")).scalar_one()
                connection.execute(text("UPDATE tally SET total = :total"), {"total": total + 1})

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with engine.connect() as connection:
        assert connection.execute(text("SELECT total FROM tally")).scalar_one() == 400
