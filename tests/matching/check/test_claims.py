from dataclasses import replace

import numpy as np
import pytest
from worlds import rules, three_stalls, two_valleys

from impact.arrays import floats
from impact.matching.check import audit, objections
from impact.matching.solve import claims_of, solve, specs_of

SPECS = (
    {"kind": "group_floor", "group": {"type": "rural"}, "share": 0.3},
    {"kind": "group_cap", "group": {"category": "tea"}, "share": 0.95},
    {"kind": "producer_floor", "of_capacity": 0.1},
    {"kind": "placement_cap", "share": 0.8},
    {"kind": "quality_floor", "minimum": 0.45},
    {"kind": "lock", "product": "coop-tea", "placement": "mall", "at_least": 2, "at_most": 30},
)


@pytest.fixture
def claims():
    return claims_of(solve(three_stalls(), rules(*SPECS)), asked_gap=0.0)


def codes(claims, *, specs=SPECS, problem=None):
    found = objections(problem or three_stalls(), specs_of(rules(*specs)), claims)
    return {(issue.code, issue.params.get("rule")) for issue in found}


def test_a_sound_plan_meets_no_objection(claims):
    assert codes(claims) == set()


@pytest.mark.parametrize(
    ("exposure", "objection"),
    [
        ([-1, 20, 20, 60, 30], ("exposure_out_of_range", None)),
        ([0, 20, 20, 60, 31], ("exposure_out_of_range", None)),
        ([np.nan, 20, 20, 60, 30], ("exposure_not_finite", None)),
        ([0, 25, 10, 60, 30], ("rule_broken", "supply")),
        ([50, 20, 10, 20, 0], ("rule_broken", "capacity")),
        ([0, 20, 10, 80, 30], ("rule_broken", "group_floor")),
        ([30, 20, 0, 50, 10], ("rule_broken", "group_cap")),
        ([20, 20, 20, 8, 2], ("rule_broken", "producer_floor")),
        ([10, 10, 10, 81, 0], ("rule_broken", "placement_cap")),
        ([0, 5, 10, 60, 30], ("rule_broken", "quality_floor")),
        ([20, 1, 20, 30, 1], ("rule_broken", "lock")),
        ([20, 31, 9, 30, 1], ("rule_broken", "lock")),
    ],
)
def test_a_broken_promise_is_found(claims, exposure, objection):
    assert objection in codes(replace(claims, exposure=np.array(exposure, float)))


@pytest.mark.parametrize(
    ("lie", "objection"),
    [
        ({"worth": 1e6}, "worth_is_not_so"),
        ({"bound": 1.0}, "bound_not_proved"),
        ({"gap": 0.5}, "gap_is_not_so"),
        ({"prices": {}}, "bound_not_proved"),
        ({"prices": {}}, "status_not_earned"),
        ({"status": "infeasible"}, "no_plan_to_check"),
    ],
)
def test_a_false_figure_is_found(claims, lie, objection):
    assert objection in {code for code, _ in codes(replace(claims, **lie))}


def test_a_plan_for_another_problem_is_refused(claims):
    assert codes(claims, problem=two_valleys(), specs=()) == {("wrong_number_of_links", None)}


def test_a_row_may_be_broken_by_rounding_but_not_by_more(claims):
    over = claims.exposure * (1 + 1e-9)
    clearly = claims.exposure * (1 + 1e-5)

    assert not {code for code, _ in codes(replace(claims, exposure=over))} & {"rule_broken"}
    assert ("rule_broken", "supply") in codes(replace(claims, exposure=clearly))


def test_a_time_limit_plan_may_be_far_from_the_best_if_it_says_so():
    problem = two_valleys()
    poor = claims_of(solve(problem, ()), asked_gap=0.0)
    poor = replace(poor, exposure=np.array([50.0, 0.0]), worth=25.0, gap=0.75, status="time_limit")

    assert objections(problem, (), poor) == ()
    assert [issue.code for issue in objections(problem, (), replace(poor, status="optimal"))] == [
        "status_not_earned"
    ]


def test_the_bound_holds_whatever_prices_are_claimed(claims):
    problem, specs = three_stalls(), specs_of(rules(*SPECS))
    honest = audit(problem, specs, claims.exposure, claims.prices)

    for seed in range(20):
        rng = np.random.default_rng(seed)
        prices = {
            "supply": {"live": rng.normal(), "mall": rng.normal()},
            "group_floor": {"group_floor": rng.normal()},
        }
        assert audit(problem, specs, claims.exposure, prices).bound >= honest.worth - 1e-9


def test_a_promise_is_checked_as_far_as_it_can_be_reached():
    problem = replace(two_valleys(), promised=floats([150, 0]))
    claims = claims_of(solve(problem, ()), asked_gap=0.0)

    assert objections(problem, (), claims) == ()
    broken = replace(claims, exposure=np.array([90.0, 10.0]))
    assert ("rule_broken", "promised") in {
        (i.code, i.params.get("rule")) for i in objections(problem, (), broken)
    }


def test_a_worth_above_what_is_proved_possible_is_never_believed(claims):
    every = np.full(5, 1e6)  # far beyond any supply, and so beyond the bound

    assert ("bound_below_worth", None) in codes(replace(claims, exposure=every))
