"""Ways out of a conflict, each tried by solving again."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from worlds import problem_from, rules, two_halls, two_valleys

from impact.arrays import floats
from impact.matching.conflicts.moving import moved
from impact.matching.conflicts.yielding import could_spare, eased, yielded
from impact.matching.plan import Infeasible, Way
from impact.matching.pose import pose
from impact.matching.rules import ALWAYS
from impact.matching.solve import solve


def ways_out(problem, *specs):
    with pytest.raises(Infeasible) as refusal:
        solve(problem, rules(*specs))
    return refusal.value.conflict.relaxations


def floor(name, group, **limit):
    return {"id": name, "kind": "group_floor", "group": group, **limit}


def test_the_least_change_and_the_fewest_rules_can_be_two_ways():
    """Both floors of 100 ask for 9 too much, 18 % in sum; the cap that keeps both down would rise tenfold."""
    floors = [floor(f"floor-{team}", {"team": team}, at_least=100) for team in "ab"]

    told = ways_out(two_halls(), *floors, {"id": "cap", "kind": "placement_cap", "share": 0.01})

    assert all(each.verified for each in told)
    assert [(each.way, each.rule, each.limit, each.to) for each in told] == [
        (Way.LEAST_CHANGE, "floor-a", 100, 91),
        (Way.LEAST_CHANGE, "floor-b", 100, 91),
        (Way.FEWEST_RULES, "cap", 0.01, 0.1),
    ]


def test_one_way_is_told_where_the_least_change_moves_a_single_rule():
    cap = {"id": "cap", "kind": "group_cap", "group": {"type": "rural"}, "at_most": 45}

    told = ways_out(two_valleys(), floor("rural", {"type": "rural"}, at_least=50), cap)

    assert [(each.way, each.rule, each.to, each.verified) for each in told] == [
        (Way.LEAST_CHANGE, "rural", 45, True)
    ]


def test_a_way_out_of_one_conflict_that_leaves_another_is_none():
    """Each floor alone is above what its placement has; both have to move."""
    problem = problem_from(
        [("a", "live", 1.0), ("b", "mall", 1.0)], {"a": 200, "b": 200}, {"live": 100, "mall": 50}
    )
    problem = replace(problem, producer_attributes={"team": ("a", "b")})

    told = ways_out(
        problem, floor("first", {"team": "a"}, at_least=110), floor("second", {"team": "b"}, at_least=80)
    )

    assert [(each.rule, each.to, each.verified) for each in told] == [
        ("first", 100, True),
        ("second", 50, True),
    ]


def test_promises_are_moved_producer_by_producer():
    problem = replace(two_valleys(), promised=floats([60, 60]))

    told = ways_out(problem)

    assert all(each.rule == "promised" and each.verified for each in told)
    changed = moved(problem, (), told)
    assert solve(*changed).exposure.sum() == pytest.approx(100)


@pytest.mark.parametrize(("yielding", "others", "less"), [("c", "ab", True), ("ab", "c", False)])
def test_the_prices_of_a_way_tell_whether_other_rules_could_spare_change(yielding, others, less):
    """The cap rises tenfold, where the floors of teams a and b together sink by 18 %."""
    floors = [floor(f"floor-{team}", {"team": team}, at_least=100) for team in "ab"]
    posed = pose(two_halls(), rules(*floors, {"id": "cap", "kind": "placement_cap", "share": 0.01}))
    number = dict(zip("abc", range(len(ALWAYS), len(posed.rules)), strict=True))

    way = yielded(posed, [number[each] for each in yielding])

    assert could_spare(posed, way, [number[each] for each in others]) is less
    assert not could_spare(posed, way, [])


@pytest.mark.parametrize(
    ("limit", "is_floor", "told"),
    [(0.4999999999, True, 0.5), (0.66666666, True, 0.666666), (0.33333333, False, 0.333334), (0, True, 0)],
)
def test_limits_are_told_to_six_digits_and_rounded_to_the_easier_side(limit, is_floor, told):
    assert eased(limit, is_floor=is_floor) == told


@pytest.mark.slow
@given(problem=problems())
@settings(max_examples=25, deadline=None)
def test_what_is_said_to_be_verified_resolves_the_conflict(problem):
    obeyed = rules(*specs_for(problem))
    try:
        solve(problem, obeyed)
    except Infeasible as refusal:
        told = refusal.conflict.relaxations
        assert told
        for way in Way:
            moves = [each for each in told if each.way is way]
            if moves and moves[0].verified:
                assert solve(*moved(problem, obeyed, moves)).max_violation <= 1e-6
