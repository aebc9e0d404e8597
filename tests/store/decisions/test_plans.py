"""A plan goes from solved to published through two people, and what was published stays as it was."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from shelves import valley
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from store.decisions.offices import PERIOD, WHOLE, bare, scenario, solved, staff

from impact.access import SYSTEM, Role
from impact.errors import BadInput, Conflict, Unknown
from impact.store.audit import Sought, entries, verify
from impact.store.database import reading
from impact.store.decisions import plans, scenarios, standing
from impact.store.decisions.grounds import stands_on
from impact.store.decisions.steps import MOVES, State, Step
from impact.store.lists.imports import IMPORTS, Arrival, Import
from impact.store.paging import Part
from impact.store.solved.plans import PLANS, PlanShelf


@pytest.fixture
def maker(engine):
    return staff(engine, "maker", Role.COORDINATOR)


@pytest.fixture
def checker(engine):
    return staff(engine, "checker", Role.APPROVER)


@pytest.fixture
def plan(engine, maker):
    return solved(engine, maker, scenario(engine, maker))


def published(engine, maker, checker, name="valley-1", period=PERIOD):
    made = scenario(engine, maker, replace(WHOLE, period=period))
    plan = solved(engine, maker, made, replace(valley(), plan_id=name))
    plans.propose(engine, plan.plan_id, maker)
    plans.approve(engine, plan.plan_id, checker)
    return plans.publish(engine, plan.plan_id, checker)


def states(engine, plan_id):
    return [taken.state.value for taken in standing.steps_of(engine, plan_id)]


def test_a_plan_is_kept_with_its_scenario_which_is_frozen_by_that(engine, plan):
    assert (plan.state, plan.version, plan.period) == (State.SOLVED, 1, PERIOD)
    assert plan.plan_id == f"valley-1-{PERIOD}"
    assert standing.get(engine, plan.plan_id) == plan
    assert scenarios.get(engine, plan.scenario_id).frozen_at
    assert PlanShelf(engine).get(plan.plan_id).plan.worth == valley().plan.worth


def test_a_plan_goes_through_two_people_to_be_published(engine, maker, checker, plan):
    plans.propose(engine, plan.plan_id, maker)
    plans.approve(engine, plan.plan_id, checker, reason="合理")
    done = plans.publish(engine, plan.plan_id, checker)

    assert (done.state, done.version) == (State.PUBLISHED, 4)
    assert standing.published(engine, "valley") == plan.plan_id
    assert standing.published(engine, "valley", PERIOD) == plan.plan_id
    assert standing.published(engine, "valley", "2026-11") is None
    taken = standing.steps_of(engine, plan.plan_id)
    assert [each.step.value for each in taken] == ["solve", "propose", "approve", "publish"]
    assert [each.who for each in taken] == [maker.actor_id] * 2 + [checker.actor_id] * 2
    assert (taken[2].reason, taken[2].role) == ("合理", "approver")


def test_who_made_or_proposed_a_plan_does_not_approve_it(engine, maker, checker, plan):
    other = staff(engine, "other", Role.COORDINATOR)
    plans.propose(engine, plan.plan_id, other)

    for one in (maker, other):
        with pytest.raises(Conflict, match="plan_is_own"):
            plans.approve(engine, plan.plan_id, one)
    assert plans.approve(engine, plan.plan_id, checker).state is State.APPROVED


def test_an_operator_alone_approves_what_they_made(engine):
    plan = solved(engine, SYSTEM, scenario(engine, SYSTEM))
    plans.propose(engine, plan.plan_id, SYSTEM)

    assert plans.approve(engine, plan.plan_id, SYSTEM).state is State.APPROVED


def test_who_solved_the_same_before_it_was_approved_is_a_maker_too(engine, maker, plan):
    second = staff(engine, "second", Role.COORDINATOR)
    again = solved(engine, second, scenario(engine, second))
    assert again.plan_id == plan.plan_id
    assert (again.scenario_id, again.state) == (plan.scenario_id, State.SOLVED)
    plans.propose(engine, plan.plan_id, maker)

    with pytest.raises(Conflict, match="plan_is_own"):
        plans.approve(engine, plan.plan_id, second)


def test_a_published_plan_that_is_solved_again_stands_as_it_stood(engine, maker, checker):
    before = published(engine, maker, checker)

    assert solved(engine, checker, scenario(engine, checker)) == before
    assert states(engine, before.plan_id)[-1] == "published"


def test_publishing_supersedes_the_plan_published_before_it_in_its_period(engine, maker, checker):
    first, elsewhen = published(engine, maker, checker), published(engine, maker, checker, period="2026-11")

    second = published(engine, maker, checker, "valley-2")

    assert standing.get(engine, first.plan_id).state is State.SUPERSEDED
    assert standing.steps_of(engine, first.plan_id)[-1].reason == second.plan_id
    assert standing.get(engine, elsewhen.plan_id).state is State.PUBLISHED
    assert standing.published(engine, "valley", PERIOD) == second.plan_id
    assert standing.published(engine, "valley") == elsewhen.plan_id


def test_of_two_who_publish_at_once_the_later_supersedes_the_earlier(engine, maker, checker):
    ready = []
    for name in ("valley-1", "valley-2"):
        plan = solved(engine, maker, scenario(engine, maker), replace(valley(), plan_id=name))
        plans.propose(engine, plan.plan_id, maker)
        ready.append(plans.approve(engine, plan.plan_id, checker).plan_id)

    with ThreadPoolExecutor(2) as two:
        list(two.map(lambda plan_id: plans.publish(engine, plan_id, checker), ready))

    found = {standing.get(engine, plan_id).state.value for plan_id in ready}
    assert found == {"published", "superseded"}


def test_the_database_itself_holds_one_published_plan_of_a_period(engine, maker, checker):
    first = published(engine, maker, checker)
    other = solved(engine, maker, scenario(engine, maker), replace(valley(), plan_id="valley-2"))

    with pytest.raises(IntegrityError), engine.begin() as connection:
        mine = standing.STANDINGS.c.plan_id == other.plan_id
        connection.execute(update(standing.STANDINGS).where(mine).values(state="published"))
    assert standing.published(engine, "valley", PERIOD) == first.plan_id


def without_baseline(engine, maker, checker):
    """An approved plan over links that nobody is said to see anything on without it."""
    plan = solved(engine, maker, scenario(engine, maker), bare())
    plans.propose(engine, plan.plan_id, maker)
    return plans.approve(engine, plan.plan_id, checker)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_plan_without_a_baseline_is_not_published(engine, maker, checker, reason):
    plan = without_baseline(engine, maker, checker)

    with pytest.raises(Conflict, match="baseline_missing"):
        plans.publish(engine, plan.plan_id, checker, reason=reason)
    assert standing.get(engine, plan.plan_id).state is State.APPROVED


def test_that_nobody_sees_the_products_without_a_plan_is_stated_and_kept(engine, maker, checker):
    plan = without_baseline(engine, maker, checker)

    plans.publish(engine, plan.plan_id, checker, reason="新品，尚未上架")

    assert standing.published(engine, "valley") == plan.plan_id
    assert standing.steps_of(engine, plan.plan_id)[-1].reason == "新品，尚未上架"


def test_a_plan_is_withdrawn_and_rejected_for_a_reason_only(engine, maker, checker, plan):
    plans.propose(engine, plan.plan_id, maker)
    for step in (plans.withdraw, plans.reject):
        with pytest.raises(BadInput, match="reason_missing"):
            step(engine, plan.plan_id, checker, reason="  ")

    assert plans.reject(engine, plan.plan_id, checker, reason="缺货").state is State.REJECTED


def test_a_withdrawn_plan_is_published_no_more(engine, maker, checker):
    plan = published(engine, maker, checker)

    plans.withdraw(engine, plan.plan_id, maker, reason="召回")

    assert standing.published(engine, "valley") is None
    assert standing.steps_of(engine, plan.plan_id)[-1].reason == "召回"
    assert PlanShelf(engine).get(plan.plan_id) is not None


STEPS = {
    Step.PROPOSE: plans.propose,
    Step.APPROVE: plans.approve,
    Step.REJECT: plans.reject,
    Step.PUBLISH: plans.publish,
    Step.WITHDRAW: plans.withdraw,
}


@pytest.mark.parametrize("step", list(STEPS))
def test_a_step_is_taken_from_its_states_alone(engine, checker, plan, step):
    reason = {"reason": "r"} if MOVES[step].wants_reason else {}
    for state in State:
        with engine.begin() as connection:
            connection.execute(update(standing.STANDINGS).values(state=state.value))
        if state in MOVES[step].sources:
            assert STEPS[step](engine, plan.plan_id, checker, **reason).state is MOVES[step].target
            continue
        with pytest.raises(Conflict, match="plan_stands_otherwise"):
            STEPS[step](engine, plan.plan_id, checker, **reason)
        assert standing.get(engine, plan.plan_id).state is state


def test_a_step_on_what_somebody_else_moved_meanwhile_is_refused(engine, maker, checker, plan):
    plans.propose(engine, plan.plan_id, maker, expected=1)

    with pytest.raises(Conflict, match="version_moved"):
        plans.approve(engine, plan.plan_id, checker, expected=1)


def test_an_unknown_plan_takes_no_step(engine, maker):
    with pytest.raises(Unknown, match="plan_unknown"):
        plans.propose(engine, "nothing", maker)


def test_plans_are_listed_by_state_the_newest_first(engine, maker, checker):
    first, second = published(engine, maker, checker), published(engine, maker, checker, "valley-2")
    third = solved(engine, maker, scenario(engine, maker), replace(valley(), plan_id="valley-3"))

    def listed(**sought):
        page = standing.listed(engine, Part(), standing.Sought(**sought))
        return [each.plan_id for each in page.items]

    assert listed() == [third.plan_id, second.plan_id, first.plan_id]
    assert listed(state="published") == [second.plan_id]
    assert listed(scenario_id=third.scenario_id) == [third.plan_id]
    assert listed(programme_id="other") == []
    page = standing.listed(engine, Part(limit=1))
    assert standing.listed(engine, Part(1, page.next)).items[0].plan_id == second.plan_id


def test_what_was_decided_is_never_deleted_and_no_approval_is_written_over(engine, plan):
    attempts = [delete(PLANS), delete(standing.STANDINGS), delete(standing.STEPS)]
    attempts.append(update(standing.STEPS).values(who="somebody"))

    for attempt in attempts:
        with pytest.raises(DBAPIError, match="kept for good"), engine.begin() as connection:
            connection.execute(attempt)


def test_every_step_is_in_the_log_and_the_chain_holds(engine, maker, checker):
    plan = published(engine, maker, checker)

    with reading(engine) as connection:
        told = [entry.what for entry in entries(connection, Sought(subject=plan.plan_id))]
        assert list(verify(connection)) == []
    assert told == ["plan.publish", "plan.approve", "plan.propose", "plan.solve"]


def test_a_step_whose_last_write_fails_leaves_all_as_it_was(engine, maker, checker, plan):
    before = plans.propose(engine, plan.plan_id, maker)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit RENAME TO gone"))

    with pytest.raises(DBAPIError):
        plans.approve(engine, plan.plan_id, checker)

    assert standing.get(engine, plan.plan_id) == before
    assert states(engine, plan.plan_id) == ["solved", "proposed"]


def test_a_plan_that_was_proposed_holds_the_imports_it_stands_on(engine, maker, checker):
    arrival = Arrival("anji", "茶.csv", "0" * 64)
    row = {"import_id": "i-1", "partner": "anji", "file": "f", "sha256": "0", "imported_at": ""}
    with engine.begin() as connection:
        connection.execute(insert(IMPORTS).values(**row, reading={}, counts={}))
    plan = solved(engine, maker, scenario(engine, maker, imports=("i-1",)))
    done = Import("i-1", arrival, {})

    def named():
        with reading(engine) as connection:
            return stands_on(connection, done)

    assert named() is None
    plans.propose(engine, plan.plan_id, maker)
    assert named() == plan.plan_id
    plans.reject(engine, plan.plan_id, checker, reason="r")
    assert named() is None
