from dataclasses import replace

import numpy as np
import pytest
from worlds import INF, problem_from, rules, three_stalls, two_valleys

from impact.arrays import floats
from impact.matching.solve import solve


def test_everyone_gets_a_share_of_their_own_capacity():
    plan = solve(two_valleys(), rules({"kind": "producer_floor", "of_capacity": 0.05}))

    assert plan.exposure == pytest.approx([5, 95])


def test_its_price_counts_every_producer_it_holds_up():
    plan = solve(two_valleys(), rules({"kind": "producer_floor", "of_capacity": 0.05}))

    assert plan.rules[0].price == pytest.approx(
        50
    )  # 1 % of 100 exposures is worth half a point more elsewhere


def test_a_floor_above_reach_is_a_warning_not_a_conflict():
    problem = problem_from(
        [("hill", "live", 1.0), ("town", "mall", 1.0)], {"hill": 1000, "town": 10}, {"live": 100, "mall": 100}
    )

    plan = solve(problem, rules({"kind": "producer_floor", "of_capacity": 0.5}))

    assert plan.exposure == pytest.approx([100, 10])
    assert plan.warnings[0].params == {"rule": "producer_floor", "producers": 1, "first": "hill"}


def test_whom_nothing_reaches_is_told_apart_from_whom_too_little_does():
    problem = problem_from(
        [("hill", "live", 1.0), ("town", "mall", 1.0)],
        {"hill": 1000, "idle": 10, "spare": 10, "town": 10},
        {"live": 100, "mall": 100},
    )

    plan = solve(problem, rules({"kind": "producer_floor", "of_capacity": 0.5}))

    assert [(issue.code, issue.params["producers"], issue.params["first"]) for issue in plan.warnings] == [
        ("floor_above_reach", 1, "hill"),
        ("floor_without_reach", 2, "idle"),
    ]


def test_what_a_placement_cap_leaves_is_what_can_be_reached():
    plan = solve(
        two_valleys(),
        rules({"kind": "producer_floor", "of_capacity": 0.5}, {"kind": "placement_cap", "share": 0.3}),
    )

    assert plan.exposure == pytest.approx([30, 30])
    assert plan.warnings[0].params["producers"] == 2


def test_unlimited_capacity_has_no_floor():
    problem = problem_from(
        [("hill", "live", 0.5), ("town", "live", 1.0)], {"hill": INF, "town": 10}, {"live": 100}
    )

    (floor,) = rules({"kind": "producer_floor", "of_capacity": 0.1})

    assert floor.rows(problem).labels == ("town",)


def test_a_floor_counts_all_products_of_a_producer():
    problem = three_stalls()

    (floor,) = rules({"kind": "producer_floor", "of_capacity": 0.5})

    assert floor.rows(problem).matrix.toarray()[0] == pytest.approx([1, 1, 1, 0, 0])
    assert floor.rows(problem).lower == pytest.approx([30, 100])


def test_debts_of_earlier_cycles_come_on_top_and_advances_off_it():
    problem = replace(three_stalls(), owed=floats([9, -15]))
    (floor,) = rules({"kind": "producer_floor", "of_capacity": 0.25})

    rows = floor.rows(problem)

    assert rows.lower == pytest.approx([24, 35])  # 15 and 9; 50 less 15
    assert rows.limit == pytest.approx([0.25, 0.25])
    assert floor.units(problem, np.zeros(5)).tolist() == [60, 200]


def test_a_debt_beyond_reach_is_stated_as_what_can_be_held():
    problem = replace(three_stalls(), owed=floats([0, 100]))
    (floor,) = rules({"kind": "producer_floor", "of_capacity": 0.25})

    assert floor.rows(problem).lower == pytest.approx([15, 130])  # 150 of which 130 can be reached
    assert floor.rows(problem).limit == pytest.approx([0.25, 0.15])
    assert [dict(issue.params) for issue in floor.cautions(problem)] == [
        {"rule": "producer_floor", "producers": 1, "first": "firm"}
    ]


def test_who_is_far_ahead_has_no_floor():
    problem = replace(three_stalls(), owed=floats([-18, 0]))
    (floor,) = rules({"kind": "producer_floor", "of_capacity": 0.25})

    assert floor.rows(problem).labels == ("firm",)
    assert floor.floor(problem).tolist() == [0, 50]
    assert floor.units(problem, np.zeros(5)).tolist() == [200]


@pytest.mark.parametrize("capacity", [INF, 0])
def test_without_a_capacity_to_be_a_share_of_nobody_is_owed_anything(capacity):
    problem = replace(
        three_stalls(), capacity=floats([capacity, 0.5]), owed=floats([9, 0]), ceiling=np.empty(0)
    )
    (floor,) = rules({"kind": "producer_floor", "of_capacity": 0.5})

    assert floor.floor(problem).tolist() == [0, 0.25]
