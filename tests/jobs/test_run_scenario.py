"""A scenario is solved as it was frozen, in the name of whoever asked; a plan cut short takes no name."""

import json
from dataclasses import replace

import numpy as np
import pytest
from shelves import valley
from store.decisions.offices import PERIOD, scenario, staff

from impact.access import SYSTEM, Role
from impact.bundles.document import ProblemDocument
from impact.bundles.read import Bundle, read_bundle
from impact.bundles.write import write_bundle
from impact.jobs.desk import Desk
from impact.jobs.kind import KINDS
from impact.jobs.kinds import ahead, run_scenario
from impact.jobs.kinds.solving import named
from impact.jobs.queue import Queue
from impact.matching.plan import Status
from impact.matching.rules import RULES
from impact.matching.solve import solve
from impact.model import Programme
from impact.pipeline import again
from impact.reports.comparing import compare
from impact.store.decisions import plans, scenarios, standing
from impact.store.decisions.scenario import Asked, Inputs
from impact.store.decisions.scenarios import Origin
from impact.store.queue.leases import claim
from impact.store.solved.plans import PlanShelf
from impact.timing import never


@pytest.fixture(autouse=True)
def nothing_thought_of():
    """Begin as a process begins."""
    ahead.forget()


@pytest.fixture
def maker(engine):
    return staff(engine, "maker", Role.COORDINATOR)


@pytest.fixture
def made(engine, maker, sample):
    """Makes a scenario of some producers of the sample, under rules."""
    producers = sample.producers[:60]
    known = {producer.producer_id for producer in producers}
    products = tuple(product for product in sample.products if product.producer_id in known)
    catalog = replace(sample, producers=producers, products=products)

    def make(*rules):
        asked = Asked(Programme("hills", "山货", "Hills", 10, rules), PERIOD)
        return scenarios.create(engine, Origin("hills", 1), asked, Inputs(catalog), maker)

    return make


def desk_for(engine, maker, made, folder=None):
    queue = Queue(engine)
    job_id = queue.put("run_scenario", {"seconds": 20}, maker, scenario=made.scenario_id)
    return Desk(queue.get(job_id), engine, folder, lambda: None, lambda _: None)


def handed_in(desk):
    done = run_scenario.run(desk, KINDS["run_scenario"].read(desk.job.asked))
    with desk.engine.begin() as connection:
        return done, done.keep(connection)


def test_what_comes_of_a_scenario_is_kept_with_it_in_the_name_of_who_asked(engine, maker, made):
    made = made()

    done, kept = handed_in(desk_for(engine, maker, made))

    plan = standing.get(engine, kept["plan"])
    assert (done.ending.status, done.ending.result["status"]) == ("succeeded", "optimal")
    assert (plan.scenario_id, plan.period) == (made.scenario_id, PERIOD)
    assert [(step.who, step.role) for step in standing.steps_of(engine, plan.plan_id)] == [
        (maker.actor_id, "coordinator")
    ]
    assert PlanShelf(engine).get(plan.plan_id).plan.gap == done.ending.gap
    assert scenarios.get(engine, made.scenario_id).frozen_at


def test_a_scenario_solved_twice_has_one_plan(engine, maker, made):
    made = made()

    first, again = (handed_in(desk_for(engine, maker, made))[1] for _ in range(2))

    assert first == again
    assert len(PlanShelf(engine).ids()) == 1


def published(engine, maker, made, *rules):
    """The plan of a scenario, published by somebody else."""
    plan_id = handed_in(desk_for(engine, maker, made(*rules)))[1]["plan"]
    plans.propose(engine, plan_id, maker)
    plans.approve(engine, plan_id, SYSTEM)
    plans.publish(engine, plan_id, SYSTEM)
    return PlanShelf(engine).get(plan_id)


def plan_of(engine, maker, made):
    return PlanShelf(engine).get(handed_in(desk_for(engine, maker, made))[1]["plan"])


FLOOR = {"id": "floor", "kind": "group_floor", "group": {"tier": ["1", "2"]}, "share": 0.1}


def moved(engine, maker, made, share=0.12, **more):
    """A scenario branched from another, whose floor is at another share."""
    asked = replace(
        made.asked, programme=replace(made.asked.programme, rules=({**FLOOR, "share": share},)), **more
    )
    return scenarios.branch(engine, made.scenario_id, asked, maker)


def test_a_knob_is_turned_from_the_plan_of_the_parent_on_and_comes_to_the_same(engine, maker, made):
    parent = made(FLOOR)
    child = moved(engine, maker, parent)
    from_nothing, fresh = handed_in(desk_for(engine, maker, child))
    handed_in(desk_for(engine, maker, parent))

    from_parent, kept = handed_in(desk_for(engine, maker, moved(engine, maker, parent)))

    assert kept == fresh
    assert ("match" in from_nothing.ending.seconds, "match" in from_parent.ending.seconds) == (True, False)
    assert from_parent.ending.result["objective"] == pytest.approx(from_nothing.ending.result["objective"])


def test_a_plan_further_back_will_do_as_well(engine, maker, made):
    parent = made(FLOOR)
    handed_in(desk_for(engine, maker, parent))
    grandchild = moved(engine, maker, moved(engine, maker, parent), 0.14)

    assert "match" not in handed_in(desk_for(engine, maker, grandchild))[0].ending.seconds


