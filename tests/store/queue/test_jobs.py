"""Jobs are done in the order of asking, each once, by whoever holds the lease."""

import pytest
from sqlalchemy import text

from impact.access import SYSTEM, Actor, Role
from impact.errors import Issue
from impact.store.audit import Sought as SoughtEntries
from impact.store.audit import entries
from impact.store.queue import job_files, jobs, leases
from impact.store.queue.jobs import JobStatus, Sought, Wanted
from impact.store.queue.leases import Ending, Lease, LeaseLost, Progress

KINDS = ("solve", "import")
AN = Actor("user-an", "An", Role.COORDINATOR, request_id="order-7")


@pytest.fixture
def asks(engine):
    def ask(kind="solve", who=AN, **wanted):
        with engine.begin() as connection:
            return jobs.put(connection, Wanted(kind, **wanted), who)

    return ask


def done(engine, what, *given, **named):
    with engine.begin() as connection:
        return what(connection, *given, **named)


def claimed(engine, worker_id="near"):
    """The lease of the job that waited longest."""
    job = done(engine, leases.claim, worker_id, KINDS)
    return Lease(job.job_id, job.attempt)


def test_a_job_is_kept_as_it_was_asked(engine, asks):
    job_id = asks("import", asked={"file": "茶.csv"}, partner="anji", scenario="s-1", files={"file": b"1"})

    job = done(engine, jobs.get, job_id)

    assert (job.kind, job.asked, job.partner, job.scenario) == ("import", {"file": "茶.csv"}, "anji", "s-1")
    assert (job.owner, job.request_id) == ("user-an", "order-7")
    assert (job.status, job.progress, job.attempt, job.ended) == (JobStatus.QUEUED, 0, 0, False)
    assert done(engine, job_files.file_of, job_id, "file") == b"1"
    assert done(engine, job_files.file_of, job_id, "other") is None


def test_who_asks_for_a_job_and_who_cancels_it_is_in_the_log(engine, asks):
    job_id = asks()

    done(engine, jobs.ask_to_cancel, job_id, SYSTEM)
    done(engine, jobs.ask_to_cancel, job_id, SYSTEM)

    log = done(engine, entries, SoughtEntries(subject=job_id))
    assert [(entry.what, entry.who) for entry in log] == [("job.cancel", "system"), ("job.ask", "user-an")]


def test_an_unknown_job_is_none(engine):
    assert done(engine, jobs.get, "nothing") is None


def test_jobs_are_listed_newest_first_page_by_page(engine, asks):
    asked = [asks() for _ in range(5)]

    first = done(engine, jobs.listed, Sought(), past=None, limit=3)
    second = done(engine, jobs.listed, Sought(), past=first[-1].job_id, limit=3)

    assert [job.job_id for job in (*first, *second)] == asked[::-1]


def test_jobs_are_listed_oldest_first_where_that_is_wanted(engine, asks):
    asked = [asks() for _ in range(5)]

    first = done(engine, jobs.listed, Sought(), past=None, limit=3, oldest_first=True)
    second = done(engine, jobs.listed, Sought(), past=first[-1].job_id, limit=3, oldest_first=True)

    assert [job.job_id for job in (*first, *second)] == asked


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (Sought(), 3),
        (Sought(owner="user-an"), 2),
        (Sought(partner="anji"), 1),
        (Sought(scenario="s-1"), 1),
        (Sought(kind="import"), 1),
        (Sought(status=JobStatus.QUEUED), 3),
        (Sought(status=JobStatus.FAILED), 0),
        (Sought(owner="user-an", partner="deqing"), 0),
    ],
)
def test_jobs_are_found_by_whose_they_are_and_how_they_stand(engine, asks, sought, found):
    asks("import", partner="anji")
    asks(scenario="s-1")
    asks(who=SYSTEM)

    assert len(done(engine, jobs.listed, sought, past=None, limit=10)) == found


def test_the_job_that_waited_longest_is_taken_first_and_only_once(engine, asks):
    first, second = asks(), asks()

    assert done(engine, leases.any_waits, KINDS)
    assert [claimed(engine, worker) for worker in ("near", "far")] == [Lease(first, 1), Lease(second, 1)]
    assert done(engine, leases.claim, "near", KINDS) is None
    assert not done(engine, leases.any_waits, KINDS)


