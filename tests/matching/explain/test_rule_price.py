"""What a rule costs, in both directions, and how far that holds."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from matching.explain.cases import rivals, solved
from worlds import three_stalls, two_valleys

from impact.arrays import floats
from impact.errors import SolverFailed
from impact.matching.explain.rule_price import rule_price
from impact.matching.plan import Infeasible
from impact.matching.solve import solve

RURAL = {"id": "rural", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.3}


def priced(problem, *specs):
    return rule_price(solved(problem, *specs), 0)


def told(price):
    return price.per_unit, price.to, price.worth


def test_a_share_of_supply_costs_the_same_from_nothing_to_all():
    found = priced(two_valleys(), {**RURAL, "of": "supply"})

    assert told(found.gained) == pytest.approx((50, 0, 100))
    assert told(found.lost) == pytest.approx((50, 1, 50))
    assert found.without.worth == pytest.approx(100)


def test_a_price_holds_until_another_has_to_give_way():
    cap = {"id": "east", "kind": "group_cap", "group": {"region": "east"}, "at_most": 80}

    found = priced(rivals(), cap)

    assert told(found.gained) == pytest.approx((1, 100, 240 + 20))  # tea takes the place of jam
    assert told(found.lost) == pytest.approx((1, 60, 220))  # below 60 silk, worth 3, would have to go


def test_relief_that_gains_nothing_is_told_as_nothing():
    found = priced(two_valleys(), {"id": "q", "kind": "quality_floor", "minimum": 0.3})

    assert told(found.gained) == pytest.approx((0, 0, 100))
    assert told(found.lost) == pytest.approx((0, 0.5, 100))  # all in the town has a quality of 0.5


def test_where_a_plan_is_degenerate_each_direction_has_a_price_of_its_own():
    cap = {"id": "east", "kind": "group_cap", "group": {"region": "east"}, "at_most": 60}

    found = priced(rivals(), cap)  # at a corner: silk to one side, tea to the other

    assert found.gained.per_unit == pytest.approx(1)
    assert found.lost.per_unit == pytest.approx(2)


def test_a_rule_that_asks_for_nothing_has_no_relief():
    assert priced(two_valleys(), {**RURAL, "share": 0.0}).gained is None
    assert priced(two_valleys(), {"id": "all", "kind": "placement_cap", "share": 1.0}).gained is None


def test_a_limit_is_tightened_no_further_than_can_be():
    town = {"id": "town", "kind": "group_floor", "group": {"type": "urban"}, "at_least": 60}

    found = priced(two_valleys(), {**RURAL, "of": "supply"}, town)

    assert found.lost.per_unit == pytest.approx(50)
    assert 0.3 < found.lost.to <= 0.4 + 1e-9


def test_a_rule_at_its_very_end_cannot_be_tightened():
    problem = replace(two_valleys(), promised=floats([0, 70]))

    found = priced(problem, {**RURAL, "of": "supply"})

    assert found.lost is None
    assert found.gained.per_unit == pytest.approx(50)


def test_a_solve_that_fails_ends_a_range_and_spoils_nothing():
    def failing_beyond_a_half(problem, obeyed, limits, **_):
        if obeyed and obeyed[0].share > 0.5:
            raise SolverFailed("not_solved")
        return solve(problem, obeyed, limits)

    case = replace(solved(two_valleys(), {**RURAL, "of": "supply"}), solver=failing_beyond_a_half)

    found = rule_price(case, 0)

    assert (found.gained.to, found.lost.per_unit) == (0, pytest.approx(50))
    assert 0.3 < found.lost.to <= 0.5


def test_a_rule_without_one_limit_is_priced_as_a_whole():
    lock = {"id": "l", "kind": "lock", "product": "hill", "placement": "live", "at_least": 10, "at_most": 20}

    found = priced(two_valleys(), lock)

    assert (found.limit, found.gained, found.lost) == (None, None, None)
    assert found.without.worth == pytest.approx(100)


def test_a_rule_between_groups_has_a_price_too():
    found = priced(two_valleys(), {"id": "parity", "kind": "group_ratio", "by": "type", "minimum": 0.25})

    assert found.gained.per_unit == pytest.approx(32, rel=0.03)  # worth 50 + 50 / (1 + ratio), which bends
    assert found.gained.worth == pytest.approx(50 + 50 / (1 + found.gained.to))


def test_what_is_owed_stays_owed_where_a_floor_asks_for_nothing():
    problem = replace(two_valleys(), owed=floats([25, 0]))

    found = priced(problem, {"id": "everyone", "kind": "producer_floor", "of_capacity": 0.2})

    assert told(found.gained) == pytest.approx((50, 0, 87.5))
    assert found.without.worth == pytest.approx(100)


def test_locking_a_link_costs_what_it_displaces():
    lock = {"id": "pin", "kind": "lock", "product": "coop-tea", "placement": "mall", "at_least": 30}

    found = priced(three_stalls(), lock)

    assert told(found.gained) == pytest.approx((1, 20, 480))  # 30 went there, 20 would have anyway


@pytest.mark.slow
@given(problem=problems(promising=False))
@settings(max_examples=25, deadline=None)
def test_prices_are_what_solving_says_and_hold_in_the_middle(problem):
    spec = specs_for(problem)[0]  # a share of supply: the worth is concave along it
    try:
        case = solved(problem, spec)
    except Infeasible:
        return

    found = rule_price(case, 0)

    for price, sign in ((found.gained, 1), (found.lost, -1)):
        if price is None:
            continue
        way = price.to - found.limit
        for part in (0.25, 0.5, 1.0) if price.holds else (1.0,):
            moved = (case.rules[0].moved(found.limit + part * way),)
            worth = case.again(rules=moved).worth
            foretold = case.worth + sign * price.per_unit * abs(way) * part
            step = price.per_unit * abs(way)
            assert worth == pytest.approx(foretold, abs=0.03 * step + 1e-6 * (1 + abs(case.worth)))
