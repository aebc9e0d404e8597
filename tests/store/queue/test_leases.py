"""What is done under a lease is done to its job alone, and nothing is once the lease is lost."""

from contextlib import suppress

import pytest
from sqlalchemy import select

from impact.access import SYSTEM
from impact.store.queue import job_files, jobs, leases, workers
from impact.store.queue.job_files import FILES
from impact.store.queue.jobs import JOBS, JobStatus, Wanted
from impact.store.queue.leases import MOST_LOST, Ending, Lease, LeaseLost, Progress
from impact.store.queue.workers import WORKERS, Worker
from impact.store.webhooks.hooks import Hooks, News
from impact.store.webhooks.hooks import Wanted as WantedHook
from impact.store.webhooks.outbox import NEWS

KINDS = ("solve", "import")
ENDING = Ending(
    JobStatus.SUCCEEDED,
    {"counts": {"new": 2}},
    gap=0.5,
    seconds={"read": 1.5, "solve": 2},
    files={"plan": b"plan"},
)


def done(engine, what, *given, **named):
    with engine.begin() as connection:
        return what(connection, *given, **named)


@pytest.fixture
def mine(engine):
    """The lease of the second of five jobs: two are done by somebody else, two wait."""
    for worker_id in ("near", "far"):
        done(engine, workers.enrol, Worker(worker_id, "here", 1))
    for number in range(5):
        done(engine, jobs.put, Wanted("solve", {"number": number}, files={"file": b"file"}), SYSTEM)
    first, second, _ = (done(engine, leases.claim, who, KINDS) for who in ("far", "near", "far"))
    assert (first.attempt, second.attempt) == (1, 1)
    return Lease(second.job_id, 1)


def others(engine, lease=None):
    """All that is kept of jobs but the one of a lease."""
    kept = [done(engine, lambda connection, t=t: connection.execute(select(t)).all()) for t in (JOBS, FILES)]
    return sorted(repr(row) for rows in kept for row in rows if not lease or row.job_id != lease.job_id)


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda c, lease: leases.tell(c, lease, Progress("solve", 0.5)), "its progress is told"),
        (lambda c, lease: leases.end(c, lease, ENDING), "it ends"),
        (lambda c, lease: leases.let_go(c, lease, lost=False), "it goes back to the queue"),
        (lambda c, lease: leases.let_go(c, lease, lost=True), "its worker is gone"),
        (lambda c, lease: jobs.ask_to_cancel(c, lease.job_id, SYSTEM), "it is to be cancelled"),
        (lambda c, lease: job_files.keep_files(c, lease.job_id, {"file": b"other"}), "it gets files"),
        (lambda c, _: workers.sweep(c, lambda worker: worker.worker_id == "near"), "its worker is swept"),
    ],
)
def test_what_is_done_to_one_job_leaves_the_others_as_they_were(engine, mine, act, why):
    before, all_of_it = others(engine, mine), others(engine)

    done(engine, act, mine)

    assert others(engine, mine) == before, why
    assert others(engine) != all_of_it, "something was done"


def test_taking_a_job_leaves_the_others_as_they_were(engine, mine):
    waiting = done(engine, jobs.listed, jobs.Sought(status=JobStatus.QUEUED), past=None, limit=9)
    next_one = Lease(min(job.job_id for job in waiting), 1)
    before = others(engine, next_one)

    taken = done(engine, leases.claim, "near", KINDS)

    assert (taken.job_id, taken.worker, taken.status, len(waiting)) == (
        next_one.job_id,
        "near",
        JobStatus.RUNNING,
        2,
    )
    assert others(engine, next_one) == before


