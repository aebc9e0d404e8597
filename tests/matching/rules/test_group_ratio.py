from dataclasses import replace

import numpy as np
import pytest
from pydantic import ValidationError
from worlds import problem_from, rules, two_valleys

from impact.arrays import floats
from impact.errors import BadInput
from impact.matching.check import objections
from impact.matching.choices.frontier import frontier
from impact.matching.plan import Infeasible
from impact.matching.solve import claims_of, solve, specs_of

PARITY = {"id": "parity", "kind": "group_ratio", "by": "type", "minimum": 0.5}


def three_counties():
    """Two provinces; the dearest county takes everything there is where nothing forbids it."""
    problem = problem_from(
        [("tea", "feed", 3.0), ("pears", "feed", 2.0), ("wool", "feed", 1.0)],
        capacity={"tea": 100, "pears": 50, "wool": 100},
        supply={"feed": 100},
    )
    attributes = {"province": ("south", "south", "north"), "tier": ("a", "b", "b")}
    return replace(problem, producer_attributes=attributes)


def test_the_worse_served_group_gets_its_share_of_what_the_best_served_has():
    plan = solve(two_valleys(), rules(PARITY))

    assert plan.exposure == pytest.approx([100 / 3, 200 / 3])  # half as much, for the same capacity
    assert (plan.rules[0].activity, plan.rules[0].limit) == pytest.approx((0.5, 0.5))
    assert plan.rules[0].tightest == "rural"


def test_groups_are_served_for_their_capacity():
    plan = solve(three_counties(), rules({**PARITY, "by": "producer", "minimum": 1}))

    assert plan.exposure == pytest.approx([40, 20, 40])


def test_within_compares_only_neighbours():
    plan = solve(three_counties(), rules({**PARITY, "by": "producer", "within": "province", "minimum": 1}))

    assert plan.exposure == pytest.approx([200 / 3, 100 / 3, 0])  # nobody to compare the wool with
    assert plan.rules[0].tightest.startswith("south/")


@pytest.mark.parametrize(
    ("asked", "of_links"),
    [
        ({"by": "producer"}, {"pears": [2], "tea": [0], "wool": [1]}),
        ({"by": "producer", "within": "tier"}, {"a/pears": [2], "a/tea": [0], "b/wool": [1], "b/salt": [3]}),
        (
            {"by": "tier", "within": "province"},
            {"south/a": [0], "south/b": [1], "north/a": [2], "north/b": [3]},
        ),
    ],
)
def test_a_row_is_about_whom_it_names_wherever_that_stands_in_the_table(asked, of_links):
    names = ("tea", "wool", "pears", "salt")[: 1 + max(max(links) for links in of_links.values())]
    problem = replace(
        problem_from(
            [(name, "feed", 1.0) for name in names], capacity=dict.fromkeys(names, 100), supply={"feed": 100}
        ),
        producer_attributes={
            "tier": ("a", "b", "a", "b")[: len(names)],
            "province": ("south", "south", "north", "north")[: len(names)],
        },
    )
    (rule,) = rules({**PARITY, **asked})
    found = rule.rows(problem)

    told = {label: found.matrix[[row]].indices.tolist() for row, label in enumerate(found.labels)}
    assert {label: links for label, links in told.items() if not label.endswith(":level")} == of_links


def test_the_price_is_what_a_hundredth_of_the_ratio_costs():
    obeyed = rules({**PARITY, "minimum": 0.5}), rules({**PARITY, "minimum": 0.501})
    at, harder = (solve(two_valleys(), each) for each in obeyed)

    assert (at.worth - harder.worth) / 0.001 == pytest.approx(at.rules[0].price, rel=1e-2)


def test_a_group_nobody_can_reach_is_left_out_and_named():
    problem = three_counties()
    cut_off = replace(problem, max_exposure=floats([np.inf, np.inf, 0.0]), ceiling=np.empty(0))

    plan = solve(cut_off, rules({**PARITY, "by": "producer", "minimum": 1}))

    assert plan.exposure == pytest.approx([200 / 3, 100 / 3, 0])
    assert [(issue.code, issue.params["groups"]) for issue in plan.warnings] == [
        ("groups_out_of_reach", "wool")
    ]


def test_groups_that_can_be_reached_hardly_at_all_count_as_well():
    tiny = replace(two_valleys(), capacity=floats([0.5, 0.5]), supply=floats([0.75]), ceiling=np.empty(0))

    plan = solve(tiny, rules(PARITY))

    assert plan.exposure == pytest.approx([0.25, 0.5])
    assert solve(tiny, rules({**PARITY, "minimum": 0.8})).exposure == pytest.approx([1 / 3, 5 / 12])


def test_one_group_alone_has_nobody_to_be_compared_with():
    plan = solve(three_counties(), rules({**PARITY, "within": "province", "by": "province"}))

    assert plan.worth == pytest.approx(300)
    assert plan.rules[0].tightest == ""


def test_a_ratio_of_nothing_asks_for_nothing():
    plan = solve(two_valleys(), rules({**PARITY, "minimum": 0}))

    assert plan.worth == pytest.approx(100)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"by": "colour"}, "unknown_attribute"), ({"within": "colour"}, "unknown_attribute")],
)
def test_an_attribute_nobody_has_is_refused(change, code):
    with pytest.raises(BadInput, match=code):
        solve(two_valleys(), rules({**PARITY, **change}))


def test_unlimited_capacity_has_no_ratio():
    problem = replace(two_valleys(), capacity=floats([np.inf, 100]), ceiling=np.empty(0))

    with pytest.raises(BadInput, match="capacity_unlimited"):
        solve(problem, rules(PARITY))


@pytest.mark.parametrize("change", [{"minimum": 1.1}, {"minimum": -0.1}, {"of": "supply"}, {"share": 0.5}])
def test_what_the_rule_does_not_know_is_refused(change):
    with pytest.raises(ValidationError):
        rules({**PARITY, **change})


def test_a_plan_that_breaks_the_ratio_is_found_out():
    obeyed = rules(PARITY)
    plan = replace(solve(two_valleys(), obeyed), exposure=floats([30, 70]))

    codes = [issue.code for issue in objections(two_valleys(), specs_of(obeyed), claims_of(plan, 0))]

    assert "rule_broken" in codes


def test_a_bound_needs_the_prices_of_the_level():
    obeyed = rules(PARITY)
    plan = solve(two_valleys(), obeyed)
    without = tuple(price for price in plan.prices if price.rule != "parity")

    found = objections(two_valleys(), specs_of(obeyed), claims_of(replace(plan, prices=without), 0))

    assert "bound_not_proved" in [issue.code for issue in found]


def test_a_ratio_against_a_lock_is_a_conflict_with_a_way_out():
    lock = {"id": "town", "kind": "lock", "product": "town", "placement": "live", "at_least": 80}

    with pytest.raises(Infeasible) as refusal:
        solve(two_valleys(), rules(PARITY, lock))

    conflict = refusal.value.conflict
    assert set(conflict.rules) == {"parity", "town"}
    assert all(move.verified for move in conflict.relaxations)


def test_the_ratio_can_be_swept():
    swept = frontier(two_valleys(), rules(PARITY), "parity", 3)

    assert [point.limit for point in swept.points] == pytest.approx([0, 0.5, 1])
    assert [point.plan.worth for point in swept.points] == pytest.approx([100, 100 * 2.5 / 3, 75], rel=1e-5)
