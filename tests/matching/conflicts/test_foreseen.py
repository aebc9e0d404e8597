"""What cannot be by sums alone comes with single moves that mend it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from worlds import rules, three_stalls, two_valleys

from impact.arrays import floats
from impact.matching.conflicts.foreseen import Move, foresee, named
from impact.matching.conflicts.impossible import impossible

RURAL, URBAN = {"type": "rural"}, {"type": "urban"}


def floor(group, name="floor", **limit):
    return {"id": name, "kind": "group_floor", "group": group, **limit}


def cap(group, **limit):
    return {"id": "cap", "kind": "group_cap", "group": group, **limit}


def moves(problem, *specs):
    (found,) = foresee(problem, rules(*specs))
    return found.moves


def test_what_can_be_has_nothing_to_mend():
    assert foresee(three_stalls(), rules(floor(RURAL, at_least=60))) == ()


def test_a_floor_is_lowered_to_what_its_group_can_serve_or_left_out():
    lowered, left_out = moves(three_stalls(), floor(RURAL, at_least=75))

    assert lowered.to == pytest.approx(60, rel=0.01)
    assert lowered.to <= 60
    assert left_out == Move("floor")


def test_a_floor_above_a_cap_is_mended_by_moving_either():
    found = moves(two_valleys(), floor(RURAL, at_least=40), cap(RURAL, at_most=30))

    assert [(each.rule, each.to is None) for each in found] == [
        ("floor", False),
        ("cap", False),
        ("floor", True),
        ("cap", True),
    ]
    assert found[0].to == pytest.approx(30, rel=0.01)
    assert found[1].to == pytest.approx(40, rel=0.01)


def test_a_rule_that_always_holds_is_not_offered_to_move():
    promising = replace(two_valleys(), promised=floats([60, 0]))

    found = moves(promising, floor(URBAN, at_least=50))

    assert {each.rule for each in found} == {"floor"}


def test_what_stands_in_the_way_of_the_rules_is_named_last():
    quality = {"id": "quality", "kind": "quality_floor", "minimum": 0.95}

    (issue,) = impossible(two_valleys(), rules(quality, floor(RURAL, at_least=10)))

    assert named(issue) == ("floor", "quality")


def test_two_impossibilities_are_mended_each_by_itself():
    found = foresee(three_stalls(), rules(floor(RURAL, at_least=75), floor(URBAN, "town", at_least=1e6)))

    assert all(each.moves for each in found)
    assert {move.rule for move in found[0].moves} & {"floor", "town"}


@settings(max_examples=40)
@given(problem=problems())
def test_after_each_move_sums_say_no_more_of_it(problem):
    more = {**specs_for(problem)[-1], "at_least": 16, "id": "more"}
    stated = rules(*specs_for(problem)[:-1], {k: v for k, v in more.items() if k != "at_most"})

    for found in foresee(problem, stated):
        for move in found.moves:
            left = impossible(problem, tuple(moved(stated, move)))
            assert found.issue.params["rules"] not in {issue.params["rules"] for issue in left}


def moved(stated, move):
    """The rules with one of them moved, or left out."""
    for rule in stated:
        if rule.id != move.rule:
            yield rule
        elif move.to is not None:
            yield rule.moved(move.to)
