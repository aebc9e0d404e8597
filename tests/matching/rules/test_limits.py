from dataclasses import replace

import pytest
from worlds import problem_from, three_stalls, two_valleys

from impact.arrays import floats
from impact.matching.rules.limits import Capacity, ProductCapacity, Promise, Supply
from impact.matching.solve import solve


def test_supply_goes_to_the_most_valuable_first():
    plan = solve(two_valleys(), ())

    assert plan.exposure == pytest.approx([0, 100])
    assert plan.worth == pytest.approx(100)


def test_nobody_gets_more_than_they_can_serve():
    problem = three_stalls()

    plan = solve(problem, ())

    coop = plan.exposure[problem.producer_of == 0].sum()
    assert coop <= 60 + 1e-9
    assert plan.worth == pytest.approx(100 * 4 + 30 * 2 + 20 * 1)


def test_only_limits_that_can_be_exceeded_become_rows():
    problem = three_stalls()

    assert Supply().rows(problem).labels == ("live", "mall")
    assert Capacity().rows(problem).labels == ("coop",)  # the firm's links add up to 130, below its 200
    assert ProductCapacity().rows(problem).labels == ()  # its one link is already limited to 20


def test_a_promise_is_kept():
    plan = solve(replace(two_valleys(), promised=floats([40, 0])), ())

    assert plan.exposure == pytest.approx([40, 60])


def test_a_promise_beyond_reach_is_kept_as_far_as_it_goes_and_said():
    problem = replace(two_valleys(), promised=floats([150, 0]))

    plan = solve(problem, ())

    assert Promise().rows(problem).lower == pytest.approx([100])
    assert plan.exposure == pytest.approx([100, 0])
    assert [(issue.code, issue.params["first"]) for issue in plan.warnings] == [("floor_above_reach", "hill")]


def test_without_supply_nobody_gets_anything():
    plan = solve(problem_from([("hill", "live", 1.0)], {"hill": 5}, {"live": 0}), ())

    assert plan.exposure == pytest.approx([0])
    assert plan.status == "optimal"
