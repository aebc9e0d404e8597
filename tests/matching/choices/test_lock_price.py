"""What a coordinator's lock would cost is told before it is made."""

import pytest
from hypothesis import given, settings
from instances import problems
from worlds import rules, three_stalls, two_valleys

from impact.errors import BadInput
from impact.matching.choices.lock_price import lock_price
from impact.matching.plan import Infeasible
from impact.matching.solve import solve


def lock(product, placement, **limits):
    (rule,) = rules({"id": "mine", "kind": "lock", "product": product, "placement": placement, **limits})
    return rule


def test_locking_a_link_in_costs_what_the_better_one_would_have_earned():
    plan = solve(two_valleys(), ())

    price = lock_price(two_valleys(), (), plan, lock("hill", "live", at_least=30))

    assert price.worth_lost == pytest.approx(15)  # 30 exposures worth 0.5 instead of 1
    assert price.at_most == pytest.approx(15)
    assert price.plan.exposure == pytest.approx([30, 70])


def test_locking_out_what_is_not_used_costs_nothing():
    plan = solve(two_valleys(), ())

    assert lock_price(two_valleys(), (), plan, lock("hill", "live", at_most=0)).worth_lost == 0


def test_a_lock_that_is_moved_takes_its_own_place():
    before = lock("hill", "live", at_least=30)
    plan = solve(two_valleys(), (before,))

    price = lock_price(two_valleys(), (before,), plan, lock("hill", "live", at_least=10))

    assert price.worth_lost == pytest.approx(-10)  # it gives 20 exposures back


def test_a_lock_that_other_rules_leave_no_room_for_is_impossible():
    floor = rules({"id": "rural", "kind": "group_floor", "group": {"type": "rural"}, "at_least": 80})
    plan = solve(two_valleys(), floor)

    with pytest.raises(Infeasible):
        lock_price(two_valleys(), floor, plan, lock("town", "live", at_least=30))


def test_a_link_that_is_not_there_is_refused():
    with pytest.raises(BadInput, match="lock_without_link"):
        lock_price(three_stalls(), (), solve(three_stalls(), ()), lock("coop-nuts", "mall", at_most=0))


@pytest.mark.slow
@given(problem=problems(promising=False))
@settings(max_examples=30, deadline=None)
def test_a_lock_at_what_the_plan_gives_costs_nothing_and_one_beside_it_never_gains(problem):
    dominance = rules({"id": "dominance", "kind": "placement_cap", "share": 0.8})
    plan = solve(problem, dominance)
    product = problem.product_ids[problem.product_of[0]]
    placement = problem.placement_ids[problem.placement_of[0]]
    given_now = float(plan.exposure[0])

    kept = lock_price(problem, dominance, plan, lock(product, placement, at_least=given_now * (1 - 1e-9)))
    out = lock_price(problem, dominance, plan, lock(product, placement, at_most=given_now / 2))

    assert kept.worth_lost == pytest.approx(0, abs=1e-6 * (1 + plan.worth))
    assert out.worth_lost >= -1e-9 * (1 + plan.worth)
