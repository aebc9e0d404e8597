"""Numbers of rules are found where they stand, moved one at a time, and told apart by what they differ."""

from math import inf

import pytest

from impact.model import Programme
from impact.programmes.turned import apart, numbers_of, turned

FLOOR = {"id": "hills", "kind": "group_floor", "group": {"tier": ["1", "2"]}, "share": 0.2}
QUALITY = {"id": "taste", "kind": "quality_floor", "by": "channel", "minimum": {"mall": 0.5, "search": 0.4}}
LEVELS = {"id": "worst", "kind": "max_min", "lexicographic": True, "share": 1}


def programme(*rules):
    return Programme("p", "山货", "Hills", 10, rules)


def test_numbers_are_found_by_rule_name_and_for_what_they_are_stated():
    assert numbers_of(programme(FLOOR, QUALITY, LEVELS)) == {
        ("hills", "share"): 0.2,
        ("taste", "minimum", "mall"): 0.5,
        ("taste", "minimum", "search"): 0.4,
        ("worst", "share"): 1.0,
    }


@pytest.mark.parametrize(
    ("place", "rule", "name", "told"),
    [
        (("hills", "share"), 0, "share", 0.3),
        (("taste", "minimum", "mall"), 1, "minimum", {"mall": 0.75, "search": 0.4}),
    ],
    ids=["a number of its own", "one of several"],
)
def test_one_number_is_moved_and_all_else_stays(place, rule, name, told):
    before = programme(FLOOR, QUALITY)

    after = turned(before, place, 1.5)

    assert after.rules[rule] == {**before.rules[rule], name: pytest.approx(told)}
    assert after.rules[1 - rule] == before.rules[1 - rule]
    assert before == programme(FLOOR, QUALITY)


@pytest.mark.parametrize(
    ("rules", "far"),
    [
        ([FLOOR, QUALITY], 0.0),
        ([QUALITY, FLOOR], 0.0),
        ([{**FLOOR, "share": 0.25}, QUALITY], 0.2),
        ([{**FLOOR, "share": 0.0}, QUALITY], 1.0),
        ([{**FLOOR, "share": 0.25}, {**QUALITY, "minimum": {"mall": 0.5, "search": 0.5}}], 0.4),
        ([FLOOR], inf),
        ([{**FLOOR, "group": {"tier": ["1"]}}, QUALITY], inf),
        ([{**FLOOR, "share": None}, QUALITY], inf),
        ([FLOOR, {**QUALITY, "minimum": {"mall": 0.5}}], inf),
        ([FLOOR, QUALITY, LEVELS], inf),
    ],
    ids=[
        "the same",
        "in another order",
        "a number moved",
        "to nothing",
        "two numbers moved",
        "a rule gone",
        "another group",
        "a number gone",
        "for another channel",
        "a rule more",
    ],
)
def test_how_far_two_are_apart_is_what_their_numbers_differ_by(rules, far):
    one, other = programme(FLOOR, QUALITY), programme(*rules)

    assert apart(one, other) == apart(other, one) == pytest.approx(far)
