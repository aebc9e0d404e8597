"""A plan is written as a file by a job, which says how far it is and can be stopped."""

import io

import pytest
from openpyxl import load_workbook
from shelves import valley

from impact.access import SYSTEM
from impact.errors import Unknown
from impact.i18n import words
from impact.jobs.desk import Desk, Stopped
from impact.jobs.kind import KINDS
from impact.jobs.kinds import export_plan
from impact.jobs.queue import Queue
from impact.store.queue.jobs import JobStatus
from impact.store.solved.plans import PlanShelf


@pytest.fixture
def desk(engine, tmp_path):
    """Makes a desk for a file of a plan in a form; `stopped` says whether somebody said stop."""
    PlanShelf(engine).keep(valley())

    def make(plan="valley-1", form="workbook", stopped=None):
        queue = Queue(engine)
        job_id = queue.put("export_plan", {"plan": plan, "form": form, "lang": "en"}, SYSTEM)
        return Desk(queue.get(job_id), engine, tmp_path, lambda: stopped, told.append)

    told = []
    make.told = told
    return make


def handed_in(desk):
    return export_plan.run(desk, KINDS["export_plan"].read(desk.job.asked)).ending


def test_a_workbook_has_a_row_for_each_line_of_the_plan(desk):
    ending = handed_in(desk())

    sheet = load_workbook(io.BytesIO(ending.files["valley-1-allocation.xlsx"]))[words("export.sheet", "en")]
    assert ending.status is JobStatus.SUCCEEDED
    assert sheet.max_row == 1 + (valley().plan.exposure > 0).sum()
    assert ending.result["file"] == "valley-1-allocation.xlsx"


def test_it_tells_how_far_it_is(desk, monkeypatch):
    monkeypatch.setattr(export_plan, "AT_ONCE", 5)

    handed_in(desk())

    shares = [one.progress for one in desk.told]
    assert shares == sorted(shares)
    assert shares[-1] > 0.5


def test_a_run_is_a_file_too(desk):
    assert handed_in(desk(form="run")).files["valley-1-run.zip"].startswith(b"PK")


def test_it_stops_when_somebody_says_so(desk):
    with pytest.raises(Stopped):
        handed_in(desk(stopped=JobStatus.CANCELLED))


def test_a_plan_that_is_not_there_is_named(desk):
    with pytest.raises(Unknown):
        handed_in(desk(plan="none"))
