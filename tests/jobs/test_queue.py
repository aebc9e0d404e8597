"""What is asked of a job is checked when it is asked for, not when it is done."""

import pytest

from impact.access import SYSTEM
from impact.errors import BadInput
from impact.jobs.asked import Asked, DiagnosisAsked, ExplanationAsked, FrontierAsked, SolvingAsked
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


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        (Asked(), 0),
        (SolvingAsked(), 60),
        (DiagnosisAsked(seconds=9), 9),
        (FrontierAsked(rule="floor"), 660),  # eleven points of a minute
        (ExplanationAsked(plan="p", seconds=7), 70),  # ten solves at most
    ],
)
def test_how_long_is_waited_for_follows_from_what_is_asked(asked, seconds):
    assert asked.patience_seconds == seconds


@pytest.mark.parametrize(("seconds", "is_taken"), [(3_600, True), (3_601, False), (0, False)])
def test_nothing_is_asked_for_longer_than_an_hour(queue, seconds, is_taken):
    if is_taken:
        assert queue.put("solve_sample", {"seconds": seconds}, SYSTEM)
    else:
        with pytest.raises(BadInput):
            queue.put("solve_sample", {"seconds": seconds}, SYSTEM)


def test_all_files_that_are_missing_or_that_nobody_asked_for_are_named(queue):
    with pytest.raises(BadInput) as refused:
        queue.put("verify_bundle", {}, SYSTEM, files={"b": b"", "a": b""})

    assert [(issue.code, issue.params["value"]) for issue in refused.value.issues] == [
        ("job_file_missing", "bundle.zip"),
        ("job_file_missing", "plan.zip"),
        ("job_file_unknown", "a"),
        ("job_file_unknown", "b"),
    ]


def test_a_kind_that_is_none_is_told_with_those_there_are(queue):
    with pytest.raises(BadInput) as refused:
        queue.put("dig", {}, SYSTEM)

    assert refused.value.issues[0].params == {"value": "dig", "known": ", ".join(KINDS)}