def test_a_number_turned_goes_on_from_what_was_thought_of_ahead(engine, maker, made, monkeypatch):
    parent = made(FLOOR)
    handed_in(desk_for(engine, maker, parent))
    run_scenario.think_ahead(engine, never, is_next=True)
    child, begun = moved(engine, maker, parent, 0.1095), []
    monkeypatch.setattr(
        run_scenario, "again", lambda *asked, start: begun.append(start) or again(*asked, start=start)
    )

    fresh, kept = handed_in(desk_for(engine, maker, child))

    (start,) = begun
    assert (start.rules[0].limit, fresh.ending.status) == (pytest.approx(0.11), "succeeded")
    assert PlanShelf(engine).get(kept["plan"]).plan.worth == pytest.approx(
        solve(PlanShelf(engine).get(kept["plan"]).problem, rules_at(0.1095)).worth
    )


def test_nothing_is_thought_of_without_a_plan_nor_once_somebody_has_called(engine, maker, made):
    run_scenario.think_ahead(engine, never, is_next=True)
    assert not ahead._KEPT
    handed_in(desk_for(engine, maker, made(FLOOR)))

    run_scenario.think_ahead(engine, lambda: True, is_next=True)

    assert not ahead._KEPT


def rules_at(share):
    return RULES.validate_python(({**FLOOR, "share": share},))


def test_who_can_reach_whom_is_found_anew_for_another_month_or_without_a_product(engine, maker, made, sample):
    parent = made(FLOOR)
    handed_in(desk_for(engine, maker, parent))
    out = {sample.products[0].product_id: ("region",)}
    less = replace(parent.asked, programme=replace(parent.asked.programme, excluded=out))

    for other in (
        moved(engine, maker, parent, period="2026-02"),
        scenarios.branch(engine, parent.scenario_id, less, maker),
    ):
        assert "match" in handed_in(desk_for(engine, maker, other))[0].ending.seconds


CHURN = {"id": "calm", "kind": "churn", "to": "published"}


def test_a_scenario_is_measured_against_the_plan_that_was_published_before_it(engine, maker, made, tmp_path):
    lift = {"id": "lift", "kind": "lock", **_idle_link(plan_of(engine, maker, made())), "at_least": 1000.0}
    before = published(engine, maker, made, lift)

    free = plan_of(engine, maker, made())
    (loose,) = compare(before, [free])
    share = loose.changed_out.churn_share / 2
    calm = plan_of(engine, maker, made({**CHURN, "share": share}))
    (tight,) = compare(before, [calm])

    assert loose.changed_out.added == pytest.approx(1000.0, rel=1e-3)
    assert tight.changed_out.churn_share == pytest.approx(share, rel=1e-3)
    assert tight.changed_in.published == (0.0, pytest.approx(before.plan.exposure.sum()))
    assert calm.problem.published.exposure.tobytes() == before.plan.exposure.tobytes()
    assert before.plan.worth < calm.plan.worth < free.plan.worth
    assert _rerun(calm, tmp_path / "bundle").worth == pytest.approx(calm.plan.worth)


def _rerun(solved, folder):
    """Solve again what a plan came from, from its bundle alone."""
    rules = RULES.validate_python(solved.programme.rules)
    document = ProblemDocument(format="impact-problem/1", rules=rules, seed=solved.programme.seed)
    write_bundle(Bundle(solved.problem, document), folder)
    again = read_bundle(folder)
    return solve(again.problem, again.rules)


def _idle_link(solved):
    """A link that carries nothing though it could."""
    problem = solved.problem
    idle = int(np.flatnonzero((solved.plan.exposure == 0) & (problem.box >= 1000.0))[0])
    product, placement = problem.product_of[idle], problem.placement_of[idle]
    return {"product": problem.product_ids[product], "placement": problem.placement_ids[placement]}


def test_churn_where_nothing_was_published_is_refused(engine, maker, made):
    with pytest.raises(Exception, match="published_missing"):
        handed_in(desk_for(engine, maker, made({**CHURN, "share": 0.1})))


def test_what_is_published_later_changes_no_scenario_made_before(engine, maker, made):
    first = made()
    published(engine, maker, made)

    assert scenarios.published_before(engine, first.scenario_id) is None
    assert scenarios.published_before(engine, made().scenario_id) is not None


def test_rules_that_conflict_are_named_and_no_plan_is_kept(engine, maker, made, sample):
    group = {"type": sample.producers[0].type}
    floor = {"id": "all", "kind": "group_floor", "group": group, "at_least": 1e15}

    done, kept = handed_in(desk_for(engine, maker, made(floor)))

    conflict = json.loads(done.ending.files["conflict.json"])["conflict"]
    assert (done.ending.status, kept, PlanShelf(engine).ids()) == ("infeasible", {}, ())
    assert conflict["rules"] == ["all"]


def test_rules_that_conflict_are_shown_before_the_job_ends(engine, maker, made, sample):
    group = {"type": sample.producers[0].type}
    made = made({"id": "all", "kind": "group_floor", "group": group, "at_least": 1e15})
    queued = desk_for(engine, maker, made)
    with engine.begin() as connection:
        job = claim(connection, "worker", KINDS)

    done, _ = handed_in(replace(queued, job=job))

    assert Queue(engine).get(job.job_id).ended is False
    assert Queue(engine).file(job.job_id, "conflict.json") == done.ending.files["conflict.json"]


def test_a_scenario_that_is_not_there_is_said(engine, maker):
    made = replace(scenario(engine, maker), scenario_id="nowhere")

    with pytest.raises(Exception, match="scenario_unknown"):
        handed_in(desk_for(engine, maker, made))


def test_a_plan_cut_short_leaves_the_name_of_the_question_to_the_best(engine, maker):
    desk = desk_for(engine, maker, scenario(engine, maker))
    whole = valley()
    short = replace(whole, plan=replace(whole.plan, status=Status.TIME_LIMIT))

    assert named(desk, whole).plan_id == whole.plan_id
    assert named(desk, short).plan_id == f"{whole.plan_id}-{desk.job.job_id[-8:]}"