@pytest.mark.parametrize(
    "lost",
    [
        lambda lease: Lease(lease.job_id, lease.attempt + 1),
        lambda lease: Lease(lease.job_id, lease.attempt - 1),
        lambda lease: Lease("nothing", lease.attempt),
    ],
    ids=["later", "earlier", "no-job"],
)
def test_under_a_lease_that_is_lost_nothing_is_done(engine, mine, lost):
    before = others(engine)

    for act in (
        lambda c, lease: leases.tell(c, lease, Progress("solve", 0.5)),
        lambda c, lease: leases.let_go(c, lease, lost=True),
        leases.demand,
        lambda c, lease: leases.end(c, lease, ENDING),
    ):
        with suppress(LeaseLost):
            done(engine, act, lost(mine))

    assert others(engine) == before


def test_a_worker_holds_its_own_leases_and_no_others(engine, mine):
    assert done(engine, leases.held, "near") == {mine: False}
    assert len(done(engine, leases.held, "far")) == 2

    done(engine, leases.end, mine, ENDING)
    assert done(engine, leases.held, "near") == {}


def test_who_leaves_or_shows_itself_is_nobody_else(engine):
    for worker_id in ("near", "far"):
        done(engine, workers.enrol, Worker(worker_id, "here", 1))
    seen = dict(done(engine, _seen))

    assert done(engine, workers.beat, "near")
    assert {name for name, at in done(engine, _seen) if at != seen[name]} == {"near"}

    done(engine, workers.leave, "near")
    assert [name for name, _ in done(engine, _seen)] == ["far"]


def _seen(connection):
    return [tuple(row) for row in connection.execute(select(WORKERS.c.worker_id, WORKERS.c.seen_at))]


def test_how_often_a_worker_was_gone_is_counted_and_giving_back_is_not(engine, mine):
    done(engine, leases.tell, mine, Progress("solve", 0.5))
    done(engine, leases.let_go, mine, lost=True)
    assert _stands(engine, mine) == (JobStatus.QUEUED, 1, None, "", 0)

    again = _claimed_until(engine, mine.job_id)
    done(engine, leases.let_go, again, lost=False)
    assert _stands(engine, mine) == (JobStatus.QUEUED, 1, None, "", 0)

    for _ in range(MOST_LOST - 1):
        done(engine, leases.let_go, _claimed_until(engine, mine.job_id), lost=True)
    assert _stands(engine, mine)[:2] == (JobStatus.FAILED, MOST_LOST)


def _stands(engine, lease):
    job = done(engine, jobs.get, lease.job_id)
    return job.status, job.lost, job.worker, job.stage, job.progress


def _claimed_until(engine, job_id):
    job = done(engine, leases.claim, "near", KINDS)
    assert job.job_id == job_id, "it was asked for before those that wait"
    return Lease(job.job_id, job.attempt)


@pytest.mark.parametrize(
    ("act", "status"),
    [
        (lambda c, lease: leases.end(c, lease, ENDING), "succeeded"),
        (lambda c, lease: jobs.ask_to_cancel(c, max(_waiting(c)), SYSTEM), "cancelled"),
        (lambda c, lease: jobs.ask_to_cancel(c, lease.job_id, SYSTEM), None),
        (lambda c, lease: leases.let_go(c, lease, lost=True), None),
    ],
)
def test_each_end_is_announced_once_and_nothing_else(engine, mine, act, status):
    Hooks(engine).add(WantedHook("https://example.org/in", (News.JOB_ENDED,)), SYSTEM)

    done(engine, act, mine)

    told = [row.data for row in done(engine, lambda c: c.execute(select(NEWS)).all())]
    assert [each["status"] for each in told] == ([status] if status else [])
    for each in told:
        assert vars(done(engine, jobs.get, each["job_id"])).items() >= each.items()


def _waiting(connection):
    asked = select(JOBS.c.job_id).where(JOBS.c.status == JobStatus.QUEUED)
    return connection.execute(asked).scalars().all()


def test_files_of_a_job_are_its_own_each_by_its_name(engine, mine):
    done(engine, leases.end, mine, ENDING)

    assert done(engine, job_files.files_of, mine.job_id) == {"file": b"file", "plan": b"plan"}
    assert done(engine, job_files.file_of, mine.job_id, "plan") == b"plan"
    assert done(engine, job_files.file_of, max(done(engine, _waiting)), "plan") is None
