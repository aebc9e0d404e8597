"""A worker does what waits, each job in a child process, and every job comes to a true end."""

import os
import signal
import subprocess
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest
from jobs.offices import large, solving, work, zipped

from impact.access import SYSTEM
from impact.bundles.plans import read_plan
from impact.bundles.read import read_bundle
from impact.errors import Issue
from impact.jobs.kind import KINDS
from impact.jobs.queue import Queue
from impact.jobs.running import PARTING_SECONDS
from impact.store.database import writing
from impact.store.queue import leases, workers
from impact.store.queue.jobs import JobStatus
from impact.store.queue.workers import Worker
from impact.verify import false_claims

pytestmark = pytest.mark.slow
SOLVING = KINDS["solve_bundle"]


@pytest.fixture
def queue(engine):
    return Queue(engine)


@pytest.fixture(scope="module")
def endless(tmp_path_factory):
    """A bundle that takes longer to solve than anybody waits."""
    return large(tmp_path_factory.mktemp("large"), 300_000)


def children() -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(os.getpid())], capture_output=True, text=True, check=False)
    lines = {pid: Path(f"/proc/{pid}/cmdline") for pid in found.stdout.split()}
    return [
        int(pid) for pid, line in lines.items() if line.exists() and b"impact.jobs.child" in line.read_bytes()
    ]


def kill_children():
    for pid in children():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def at_stage(queue, job_id, stage):
    return lambda: queue.get(job_id).stage == stage


def test_a_bundle_is_solved_to_a_plan_that_verifies(engine, queue, tmp_path):
    bundle = zipped("group_floor")
    (job,) = work(engine, queue, solving(queue, bundle, gap=0))

    (tmp_path / "bundle.zip").write_bytes(bundle)
    (tmp_path / "plan.zip").write_bytes(queue.file(job.job_id, "plan.zip"))
    given = read_bundle(tmp_path / "bundle.zip")
    assert (job.status, job.progress, job.gap) == ("succeeded", 1, 0)
    assert job.result == {"status": "optimal", "objective": 85, "files": ["plan.zip"]}
    assert list(false_claims(given, read_plan(tmp_path / "plan.zip", given.problem))) == []
    assert {"read", "build", "solve", "check", "write"} <= job.seconds.keys()


def test_jobs_end_as_what_they_ask_for_is(engine, queue):
    asked = [solving(queue, bundle) for bundle in (zipped("conflict"), b"no zip", zipped("group_cap"))]

    conflict, broken, well = work(engine, queue, *asked)

    assert (conflict.status, conflict.result["files"]) == ("infeasible", ["plan.zip"])
    assert (broken.status, [issue.code for issue in broken.issues]) == ("failed", ["not_a_bundle"])
    assert well.status == "succeeded"


def test_a_job_that_runs_is_cancelled(engine, queue, endless):
    job_id = solving(queue, endless, engine="first-order", gap=0)

    def cancelled():
        job = queue.get(job_id)
        if job.stage == "solve" and not job.cancel_asked_at:
            sleep(1)
            queue.cancel(job_id, SYSTEM)
        return job.ended

    (job,) = work(engine, queue, job_id, until=cancelled)

    assert job.status == "cancelled"
    assert job.ended_at > job.cancel_asked_at


def test_what_does_not_stop_is_ended(engine, queue, endless):
    job_id = solving(queue, endless)

    def stopped():
        for pid in children():
            os.kill(pid, signal.SIGSTOP) if queue.get(job_id).stage == "solve" else None
        if queue.get(job_id).stage == "solve":
            queue.cancel(job_id, SYSTEM)
        return queue.get(job_id).ended

    (job,) = work(engine, queue, job_id, until=stopped)

    assert (job.status, job.result) == ("cancelled", {})


def test_a_job_ends_when_its_time_is_up(engine, queue, endless):
    job_id = solving(queue, endless, seconds=0.5)

    (job,) = work(engine, queue, job_id, kinds={"solve_bundle": replace(SOLVING, seconds=0.1)})

    assert job.status == "timed_out"


def test_a_job_that_takes_more_memory_than_it_may_fails(engine, queue, endless):
    kinds = {"solve_bundle": replace(SOLVING, memory_mb=500)}

    (job,) = work(engine, queue, solving(queue, endless), kinds=kinds)

    assert (job.status, job.issues) == ("failed", (Issue("job_out_of_memory", params={"megabytes": 500}),))


def test_a_child_that_is_killed_is_not_taken_for_success(engine, queue, endless):
    job_id = solving(queue, endless)

    def killed():
        if queue.get(job_id).stage:
            kill_children()
        return queue.get(job_id).ended

    (job,) = work(engine, queue, job_id, until=killed)

    assert (job.status, job.issues) == ("failed", (Issue("job_killed", params={"signal": "SIGKILL"}),))


def test_a_job_whose_child_is_killed_before_it_began_goes_to_another(engine, queue):
    job_id, held = solving(queue, zipped("group_cap")), []

    def over():
        if not held:
            held.extend(children())
            for pid in held:
                os.kill(pid, signal.SIGSTOP)
        if queue.get(job_id).status == JobStatus.RUNNING and queue.get(job_id).attempt == 1:
            kill_children()
        return queue.get(job_id).ended

    (job,) = work(engine, queue, job_id, until=over, places=1)

    assert (job.status, job.attempt, job.lost) == ("succeeded", 2, 1)


def test_who_is_told_to_end_gives_its_jobs_back(engine, queue, endless):
    job_id = solving(queue, endless)

    (job,) = work(engine, queue, job_id, until=lambda: queue.get(job_id).status == JobStatus.RUNNING)

    assert (job.status, job.lost, children()) == ("queued", 0, [])


def test_a_job_taken_from_a_worker_is_not_ended_by_it(engine, queue, endless):
    job_id = solving(queue, endless)
    with writing(engine) as connection:
        workers.enrol(connection, Worker("another", "another machine", 1))

    times = []

    def left_alone():
        """Whether another has had it for as long as a child is let be that does what is not its own."""
        job = queue.get(job_id)
        if job.status == JobStatus.RUNNING and job.worker != "another":
            with engine.connect() as connection, connection.begin() as turn:
                leases.let_go(connection, leases.Lease(job_id, job.attempt), lost=True)
                if leases.claim(connection, "another", KINDS) is None:
                    turn.rollback()  # somebody else looks at its row just now
        elif job.worker == "another":
            times.append(monotonic())
        return bool(times) and times[-1] - times[0] > PARTING_SECONDS + 1

    (job,) = work(engine, queue, job_id, until=left_alone, places=1)

    assert (job.status, job.worker, job.attempt) == ("running", "another", 2)


def test_children_do_one_job_after_the_other(engine, queue):
    seen = set()

    def over():
        seen.update(children())
        return all(queue.get(job_id).ended for job_id in asked)

    asked = [solving(queue, zipped("group_cap")) for _ in range(4)]
    jobs = work(engine, queue, *asked, until=over, places=1)

    assert {job.status for job in jobs} == {"succeeded"}
    assert len(seen) == 1
