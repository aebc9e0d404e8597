"""What is asked of a job is checked when it is asked for, not when it is done."""

import pytest

from impact.access import SYSTEM
from impact.errors import BadInput
from impact.jobs.asked import FrontierAsked, SolvingAsked
from impact.jobs.kind import KINDS
from impact.jobs.queue import Queue
from impact.store.queue.jobs import JobStatus, Sought


@pytest.fixture
def queue(engine):
    return Queue(engine)


def test_a_job_waits_until_somebody_does_it(queue):
    job_id = queue.put("solve_bundle", {"seconds": 5}, SYSTEM, scenario="s-1", files={"bundle.zip": b"zip"})

    job = queue.get(job_id)

    assert (job.status, job.asked, job.scenario) == (JobStatus.QUEUED, {"seconds": 5}, "s-1")
    assert queue.file(job_id, "bundle.zip") == b"zip"
    assert [job.job_id for job in queue.list(Sought(kind="solve_bundle"))] == [job_id]


def test_a_job_that_waits_is_cancelled_by_asking(queue):
    job_id = queue.put("solve_sample", {}, SYSTEM)

    assert queue.cancel(job_id, SYSTEM).status == "cancelled"
    assert queue.cancel("nothing", SYSTEM) is None


def test_a_job_is_waited_for_until_it_ends_or_patience_does(queue):
    job_id = queue.put("solve_sample", {}, SYSTEM)

    assert queue.awaited(queue.get(job_id), 0.1).status == "queued"
    queue.cancel(job_id, SYSTEM)
    assert queue.awaited(queue.get(job_id), 60).status == "cancelled"


@pytest.mark.parametrize(
    ("kind", "asked", "files", "code", "where"),
    [
        ("dig", {}, {}, "job_kind_unknown", None),
        ("solve_sample", {}, {"bundle.zip": b""}, "job_file_unknown", None),
        ("solve_bundle", {}, {}, "job_file_missing", None),
        ("solve_sample", {"seconds": 0}, {}, "field_too_small", "seconds"),
        ("solve_sample", {"seconds": "soon"}, {}, "field_wrong_type", "seconds"),
        ("solve_sample", {"patience": 3}, {}, "field_unknown", "patience"),
        ("run_scenario", {}, {}, "job_scenario_missing", None),
        ("import_file", {"file": "a.csv"}, {"file": b""}, "job_partner_missing", None),
    ],
)
def test_what_cannot_be_done_is_refused_when_asked(queue, kind, asked, files, code, where):
    with pytest.raises(BadInput) as refused:
        queue.put(kind, asked, SYSTEM, files=files)

    (issue,) = refused.value.issues
    assert (issue.code, issue.column) == (code, where)
    assert queue.list() == ()


def test_every_kind_is_done_by_a_module_of_its_own():
    assert len({kind.module for kind in KINDS.values()}) == len(KINDS)


def test_a_job_may_take_as_long_as_it_is_asked_to():
    assert SolvingAsked(seconds=7).patience_seconds == 7
    assert FrontierAsked(rule="floor", seconds=7, points=3).patience_seconds == 21
