import numpy as np
import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from worlds import rules, three_stalls

from impact.matching.check import readings
from impact.matching.plan import Infeasible
from impact.matching.solve import claims_of, solve, specs_of


def reading_of(spec, exposure, *, prices=None, tightest=None):
    (rule,) = rules(spec)
    name = tightest or rule.id
    return readings(three_stalls(), specs_of([rule]), np.array(exposure), prices or {}, {rule.id: name})[
        rule.id
    ]


def test_a_share_is_read_as_a_share():
    spec = {"kind": "group_floor", "group": {"type": "rural"}, "share": 0.2}

    found = reading_of(spec, [10.0, 10, 10, 60, 10], prices={"group_floor": {"group_floor": -2.0}})

    assert (found.activity, found.limit, found.slack) == pytest.approx((0.3, 0.2, 0.1))
    assert found.price == pytest.approx(200)  # 2 points for each of 100 exposures


def test_a_cap_is_read_from_below():
    spec = {"kind": "placement_cap", "share": 0.5}

    found = reading_of(spec, [10.0, 0, 10, 40, 0], tightest="firm@live")

    assert (found.activity, found.limit, found.slack) == pytest.approx((0.4, 0.5, 0.1))


def test_a_lock_is_read_at_its_nearer_side():
    spec = {"kind": "lock", "product": "coop-tea", "placement": "mall", "at_least": 2, "at_most": 30}

    found = reading_of(spec, [0.0, 29, 0, 0, 0], tightest="coop-tea@mall")

    assert (found.activity, found.limit, found.slack) == pytest.approx((29, 30, 1))


def test_a_name_that_no_account_bears_is_left_out():
    (rule,) = rules({"kind": "quality_floor", "minimum": 0.5})

    assert readings(three_stalls(), specs_of([rule]), np.zeros(5), {}, {rule.id: "tv"}) == {}


@given(problem=problems())
@settings(max_examples=60, deadline=None)
def test_what_a_plan_says_of_its_rules_is_what_its_books_say(problem):
    obeyed = rules(*specs_for(problem))
    try:
        plan = solve(problem, obeyed)
    except Infeasible:
        return

    prices = claims_of(plan, 0).prices
    tightest = {outcome.id: outcome.tightest for outcome in plan.rules}
    found = readings(problem, specs_of(obeyed), plan.exposure, prices, tightest)

    for outcome in plan.rules:
        if outcome.tightest:
            stated = (outcome.activity, outcome.limit, outcome.slack, outcome.price)
            read = found[outcome.id]
            assert (read.activity, read.limit, read.slack, read.price) == pytest.approx(
                stated, rel=1e-6, abs=1e-6
            )
