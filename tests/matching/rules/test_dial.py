from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from worlds import rules, three_stalls

from impact.arrays import floats
from impact.matching.question.published import Published
from impact.matching.rules.dial import Dial
from impact.matching.rules.limits import Supply

RURAL = {"group": {"type": "rural"}}
LOCK = {"kind": "lock", "product": "coop-tea", "placement": "mall"}
BY_CHANNEL = {"kind": "quality_floor", "minimum": {"mall": 0.6, "livestream": 0.2}}


def published_stalls():
    """Three stalls (150 exposures of supply in all) of which a plan was published."""
    return replace(three_stalls(), published=Published(floats(np.ones(5))))


# what a rule states, where its limit stands, where it asks for nothing, where for most
@pytest.mark.parametrize(
    ("spec", "dial"),
    [
        ({"kind": "group_floor", **RURAL, "share": 0.3}, (0.3, 0, 1)),
        ({"kind": "group_floor", **RURAL, "at_least": 7}, (7, 0, 150)),
        ({"kind": "group_floor", **RURAL, "at_least": 170}, (170, 0, 170)),
        ({"kind": "group_cap", **RURAL, "share": 0.3}, (0.3, 1, 0)),
        ({"kind": "group_cap", **RURAL, "at_most": 7}, (7, 150, 0)),
        ({"kind": "group_cap", **RURAL, "at_most": 170}, (170, 170, 0)),
        ({"kind": "producer_floor", "of_capacity": 0.2}, (0.2, 0, 1)),
        ({"kind": "placement_cap", "share": 0.4}, (0.4, 1, 0)),
        ({"kind": "quality_floor", "minimum": 0.5}, (0.5, 0, 1)),
        ({"kind": "group_ratio", "by": "type", "minimum": 0.5}, (0.5, 0, 1)),
        ({"kind": "churn", "share": 0.2}, (0.2, 2, 0)),
        ({**LOCK, "at_least": 7}, (7, 0, 150)),
        ({**LOCK, "at_least": 170}, (170, 0, 170)),
        ({**LOCK, "at_most": 7}, (7, 150, 0)),
        ({**LOCK, "at_most": 170}, (170, 170, 0)),
    ],
)
def test_a_limit_can_be_turned_from_asking_for_nothing_to_asking_for_most(spec, dial):
    (rule,) = rules(spec)

    assert rule.dial(published_stalls()) == Dial(*map(float, dial))


@pytest.mark.parametrize("spec", [BY_CHANNEL, {**LOCK, "at_least": 2, "at_most": 9}])
def test_who_states_several_limits_has_no_one_dial(spec):
    (rule,) = rules(spec)

    assert rule.dial(published_stalls()) is None


def test_what_comes_with_the_tables_cannot_be_turned():
    assert Supply().dial(three_stalls()) is None
    assert Supply().moved(3.0) is None


@pytest.mark.parametrize(
    ("spec", "to", "stated"),
    [
        ({"kind": "group_floor", **RURAL, "share": 0.3}, 0.5, {"share": 0.5, "at_least": None}),
        ({"kind": "group_floor", **RURAL, "at_least": 7}, 9, {"at_least": 9, "share": None}),
        ({"kind": "group_cap", **RURAL, "share": 0.3}, 0.5, {"share": 0.5, "at_most": None}),
        ({"kind": "group_cap", **RURAL, "at_most": 7}, 9, {"at_most": 9, "share": None}),
        ({"kind": "producer_floor", "of_capacity": 0.2}, 0.5, {"of_capacity": 0.5}),
        ({"kind": "placement_cap", "share": 0.4}, 0.5, {"share": 0.5}),
        ({"kind": "quality_floor", "minimum": 0.5}, 0.4, {"minimum": 0.4}),
        ({"kind": "group_ratio", "by": "type", "minimum": 0.5}, 0.4, {"minimum": 0.4}),
        ({"kind": "churn", "share": 0.2}, 0.5, {"share": 0.5}),
        ({**LOCK, "at_least": 7}, 5, {"at_least": 5, "at_most": None}),
        ({**LOCK, "at_most": 7}, 9, {"at_least": 0, "at_most": 9}),
        ({**LOCK, "at_most": 7}, 3, {"at_least": 0, "at_most": 3}),
        ({**LOCK, "at_least": 7}, 9, {"at_least": 9, "at_most": None}),
        ({**LOCK, "at_least": 2, "at_most": 9}, 1, {"at_least": 1, "at_most": 9}),
        ({**LOCK, "at_least": 2, "at_most": 9}, 11, {"at_least": 2, "at_most": 11}),
        ({**LOCK, "at_least": 2, "at_most": 9}, 5, {"at_least": 2, "at_most": 9}),
    ],
)
def test_a_moved_rule_states_its_limit_elsewhere_and_nothing_else(spec, to, stated):
    (rule,) = rules(spec)

    moved = rule.moved(to)

    assert moved == replace(rule, **stated)


def test_of_several_floors_the_one_named_is_moved():
    (rule,) = rules(BY_CHANNEL)

    assert rule.moved(0.3, "mall").minimum == {"mall": 0.3, "livestream": 0.2}


@pytest.mark.parametrize(("loosest", "tightest", "floor"), [(0, 1, True), (1, 0, False), (5, 5, True)])
def test_a_floor_is_easier_lower(loosest, tightest, floor):
    assert Dial(5, loosest, tightest).is_floor is floor


def test_a_rule_is_never_changed_only_replaced():
    (rule,) = rules({"kind": "placement_cap", "share": 0.4})

    with pytest.raises(FrozenInstanceError):
        rule.share = 0.5
