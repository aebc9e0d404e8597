"""Jobs of workers that are gone are done by others, and nobody comes back too late."""

from datetime import timedelta

import pytest

from impact.access import SYSTEM
from impact.errors import Issue
from impact.store.queue import jobs, leases, workers
from impact.store.queue.jobs import JobStatus, Wanted
from impact.store.queue.leases import MOST_LOST, Ending, Lease, LeaseLost, Progress
from impact.store.queue.workers import Worker

KINDS = ("solve",)
NEAR, FAR = Worker("near", "here", 11), Worker("far", "there", 12)


def done(engine, what, *given, **named):
    with engine.begin() as connection:
        return what(connection, *given, **named)


def asked(engine):
    return done(engine, jobs.put, Wanted("solve"), SYSTEM)


def claimed(engine, worker=NEAR):
    """The lease of the job that waited longest."""
    job = done(engine, leases.claim, worker.worker_id, KINDS)
    return Lease(job.job_id, job.attempt)


def nobody(_):
    return False


def everybody(_):
    return True


def test_the_jobs_of_a_worker_that_is_there_are_left_to_it(engine):
    asked(engine)
    done(engine, workers.enrol, NEAR)
    claimed(engine)

    assert done(engine, workers.sweep, nobody) == ()


def test_the_jobs_of_a_worker_that_is_gone_go_back_to_the_queue(engine):
    asked(engine), asked(engine)
    done(engine, workers.enrol, NEAR), done(engine, workers.enrol, FAR)
    lost, kept = claimed(engine, NEAR), claimed(engine, FAR)

    swept = done(engine, workers.sweep, lambda worker: worker == NEAR)

    assert swept == (lost,)
    assert not done(engine, workers.beat, "near")
    assert done(engine, workers.beat, "far")
    assert claimed(engine, FAR) == Lease(lost.job_id, 2)
    assert done(engine, jobs.get, kept.job_id).attempt == 1


def test_a_worker_not_seen_for_long_is_gone(engine, monkeypatch):
    asked(engine)
    done(engine, workers.enrol, NEAR)
    claimed(engine)

    monkeypatch.setattr(workers, "UNSEEN", timedelta(0))

    assert len(done(engine, workers.sweep, nobody)) == 1


def test_a_worker_is_there_while_it_is_seen(engine, monkeypatch):
    assert not done(engine, workers.any_there)

    done(engine, workers.enrol, NEAR)
    assert done(engine, workers.any_there)

    monkeypatch.setattr(workers, "UNSEEN", timedelta(0))
    assert not done(engine, workers.any_there)


def test_who_comes_back_too_late_is_not_heard(engine):
    asked(engine)
    late = claimed(engine)
    done(engine, workers.sweep, everybody)
    again = claimed(engine, FAR)

    done(engine, leases.tell, late, Progress("solve", 0.9))
    for what in (leases.demand, lambda *given: leases.end(*given, Ending(JobStatus.SUCCEEDED))):
        with pytest.raises(LeaseLost):
            done(engine, what, late)

    assert done(engine, jobs.get, late.job_id).progress == 0
    done(engine, leases.demand, again)


def test_a_job_that_costs_its_workers_their_lives_fails_with_a_reason(engine):
    job_id = asked(engine)

    for _ in range(MOST_LOST):
        assert claimed(engine).job_id == job_id
        done(engine, workers.sweep, everybody)

    job = done(engine, jobs.get, job_id)
    assert (job.status, job.issues) == ("failed", (Issue("job_abandoned", params={"count": MOST_LOST}),))


def test_a_lost_job_that_was_to_be_cancelled_is(engine):
    asked(engine)
    lease = claimed(engine)
    done(engine, jobs.ask_to_cancel, lease.job_id, SYSTEM)

    done(engine, workers.sweep, everybody)

    assert done(engine, jobs.get, lease.job_id).status == "cancelled"
