"""When time is up before a solver has a plan, one that is at hand is offered, checked and labelled."""

from dataclasses import replace
from time import perf_counter, sleep

import numpy as np
import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from worlds import rules, three_stalls, two_valleys

from impact.errors import Issue, SolverFailed
from impact.matching import methods
from impact.matching.check import objections
from impact.matching.early import early
from impact.matching.pose import pose
from impact.matching.question.published import Published
from impact.matching.solve import Limits, claims_of, solve, specs_of
from impact.timing import Patience, within

RURAL = {"id": "rural", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.3}
CAP = {"id": "cap", "kind": "placement_cap", "share": 0.6}


NO_TIME = Limits(cancelled=lambda: True)
"""Time is up before any method has a plan."""
ASLEEP_SECONDS = 60.0


@pytest.fixture(scope="module", autouse=True)
def not_a_moment_more():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(methods, "STOPPED_SECONDS", 0.0)
        yield


def test_without_floors_the_dearest_links_come_first():
    plan = solve(two_valleys(), rules(CAP), NO_TIME)

    assert plan.exposure == pytest.approx([40, 60])
    assert plan.engine == "early"
    assert plan.status == "time_limit"
    assert (plan.worth, plan.bound) == pytest.approx((80, 100))


def test_a_plan_says_that_it_was_stopped_by_hand():
    (told,) = solve(two_valleys(), rules(CAP), NO_TIME).warnings

    assert told == Issue("solving_stopped")


def test_a_plan_that_ran_out_of_time_does_not(monkeypatch):
    monkeypatch.setattr(methods, "HURRIED_SECONDS", 0.0)

    plan = solve(three_stalls(), (), Limits(seconds=1e-9))

    assert (plan.status, plan.warnings) == ("time_limit", ())


def test_a_plan_at_hand_passes_the_check_and_says_how_far_it_may_be_from_the_best():
    plan = solve(three_stalls(), (), NO_TIME)
    best = solve(three_stalls(), ())

    assert objections(three_stalls(), (), claims_of(plan, NO_TIME.gap)) == ()
    assert plan.worth <= best.worth <= plan.bound * (1 + 1e-9)


def test_where_floors_stand_in_the_way_the_plan_before_is_the_ground():
    before = solve(two_valleys(), rules(RURAL))

    plan = solve(two_valleys(), rules(RURAL), NO_TIME, start=before)

    assert plan.exposure == pytest.approx(before.exposure)
    assert plan.status == "time_limit"
    assert plan.gap > 0


def test_what_was_published_is_a_ground_too():
    published = replace(two_valleys(), published=Published(np.array([35.0, 60.0])))

    plan = solve(published, rules(RURAL), NO_TIME)

    assert plan.exposure @ [0.5, 1.0] >= 35 * 0.5 + 60
    assert plan.max_violation <= 1e-6


def test_where_nothing_is_known_to_keep_the_rules_it_is_said_that_time_was_too_short():
    with pytest.raises(SolverFailed, match="cancelled"):
        solve(two_valleys(), rules(RURAL), NO_TIME)


@given(problem=problems())
@settings(max_examples=60, deadline=None)
def test_what_is_at_hand_keeps_every_rule_and_lies_below_its_bound(problem):
    obeyed = rules(*specs_for(problem))
    found = early(pose(problem, obeyed))
    if found is None:
        return

    plan = solve(problem, obeyed, NO_TIME)

    assert objections(problem, specs_of(obeyed), claims_of(plan, 1e-4)) == ()


def test_who_does_not_look_at_the_clock_is_left_behind():
    asked = perf_counter()

    assert (
        within(Patience(perf_counter() + 0.1, cancelled=lambda: perf_counter() > asked + 0.1), _sleeping)
        is None
    )
    assert perf_counter() - asked < ASLEEP_SECONDS / 2


def test_who_is_done_in_time_is_heard_and_failures_are_passed_on():
    assert within(Patience(perf_counter() + 60), lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        within(Patience(perf_counter() + 60), lambda: 1 // 0)


def _sleeping() -> None:
    sleep(ASLEEP_SECONDS)
