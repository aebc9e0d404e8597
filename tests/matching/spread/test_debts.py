from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instances import problems
from worlds import INF, rules, two_valleys

from impact.arrays import floats, sums
from impact.matching.rules import faults
from impact.matching.solve import Limits, solve
from impact.matching.spread.debts import debts
from impact.matching.spread.term import Spread


def test_who_got_less_than_its_even_share_is_owed_what_others_are_ahead():
    left = debts(two_valleys(), np.array([20.0, 80.0]))

    assert left == pytest.approx([30, -30])


def test_debts_add_up_over_cycles():
    before = replace(two_valleys(), owed=floats([30, -30]))

    assert debts(before, np.array([60.0, 40.0])) == pytest.approx([20, -20])


def test_who_has_no_known_capacity_keeps_what_it_was_owed():
    unlimited = replace(two_valleys(), capacity=floats([100, INF]), owed=floats([0, 7]))

    assert debts(unlimited, np.array([20.0, 80.0])) == pytest.approx([0, 7])


@given(problem=problems(promising=False), share=st.floats(0, 1))
def test_what_some_are_short_of_others_are_ahead(problem, share):
    exposure = share * problem.box

    left = debts(problem, exposure)

    assert left.sum() == pytest.approx(problem.owed.sum(), abs=1e-9 * max(1, problem.box.sum()))


def simulate(problem, obeyed, cycles):
    """Give the same supply cycle after cycle; return mean ratios after each, shape ``(cycle, producer)``."""
    total, ratios = np.zeros(len(problem.producer_ids)), []
    for cycle in range(1, cycles + 1):
        exposure = solve(problem, obeyed, Limits(gap=0)).exposure
        total += sums(exposure, problem.producer_of, len(problem.producer_ids))
        problem = replace(problem, owed=floats(debts(problem, exposure)))
        ratios.append(total / problem.capacity / cycle)
    return np.array(ratios)


def test_a_spread_too_light_for_one_cycle_is_even_over_many():
    light = [Spread(weight=5, alpha=1)]

    ratios = simulate(two_valleys(), light, cycles=12)

    apart = np.ptp(ratios, axis=1)
    assert apart[0] > 0.7  # alone, the hill gets less than a tenth
    assert apart[-1] < 0.12
    assert np.all(np.diff(apart) <= 1e-6)


def test_a_floor_pays_debts_back():
    floor = rules({"kind": "producer_floor", "of_capacity": 0.2})
    owing = replace(two_valleys(), owed=floats([25, -25]))

    plan = solve(owing, floor)

    assert plan.exposure == pytest.approx([45, 55])  # 20 of 100, and the 25
    assert (plan.rules[0].activity, plan.rules[0].limit) == pytest.approx((0.2, 0.2))


@given(problem=problems(promising=False))
@settings(max_examples=15, deadline=None)
def test_amortised_ratios_draw_together_as_far_as_everybody_can_be_reached(problem):
    known = np.isfinite(problem.capacity) & (problem.reachable >= 0.999 * problem.capacity)
    spread = Spread(weight=problem.value.max(initial=1.0) * problem.supply.sum() / 50, alpha=1)
    if not known.all() or not problem.capacity.min() > 0 or any(faults(problem, [spread])):
        return

    ratios = simulate(problem, [spread], cycles=6)

    assert np.ptp(ratios[-1]) <= np.ptp(ratios[0]) + 1e-3
