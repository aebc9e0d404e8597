"""A bundle's job that is stopped hands in the best plan so far, and says that it was stopped."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from jobs.offices import zipped

from impact.access import SYSTEM
from impact.bundles.plans import read_plan
from impact.bundles.read import read_bundle
from impact.jobs.asked import BUNDLE, PLAN
from impact.jobs.desk import Desk
from impact.jobs.doing import done_by
from impact.jobs.kind import KINDS
from impact.jobs.queue import Queue
from impact.matching import methods
from impact.store.queue.jobs import JobStatus
from impact.verify import false_claims


@pytest.fixture
def ending(engine, tmp_path, monkeypatch):
    """How the job of a bundle ends that somebody cancels once a stage has begun."""
    monkeypatch.setattr(methods, "STOPPED_SECONDS", 0.0)

    def ended(bundle, stage):
        queue, at, asked_at = Queue(engine), [], []
        job = queue.get(queue.put("solve_bundle", {}, SYSTEM, files={BUNDLE: bundle}))
        (tmp_path / BUNDLE).write_bytes(bundle)

        def said():
            asked_at.extend(at[-1:])
            return JobStatus.CANCELLED if stage in asked_at[:-1] else None

        desk = Desk(job, engine, tmp_path, said, lambda progress: at.append(progress.stage))
        return done_by(KINDS["solve_bundle"], desk).ending

    return ended


def test_stopped_while_solving_it_keeps_a_plan_that_verifies_and_is_labelled(ending, tmp_path):
    done = ending(zipped("placement_cap"), "solve")

    (tmp_path / PLAN).write_bytes(done.files[PLAN])
    given = read_bundle(tmp_path / BUNDLE)
    assert (done.status, done.result["status"]) == ("cancelled", "time_limit")
    assert list(false_claims(given, read_plan(tmp_path / PLAN, given.problem))) == []
    with ZipFile(BytesIO(done.files[PLAN])) as plan:
        told = json.loads(plan.read("plan.json"))["warnings"]
    assert {"code": "solving_stopped", "params": {}} in told


@pytest.mark.parametrize("stage", ["read", "build"])
def test_stopped_before_it_solves_it_keeps_nothing(ending, stage):
    done = ending(zipped("placement_cap"), stage)

    assert (done.status, done.result, done.files) == ("cancelled", {}, {})


@pytest.mark.parametrize("stage", ["check", "write"])
def test_what_was_found_before_is_handed_in_as_what_it_is(ending, stage):
    done = ending(zipped("placement_cap"), stage)

    assert (done.status, done.result["status"]) == ("succeeded", "optimal")
