from dataclasses import replace

import pytest
from worlds import rules, three_stalls, two_valleys

from impact.arrays import floats
from impact.matching.conflicts import certificate
from impact.matching.conflicts.certificate import proved
from impact.matching.conflicts.diagnose import diagnose
from impact.matching.conflicts.yielding import yielded
from impact.matching.plan import Infeasible
from impact.matching.pose import pose
from impact.matching.solve import Limits, solve
from impact.matching.solvers.warm import solve_from

RURAL = {"id": "rural", "kind": "group_floor", "group": {"type": "rural"}, "of": "supply", "share": 0.7}
URBAN = {"id": "urban", "kind": "group_floor", "group": {"type": "urban"}, "at_least": 50}
HARMLESS = {"id": "quality", "kind": "quality_floor", "minimum": 0.2}


def conflict_of(problem, *specs):
    with pytest.raises(Infeasible) as refusal:
        solve(problem, rules(*specs))
    return refusal.value.conflict


def test_two_floors_that_want_more_than_there_is_are_named_and_only_they():
    conflict = conflict_of(two_valleys(), RURAL, HARMLESS, URBAN)

    assert conflict.rules == ("rural", "urban")
    assert conflict.proof > 0


def test_the_way_out_is_given_in_the_rules_own_units():
    (way_out,) = conflict_of(two_valleys(), RURAL, HARMLESS, URBAN).relaxations

    assert (way_out.rule, way_out.limit, way_out.to) == ("rural", 0.7, pytest.approx(0.5))


def test_moving_the_rule_as_told_resolves_the_conflict():
    (way_out,) = conflict_of(two_valleys(), RURAL, URBAN).relaxations

    plan = solve(two_valleys(), rules({**RURAL, "share": way_out.to}, URBAN))

    assert plan.exposure == pytest.approx([50, 50])


def test_one_rule_can_be_impossible_alone():
    conflict = conflict_of(three_stalls(), {**RURAL, "share": None, "at_least": 61})

    assert conflict.rules == ("rural",)
    assert conflict.relaxations[0].to == pytest.approx(60)  # all the cooperative can serve


def test_a_promise_can_be_part_of_a_conflict():
    problem = replace(two_valleys(), promised=floats([60, 0]))

    conflict = conflict_of(problem, {**URBAN, "at_least": 41})

    assert conflict.rules == ("promised", "urban")


def test_a_cap_in_a_conflict_is_moved_upwards():
    cap = {"id": "cap", "kind": "group_cap", "group": {"type": "rural"}, "at_most": 10}
    quality = {"id": "quality", "kind": "quality_floor", "minimum": 0.86}
    everyone = {"id": "everyone", "kind": "group_floor", "group": {"channel": "livestream"}, "at_least": 20}

    conflict = conflict_of(two_valleys(), cap, quality, everyone)

    assert set(conflict.rules) == {"cap", "quality", "everyone"}


def test_what_the_answer_that_failed_has_proved_is_not_proved_again():
    posed = pose(two_valleys(), rules(RURAL, HARMLESS, URBAN))
    found = solve_from(posed.program, None, 10)

    assert proved(posed, found).certificate.rules == tuple(
        number for number, rule in enumerate(posed.rules) if rule.id in ("rural", "urban")
    )
    assert diagnose(posed, found).rules == diagnose(posed).rules == ("rural", "urban")


def test_an_answer_without_a_proof_proves_nothing():
    posed = pose(two_valleys(), rules(RURAL, HARMLESS))

    assert proved(posed, solve_from(posed.program, None, 10)) is None
    assert proved(posed, None) is None


def test_a_conflict_is_told_once_it_is_proved_and_again_with_each_way_out():
    told = []

    with pytest.raises(Infeasible) as refusal:
        solve(two_valleys(), rules(RURAL, HARMLESS, URBAN), Limits(told=told.append))

    first, last = told
    assert (first.relaxations, last) == ((), refusal.value.conflict)
    assert {"rural", "urban"} <= set(first.rules)
    assert first.proof > 0


@pytest.mark.parametrize(
    ("kept", "closes", "why"),
    [
        (("urban",), True, "the rural floor, which gave way, is left out"),
        (("rural",), True, "with the urban floor out the rural one can be kept"),
        (("rural", "urban"), False, "they conflict"),
    ],
)
def test_what_gave_way_is_made_up_for_only_where_a_rule_of_the_conflict_is_left_out(kept, closes, why):
    posed = pose(two_valleys(), rules(RURAL, HARMLESS, URBAN))
    number = {rule.id: place for place, rule in enumerate(posed.rules)}
    way = yielded(posed, [number["rural"], number["urban"]])

    assert certificate.closes(posed, way, [number[name] for name in kept]) is closes, why
