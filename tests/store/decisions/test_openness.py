"""Anybody may look at a plan while it is published and an approver has switched that on, and never else."""

import pytest
from store.decisions.offices import scenario, solved, staff

from impact.access import Role
from impact.errors import Conflict, Issue, Unknown
from impact.store.audit import Sought, log_page
from impact.store.decisions import plans
from impact.store.decisions.openness import SWITCHED, is_public, make_private, make_public
from impact.store.reasons import reasons


@pytest.fixture
def boss(engine):
    return staff(engine, "boss", Role.APPROVER)


@pytest.fixture
def plan(engine, boss):
    maker = staff(engine, "maker", Role.COORDINATOR)
    plan = solved(engine, maker, scenario(engine, maker)).plan_id
    plans.propose(engine, plan, maker)
    plans.approve(engine, plan, boss)
    plans.publish(engine, plan, boss)
    return plan


def noted(engine):
    return [entry.what for entry in log_page(engine, Sought("", "", ""), before=None, limit=2)]


def test_it_is_off_unless_switched_on(engine, plan):
    assert not is_public(engine, plan)


def test_switched_on_and_off_it_is_in_the_log_each_time(engine, plan, boss):
    make_public(engine, plan, boss)
    assert is_public(engine, plan)

    make_private(engine, plan, boss, reason="disputed")
    assert not is_public(engine, plan)
    assert noted(engine) == ["plan.make_private", "plan.make_public"]
    assert reasons(engine, [plan], *SWITCHED) == {plan: "disputed"}


def test_done_twice_it_is_done_once(engine, plan, boss):
    for _ in range(2):
        make_public(engine, plan, boss)

    assert noted(engine) == ["plan.make_public", "plan.publish"]


def test_a_plan_taken_back_is_nobodys_to_look_at(engine, plan, boss):
    make_public(engine, plan, boss)
    plans.withdraw(engine, plan, boss, reason="no harvest")

    assert not is_public(engine, plan)


def test_a_plan_that_is_not_published_cannot_be_shown(engine, plan, boss):
    plans.withdraw(engine, plan, boss, reason="no harvest")

    with pytest.raises(Conflict) as refusal:
        make_public(engine, plan, boss)
    told = {"value": plan, "state": "withdrawn"}
    assert refusal.value.issues == (Issue("plan_stands_otherwise", params=told),)


@pytest.mark.parametrize("change", [make_public, make_private])
def test_a_plan_that_is_not_there_is_named(engine, boss, change):
    with pytest.raises(Unknown):
        change(engine, "none", boss)
