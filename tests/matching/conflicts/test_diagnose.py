from dataclasses import replace
from itertools import pairwise

import pytest
from worlds import rules, three_stalls, two_halls, two_valleys

from impact.arrays import floats
from impact.matching.conflicts import certificate
from impact.matching.conflicts.certificate import proved
from impact.matching.conflicts.diagnose import diagnose
from impact.matching.conflicts.yielding import yielded
from impact.matching.plan import Infeasible, Way
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


def told_of(problem, *specs):
    told = []
    with pytest.raises(Infeasible) as refusal:
        solve(problem, rules(*specs), Limits(told=told.append))
    return told, refusal.value.conflict


def test_a_way_out_is_told_before_it_is_known_which_rules_are_needed():
    """The cooperative and the firm want 60 and 100 of 150."""
    firm = {**URBAN, "at_least": 100}

    (proved, with_way, needed), conflict = told_of(three_stalls(), {**RURAL, "share": 0.4}, HARMLESS, firm)

    assert (proved.relaxations, proved.is_minimal) == ((), False)
    assert {"rural", "urban"} <= set(proved.rules) == set(with_way.rules)
    assert proved.proof > 0
    assert [(each.rule, each.to, each.verified) for each in with_way.relaxations] == [("urban", 90, True)]
    assert not with_way.is_minimal
    assert needed == conflict
    assert needed.is_minimal


def test_what_was_told_is_not_taken_back():
    floors = [{**URBAN, "id": team, "group": {"team": team}, "at_least": 100} for team in "ab"]
    cap = {"id": "cap", "kind": "placement_cap", "share": 0.01}

    told, conflict = told_of(two_halls(), *floors, cap)

    assert {each.way for each in conflict.relaxations} == {*Way}
    assert conflict == told[-1]
    for before, after in pairwise(told):
        assert after.relaxations[: len(before.relaxations)] == before.relaxations
        assert set(after.rules) <= set(before.rules)
        assert after.is_minimal >= before.is_minimal


def test_of_a_conflict_of_one_rule_it_is_known_at_once_that_it_is_needed():
    (proved, *_), conflict = told_of(three_stalls(), {**RURAL, "share": None, "at_least": 61})

    assert proved.rules == conflict.rules == ("rural",)
    assert proved.is_minimal


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
