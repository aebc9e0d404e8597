"""Whatever a kind comes to, its job has an end that says so; what was kept and the end are one."""

import sys
from errno import ENOMEM
from types import ModuleType, SimpleNamespace

import pytest

from impact.access import SYSTEM
from impact.errors import BadInput, Issue, SolverFailed
from impact.jobs.asked import Asked
from impact.jobs.desk import Desk, Done, Overtaken, Stopped
from impact.jobs.doing import do, done_by
from impact.jobs.kind import KINDS, Kind
from impact.jobs.queue import Queue
from impact.store.lists.headers import remember, remembered
from impact.store.queue import leases
from impact.store.queue.jobs import JobStatus
from impact.store.queue.leases import Ending, Lease, LeaseLost


@pytest.fixture
def kind(monkeypatch):
    """A kind of job that does what the test says, in place of solving the sample."""

    def doing(run):
        module = ModuleType("kind_of_test")
        module.run = run
        monkeypatch.setitem(sys.modules, "kind_of_test", module)
        made = Kind("kind_of_test", Asked)
        monkeypatch.setitem(KINDS, "solve_sample", made)
        return made

    return doing


@pytest.fixture
def lease(engine):
    """The lease of a job that was claimed."""
    Queue(engine).put("solve_sample", {}, SYSTEM)
    with engine.begin() as connection:
        job = leases.claim(connection, "near", KINDS)
    return Lease(job.job_id, job.attempt)


def raising(error):
    def run(desk, asked):
        raise error

    return run


def desk_of(stopped=None):
    return Desk(SimpleNamespace(asked={}), None, None, lambda: stopped, print)


@pytest.mark.parametrize(
    ("error", "stopped", "status", "code"),
    [
        (BadInput([Issue("not_a_number")]), None, "failed", "not_a_number"),
        (SolverFailed("abnormal"), None, "failed", "solver_failed"),
        (SolverFailed("cancelled"), JobStatus.CANCELLED, "cancelled", "solver_failed"),
        (SolverFailed("cancelled"), JobStatus.TIMED_OUT, "timed_out", "solver_failed"),
        (ZeroDivisionError("1/0 of 王五"), None, "failed", "job_crashed"),
    ],
)
def test_what_a_kind_cannot_do_is_an_end_with_a_reason(kind, error, stopped, status, code):
    ending = done_by(kind(raising(error)), desk_of(stopped)).ending

    assert (ending.status, [issue.code for issue in ending.issues]) == (status, [code])
    assert "王五" not in str(ending)


@pytest.mark.parametrize(
    ("stopped", "why"), [(JobStatus.CANCELLED, []), (JobStatus.TIMED_OUT, ["job_out_of_time"])]
)
def test_what_is_stopped_ends_as_it_was_told_to(kind, stopped, why):
    ending = done_by(kind(raising(Stopped())), desk_of(stopped)).ending

    assert (ending.status, [issue.code for issue in ending.issues]) == (stopped, why)


def caused_by(cause):
    error = RuntimeError("the file does not open")
    error.__cause__ = cause
    return error


class OutOfMemoryException(Exception):
    pass


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OutOfMemoryException(),
        OSError(ENOMEM, "Cannot allocate memory"),
        caused_by(MemoryError()),
        caused_by(caused_by(OSError(ENOMEM, "Cannot allocate memory"))),
    ],
)
def test_what_has_no_memory_left_does_not_end_its_job_itself(kind, error):
    with pytest.raises(MemoryError):
        done_by(kind(raising(error)), desk_of())


def test_what_is_kept_and_the_end_are_one(engine, lease, kind):
    def keep(connection):
        remember(connection, "anji", {"品名": "product"})
        return {"kept": 1}

    kind(lambda desk, asked: Done(Ending(JobStatus.SUCCEEDED, {"done": 2}), keep))

    assert do(engine, lease, lambda: None, print) == "succeeded"
    job = Queue(engine).get(lease.job_id)
    assert (job.status, job.result, remembered(engine, "anji")) == (
        "succeeded",
        {"done": 2, "kept": 1},
        {"品名": "product"},
    )


def test_what_cannot_be_kept_leaves_the_job_as_it_was(engine, lease, kind):
    def keep(connection):
        remember(connection, "anji", {"品名": "product"})
        raise OSError("the disk is full")

    kind(lambda desk, asked: Done(Ending(JobStatus.SUCCEEDED), keep))

    with pytest.raises(OSError, match="full"):
        do(engine, lease, lambda: None, print)

    assert (Queue(engine).get(lease.job_id).status, remembered(engine, "anji")) == ("running", {})


def test_who_lost_the_lease_keeps_nothing(engine, lease, kind):
    def run(desk, asked):
        with engine.begin() as connection:
            leases.let_go(connection, lease, lost=True)
        return Done(
            Ending(JobStatus.SUCCEEDED), lambda connection: remember(connection, "anji", {"品名": "x"})
        )

    kind(run)

    with pytest.raises(LeaseLost):
        do(engine, lease, lambda: None, print)

    assert (Queue(engine).get(lease.job_id).status, remembered(engine, "anji")) == ("queued", {})


def test_what_is_overtaken_is_done_again(engine, lease, kind):
    times = []

    def keep(connection):
        if len(times) == 1:
            raise Overtaken
        return {}

    kind(lambda desk, asked: times.append(1) or Done(Ending(JobStatus.SUCCEEDED), keep))

    assert (do(engine, lease, lambda: None, print), len(times)) == ("succeeded", 2)


def test_what_is_overtaken_again_and_again_fails(engine, lease, kind):
    def keep(connection):
        raise Overtaken

    kind(lambda desk, asked: Done(Ending(JobStatus.SUCCEEDED), keep))

    assert do(engine, lease, lambda: None, print) == "failed"
    assert Queue(engine).get(lease.job_id).issues == (Issue("job_overtaken"),)
