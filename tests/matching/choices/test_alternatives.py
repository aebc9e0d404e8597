"""Plans nearly as good as the best that differ most."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from worlds import problem_from, rules, two_valleys

from impact.arrays import floats
from impact.matching.check import objections
from impact.matching.choices.alternatives import Alternative, alternatives, distance
from impact.matching.plan import Infeasible, Status
from impact.matching.question.saturation import Saturation
from impact.matching.solve import Limits, claims_of, solve, specs_of
from impact.matching.spread.term import Spread

FLOOR = {"id": "rural", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.3}


def twins(second=0.99, third=0.5):
    """Three makers for one placement of 100: the first worth 1, the others less."""
    capacity = {"one": 100, "two": 100, "three": 100}
    rows = [("one", "live", 1.0), ("two", "live", second), ("three", "live", third)]
    return problem_from(rows, capacity, {"live": 100})


def exposures(found: tuple[Alternative, ...]):
    return [each.plan.exposure.tolist() for each in found]


def test_somebody_nearly_as_good_could_have_it_all():
    found = alternatives(twins(), (), count=2, within=0.01)

    assert exposures(found) == [pytest.approx([100, 0, 0]), pytest.approx([0, 100, 0])]
    assert [each.plan.worth for each in found] == pytest.approx([100, 99])
    assert (found[1].from_best, found[1].from_nearest) == pytest.approx((1, 1))


def test_no_more_is_lost_than_may_be():
    found = alternatives(twins(), (), count=2, within=0.005)

    assert found[1].plan.worth >= 99.5 - 1e-6
    assert found[1].plan.exposure[0] == pytest.approx(50, abs=2)  # half is all that half of the loss buys
    assert found[1].from_best == pytest.approx(0.5, abs=0.02)


def test_the_third_differs_from_both_the_first_and_the_second():
    found = alternatives(twins(second=1.0, third=1.0), (), count=3, within=0.0)

    assert sorted(exposures(found)) == [
        pytest.approx(each) for each in ([0, 0, 100], [0, 100, 0], [100, 0, 0])
    ]
    assert [each.from_nearest for each in found] == pytest.approx([0, 1, 1])


def test_where_only_one_plan_will_do_there_is_no_other():
    assert len(alternatives(twins(), (), count=5, within=0.0)) == 1


def test_every_rule_is_obeyed_by_every_plan():
    found = alternatives(two_valleys(), rules(FLOOR), count=3, within=0.2)

    assert [each.plan.exposure[0] / each.plan.exposure.sum() >= 0.3 - 1e-9 for each in found] == [True] * len(
        found
    )
    assert [each.plan.worth >= 85 * 0.8 - 1e-6 for each in found] == [True] * len(found)


def test_the_worst_off_are_kept_at_their_best_level():
    everyone = {"kind": "max_min", "share": 1.0}
    problem = replace(twins(second=1.0, third=1.0), supply=floats([150]), ceiling=np.empty(0))

    found = alternatives(problem, rules({**everyone, "share": 0.4}), count=3, within=0.0)

    assert len(found) == 3
    assert all(each.plan.exposure.min() >= 20 - 1e-6 for each in found)  # 0.4 of a half of 100


def test_a_spread_counts_as_worth():
    even = (Spread(alpha=0.5, weight=10.0),)

    found = alternatives(twins(), even, count=2, within=0.01)

    assert len(found) == 2
    assert found[1].plan.worth >= found[0].plan.worth * 0.99 - 1e-6
    assert objections(twins(), specs_of(even), claims_of(found[1].plan, found[1].plan.gap)) == ()


def test_an_alternative_says_what_it_is_worth_against_the_best_that_could_be():
    best, other = alternatives(twins(), (), count=2, within=0.01)

    assert (best.plan.status, other.plan.status) == (Status.OPTIMAL, Status.WITHIN_GAP)
    assert (other.plan.bound, other.plan.gap) == pytest.approx((100, 0.01))


def test_a_link_that_saturates_counts_as_it_fills():
    problem = replace(twins(second=0.9), saturation=Saturation((0.5, 1.0), (1.0, 0.5)))

    found = alternatives(problem, (), count=2, within=0.05)

    assert found[0].plan.worth == pytest.approx(95)
    assert found[1].plan.worth >= 95 * 0.95 - 1e-6
    assert found[1].from_best > 0


def test_distance_is_the_share_given_elsewhere():
    one, other = np.array([60.0, 40, 0]), np.array([60.0, 0, 40])

    assert distance(one, other) == distance(other, one) == pytest.approx(0.4)
    assert (distance(one, one), distance(one, np.zeros(3))) == (0, 0.5)
    assert distance(np.zeros(3), np.zeros(3)) == 0


def test_the_same_question_gives_the_same_plans():
    first, second = (alternatives(two_valleys(), rules(FLOOR), within=0.1) for _ in range(2))

    assert exposures(first) == exposures(second)


def test_rules_that_cannot_hold_have_no_alternatives():
    cap = {"id": "cap", "kind": "group_cap", "group": {"type": "rural"}, "share": 0.1}
    town = {"id": "town", "kind": "group_floor", "group": {"type": "urban"}, "at_least": 10}

    with pytest.raises(Infeasible):
        alternatives(two_valleys(), rules(FLOOR, cap, town))


@pytest.mark.slow
@given(problem=problems())
@settings(max_examples=30, deadline=None)
def test_every_alternative_passes_the_check_and_keeps_its_worth(problem):
    obeyed = rules(*specs_for(problem))
    try:
        best = solve(problem, obeyed)
    except Infeasible:
        return

    found = alternatives(problem, obeyed, count=3, within=0.05, limits=Limits())

    for each in found:
        assert objections(problem, specs_of(obeyed), claims_of(each.plan, each.plan.gap)) == ()
        assert each.plan.worth >= best.worth - 0.05 * abs(best.worth) - 1e-6 * (1 + abs(best.worth))
        others = [distance(each.plan.exposure, one.plan.exposure) for one in found if one is not each]
        assert all(away > 5e-4 for away in others)
