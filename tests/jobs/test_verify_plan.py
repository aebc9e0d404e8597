"""A plan that is kept is verified by a job, as it would be by whoever takes it away."""

import json
from dataclasses import replace

import pytest
from shelves import valley

from impact.access import SYSTEM
from impact.errors import Unknown
from impact.jobs.desk import Desk
from impact.jobs.kind import KINDS
from impact.jobs.kinds import verify_plan
from impact.jobs.queue import Queue
from impact.store.queue.jobs import JobStatus
from impact.store.solved.plans import PlanShelf


def ending(engine, folder, plan):
    queue = Queue(engine)
    job = queue.get(queue.put("verify_plan", {"plan": plan}, SYSTEM))
    desk = Desk(job, engine, folder, lambda: None, lambda progress: None)
    return verify_plan.run(desk, KINDS["verify_plan"].read(job.asked)).ending


def test_a_plan_that_is_as_it_says_holds(engine, tmp_path):
    PlanShelf(engine).keep(valley())

    done = ending(engine, tmp_path, "valley-1")

    assert (done.status, done.result["holds"]) == (JobStatus.SUCCEEDED, True)
    assert json.loads(done.files["verdict.json"]) == {"holds": True, "against": []}
    assert {"load", "write", "read", "check"} <= done.seconds.keys()


def test_what_does_not_hold_of_a_plan_is_named(engine, tmp_path):
    boasting = replace(valley().plan, worth=valley().plan.worth * 2, bound=valley().plan.bound * 2)
    PlanShelf(engine).keep(replace(valley(), plan=boasting))

    done = ending(engine, tmp_path, "valley-1")

    assert (done.status, done.result["holds"]) == (JobStatus.SUCCEEDED, False)
    assert json.loads(done.files["verdict.json"])["against"]


def test_a_plan_that_is_not_there_is_said_to_be_unknown(engine, tmp_path):
    with pytest.raises(Unknown, match="plan_unknown"):
        ending(engine, tmp_path, "valley-2")
