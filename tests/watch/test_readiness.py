"""Ready is what answers, is of this version, and has somebody who does jobs."""

from impact.store.database import connect, open_database
from impact.store.queue import workers
from impact.store.queue.workers import Worker
from impact.watch.readiness import Readiness, readiness


def test_a_database_nobody_works_for_is_not_ready(engine):
    assert readiness(engine) == Readiness(database=True, migrations=True, worker=False)
    assert not readiness(engine).whole


def test_with_a_worker_it_is(engine):
    with engine.begin() as connection:
        workers.enrol(connection, Worker("near", "here", 1))

    assert readiness(engine).whole


def test_a_worker_not_seen_for_long_is_none(engine):
    with engine.begin() as connection:
        workers.enrol(connection, Worker("near", "here", 1))
        connection.execute(workers.WORKERS.update().values(seen_at="2020-01-01T00:00:00+00:00"))

    assert not readiness(engine).worker


def test_a_database_of_another_version_is_not_ready(empty_database_url):
    assert readiness(connect(empty_database_url)) == Readiness(True, False, False)


def test_what_does_not_answer_is_not_ready(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'impact.sqlite3'}")
    engine.dispose()
    (tmp_path / "impact.sqlite3").write_bytes(b"no database" * 1000)

    assert readiness(engine) == Readiness(False, False, False)