def test_a_job_tells_how_far_it_is(engine, asks):
    asks()
    lease = claimed(engine)

    done(engine, leases.tell, lease, Progress("solve", 0.4, gap=0.1, bound=90))

    job = done(engine, jobs.get, lease.job_id)
    assert (job.status, job.stage, job.progress, job.gap, job.bound) == ("running", "solve", 0.4, 0.1, 90)


def test_a_job_ends_with_what_came_of_it(engine, asks):
    asks()
    lease = claimed(engine)

    ending = Ending(
        JobStatus.SUCCEEDED, {"plan": "p-1"}, gap=0, bound=9, seconds={"solve": 1}, files={"a": b"b"}
    )
    done(engine, leases.end, lease, ending)

    job = done(engine, jobs.get, lease.job_id)
    assert (job.status, job.result, job.gap, job.bound, job.seconds) == (
        "succeeded",
        {"plan": "p-1"},
        0,
        9,
        {"solve": 1},
    )
    assert (job.progress, job.ended) == (1, True)
    assert done(engine, job_files.file_of, lease.job_id, "a") == b"b"


def test_why_a_job_failed_is_kept_as_codes(engine, asks):
    asks()
    lease = claimed(engine)
    issue = Issue("not_a_number", file="茶.csv", row=7, column="产能", params={"value": "约12吨"})

    done(engine, leases.end, lease, Ending(JobStatus.FAILED, issues=(issue,)))

    job = done(engine, jobs.get, lease.job_id)
    assert (job.status, job.issues, job.progress) == ("failed", (issue,), 0)


def test_a_job_ends_only_once_and_takes_the_transaction_with_it(engine, asks):
    asks()
    lease = claimed(engine)
    done(engine, leases.end, lease, Ending(JobStatus.SUCCEEDED))

    with pytest.raises(LeaseLost), engine.begin() as connection:
        connection.execute(text("UPDATE jobs SET owner = 'somebody else'"))
        leases.end(connection, lease, Ending(JobStatus.FAILED))

    job = done(engine, jobs.get, lease.job_id)
    assert (job.status, job.owner) == ("succeeded", "user-an")


def test_a_job_that_waits_is_cancelled_at_once(engine, asks):
    job_id = asks()

    done(engine, jobs.ask_to_cancel, job_id, AN)

    assert done(engine, jobs.get, job_id).status == "cancelled"
    assert done(engine, leases.claim, "near", KINDS) is None


def test_whoever_does_a_job_hears_that_it_is_to_be_cancelled(engine, asks):
    asks(), asks()
    first, second = claimed(engine), claimed(engine)

    done(engine, jobs.ask_to_cancel, second.job_id, AN)

    assert done(engine, leases.held, "near") == {first: False, second: True}
    assert done(engine, jobs.get, second.job_id).status == "running"


def test_a_job_that_ended_is_not_cancelled_any_more(engine, asks):
    asks()
    lease = claimed(engine)
    done(engine, leases.end, lease, Ending(JobStatus.SUCCEEDED))

    done(engine, jobs.ask_to_cancel, lease.job_id, AN)

    job = done(engine, jobs.get, lease.job_id)
    assert (job.status, job.cancel_asked_at) == ("succeeded", None)


def test_a_job_given_back_is_the_next_and_counts_against_nobody(engine, asks):
    first, _ = asks(), asks()
    lease = claimed(engine)

    done(engine, leases.let_go, lease, lost=False)

    assert done(engine, jobs.get, first).lost == 0
    assert claimed(engine) == Lease(first, 2)


def test_a_job_to_be_cancelled_is_so_when_given_back(engine, asks):
    asks()
    lease = claimed(engine)
    done(engine, jobs.ask_to_cancel, lease.job_id, AN)

    done(engine, leases.let_go, lease, lost=False)

    assert done(engine, jobs.get, lease.job_id).status == "cancelled"


def test_a_kind_that_a_worker_does_not_know_waits_for_another(engine, asks):
    asks("import")

    assert not done(engine, leases.any_waits, ("solve",))
    assert done(engine, leases.claim, "near", ("solve",)) is None


def test_jobs_are_counted_by_kind_and_status_with_the_oldest_of_each(engine, asks):
    running, oldest, _, other = asks(), asks(), asks(), asks("import")
    claimed(engine)

    at = {job_id: done(engine, jobs.get, job_id).asked_at for job_id in (running, oldest, other)}
    assert done(engine, jobs.census) == {
        ("solve", JobStatus.RUNNING): (1, at[running]),
        ("solve", JobStatus.QUEUED): (2, at[oldest]),
        ("import", JobStatus.QUEUED): (1, at[other]),
    }
