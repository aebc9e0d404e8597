"""Figures tell how many jobs stand how, and what those that ended came to; nobody's names are in them."""

import re

import pytest
from services import partner_of

from impact.access import SYSTEM
from impact.jobs.kind import KINDS
from impact.jobs.queue import Queue
from impact.store.queue import leases
from impact.store.queue.jobs import JobStatus
from impact.store.queue.leases import Ending, Lease
from impact.watch.metrics import Metrics


@pytest.fixture
def metrics(engine):
    return Metrics(engine)


def ended(engine, ending, kind="solve_sample", **wanted):
    asked = {"file": "王五.csv"} if kind == "import_file" else {}
    Queue(engine).put(kind, asked, SYSTEM, **wanted)
    with engine.begin() as connection:
        job = leases.claim(connection, "near", KINDS)
        leases.end(connection, Lease(job.job_id, job.attempt), ending)


def figure(metrics, name, **labels):
    wanted = ",".join(f'{label}="{value}"' for label, value in labels.items())
    found = re.search(rf"^{name}(?:\{{{wanted}\}})? (\S+)$", metrics.told().decode(), re.MULTILINE)
    return found and float(found.group(1))


def test_jobs_are_counted_by_kind_and_status(engine, metrics):
    queue = Queue(engine)
    queue.cancel(queue.put("solve_sample", {}, SYSTEM), SYSTEM)
    queue.put("solve_sample", {}, SYSTEM), queue.put("solve_sample", {}, SYSTEM)

    assert figure(metrics, "impact_jobs", kind="solve_sample", status="queued") == 2
    assert figure(metrics, "impact_jobs", kind="solve_sample", status="cancelled") == 1
    assert 0 <= figure(metrics, "impact_jobs_oldest_seconds", kind="solve_sample", status="queued") < 60
    assert figure(metrics, "impact_jobs_oldest_seconds", kind="solve_sample", status="cancelled") is None


def test_seconds_by_stage_and_gaps_add_up_over_jobs(engine, metrics):
    for gap, seconds in ((0.5, 2), (0.25, 3)):
        ended(engine, Ending(JobStatus.TIMED_OUT, gap=gap, seconds={"solve": seconds, "read": 1}))
    ended(engine, Ending(JobStatus.FAILED))

    assert figure(metrics, "impact_job_seconds_total", kind="solve_sample", stage="solve") == 5
    assert figure(metrics, "impact_job_stages_total", kind="solve_sample", stage="read") == 2
    assert figure(metrics, "impact_plan_gaps_total", kind="solve_sample") == 0.75
    assert figure(metrics, "impact_plans_total", kind="solve_sample") == 2


def test_rows_of_files_are_counted_by_outcome_and_nobody_is_named(engine, metrics):
    ending = Ending(JobStatus.SUCCEEDED, {"import": "i-1", "counts": {"new": 7, "rejected": 2}})
    partner_of(engine, "安吉")
    ended(engine, ending, "import_file", partner="安吉", files={"file": b""})

    assert figure(metrics, "impact_import_rows_total", outcome="new") == 7
    assert figure(metrics, "impact_import_rows_total", outcome="rejected") == 2
    assert not re.search("安吉|王五|system|i-1", metrics.told().decode())


def test_requests_are_counted_with_how_long_they_took(metrics):
    metrics.count("web.plan", "GET", 200, 0.03)
    metrics.count("web.plan", "GET", 200, 0.3)

    assert figure(metrics, "impact_requests_total", endpoint="web.plan", method="GET", status="200") == 2
    assert figure(metrics, "impact_request_seconds_sum", endpoint="web.plan") == pytest.approx(0.33)
