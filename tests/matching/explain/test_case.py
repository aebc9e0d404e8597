"""Explanations ask again from the plan on, and say so where nothing comes of it."""

from dataclasses import replace

import pytest
from matching.explain.cases import rivals, solved
from worlds import rules, two_valleys

from impact.arrays import floats
from impact.errors import SolverFailed
from impact.matching.plan import Impossible, Status
from impact.matching.solve import Limits, solve

FLOOR = {"id": "hills", "kind": "group_floor", "group": {"type": "rural"}, "at_least": 30}


def test_what_one_unit_of_relief_is_worth_is_read_from_the_prices():
    case = solved(two_valleys(), FLOOR)

    assert case.price("hills") == pytest.approx(0.5)
    assert case.price("nobody") == 0
    assert case.earned.tolist() == pytest.approx([15, 70])


def test_one_limit_is_moved_and_the_others_stay():
    case = solved(two_valleys(), FLOOR, {"id": "most", "kind": "placement_cap", "share": 0.9})

    moved = case.with_limit(0, 50)

    assert [rule.dial(case.problem).limit for rule in moved] == [50, 0.9]
    assert case.again(rules=moved).exposure.tolist() == pytest.approx([50, 50])


def test_another_problem_or_other_rules_are_asked_from_the_plan_on_without_a_diagnosis():
    asked = []

    def listening(problem, obeyed, limits, *, start):
        asked.append((problem, obeyed, limits.diagnosing, start.exposure.tolist()))
        return solve(problem, obeyed, limits, start=start)

    case = replace(solved(two_valleys(), FLOOR), solver=listening, limits=Limits(diagnosing=True))
    scarce = replace(case.problem, supply=floats([50]), ceiling=floats([]))

    assert case.again(rules=()).worth == pytest.approx(100)
    assert case.again(problem=scarce).worth == pytest.approx(15 + 20)
    assert asked[0] == (case.problem, (), False, pytest.approx([30, 70]))
    assert asked[1][:2] == (scarce, case.rules)


def test_where_no_plan_can_be_none_is_returned():
    case = solved(two_valleys(), FLOOR)

    assert case.again(rules=rules(FLOOR | {"at_least": 130})) is None


def test_a_plan_that_ran_out_of_time_is_no_answer():
    def late(*asked, **how):
        return replace(solve(*asked, **how), status=Status.TIME_LIMIT)

    with pytest.raises(SolverFailed, match="time_limit"):
        replace(solved(rivals()), solver=late).again()


def test_who_proves_that_nothing_can_be_is_believed():
    def impossible(*asked, **how):
        raise Impossible("no")

    assert replace(solved(rivals()), solver=impossible).again() is None
