from dataclasses import replace

import pytest
from worlds import problem_from, three_stalls, two_valleys

from impact.arrays import floats
from impact.matching.rules import ALWAYS
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


@pytest.mark.parametrize(("beyond", "said"), [(1 + 1e-8, True), (1 + 1e-10, False), (1, False)])
def test_a_floor_beyond_reach_by_rounding_alone_is_not_worth_a_word(beyond, said):
    problem = replace(two_valleys(), promised=floats([100 * beyond, 0]))

    assert bool(list(Promise().cautions(problem))) is said


def test_what_comes_with_the_tables_is_counted_in_exposures():
    for limit in ALWAYS:
        assert limit.units(two_valleys(), floats([1, 2])).tolist() == [1]


def test_limits_are_bounds_as_people_state_them():
    problem = replace(three_stalls(), promised=floats([7, 500]))

    for limit, upper in ((Supply(), [100, 50]), (Capacity(), [60])):
        rows = limit.rows(problem)
        assert (rows.upper.tolist(), rows.limit.tolist()) == (upper, upper)
    rows = Promise().rows(problem)
    assert (rows.labels, rows.lower.tolist(), rows.limit.tolist()) == (("coop", "firm"), [7, 130], [7, 130])
