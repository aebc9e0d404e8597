"""What keeps a rule from being applied, and what of it can hold only in part: named in full."""

from dataclasses import replace

import numpy as np
import pytest
from worlds import rules, three_stalls

from impact.arrays import floats, ints
from impact.errors import Issue
from impact.matching.question.published import Published
from impact.matching.rules import ALWAYS, faults

INF, NAN = float("inf"), float("nan")
FLOOR = {"id": "f", "kind": "group_floor", "share": 0.1}
LOCK = {"id": "l", "kind": "lock", "at_least": 1}
QUALITY = {"id": "q", "kind": "quality_floor"}
RATIO = {"id": "r", "kind": "group_ratio", "minimum": 0.5}


def stalls(**changed):
    return replace(three_stalls(), ceiling=np.empty(0), **changed)


def fault(code, **params):
    return Issue(code, file="problem.json", column="rules", params=params)


@pytest.mark.parametrize(
    ("spec", "changed", "found"),
    [
        (
            {**FLOOR, "group": {"colour": "red"}},
            {},
            fault(
                "unknown_attribute",
                rule="f",
                attribute="colour",
                known="category, channel, region, segment, type",
            ),
        ),
        ({**FLOOR, "group": {"category": "wool"}}, {}, fault("group_without_links", rule="f")),
        (
            {**FLOOR, "group": {"category": "nuts", "channel": "mall"}},
            {},
            fault("group_without_links", rule="f"),
        ),
        (
            {**LOCK, "product": "wool", "placement": "mall"},
            {},
            fault("lock_without_link", rule="l", product="wool", placement="mall"),
        ),
        (
            {**LOCK, "product": "coop-tea", "placement": "radio"},
            {},
            fault("lock_without_link", rule="l", product="coop-tea", placement="radio"),
        ),
        (
            {**LOCK, "product": "coop-nuts", "placement": "mall"},  # both are there, a link is not
            {},
            fault("lock_without_link", rule="l", product="coop-nuts", placement="mall"),
        ),
        (
            {**QUALITY, "minimum": 0.5},
            {"placement_attributes": {"season": ("may", "june"), "segment": ("a", "b")}},
            fault("unknown_attribute", rule="q", attribute="channel", known="season, segment"),
        ),
        (
            {**QUALITY, "minimum": {"mall": 0.5, "radio": 0.5}},
            {},
            fault("unknown_value", rule="q", attribute="channel", value="radio", known="livestream, mall"),
        ),
        (
            {**QUALITY, "minimum": 0.5},
            {"quality": floats([NAN, 0.5, NAN, 0.5, 0.5])},
            fault("quality_missing", rule="q", links=2),
        ),
        (
            {**RATIO, "by": "colour"},
            {},
            fault("unknown_attribute", rule="r", attribute="colour", known="type, region, producer"),
        ),
        (
            {**RATIO, "by": "type", "within": "colour"},
            {},
            fault("unknown_attribute", rule="r", attribute="colour", known="type, region, producer"),
        ),
        (
            {**RATIO, "by": "type"},
            {"capacity": floats([60, INF])},
            fault("capacity_unlimited", rule="r", producers=1, first="firm"),
        ),
        ({"id": "c", "kind": "churn", "share": 0.1}, {}, fault("published_missing", rule="c")),
        (
            {"id": "c", "kind": "churn", "share": 0.1},
            {"published": Published(floats(np.zeros(5)))},
            fault("published_missing", rule="c"),
        ),
        ({**FLOOR, "id": "supply", "group": {"type": "rural"}}, {}, fault("rule_id_taken", rule="supply")),
    ],
)
def test_what_keeps_a_rule_from_being_applied_is_named(spec, changed, found):
    assert list(faults(stalls(**changed), rules(spec))) == [found]


@pytest.mark.parametrize(
    "spec",
    [
        {**FLOOR, "group": {"category": ["wool", "tea"], "channel": "mall"}},
        {**QUALITY, "minimum": 0.5, "by": "segment"},
        {**QUALITY, "minimum": {"mall": 0.5}},
        {**RATIO, "by": "producer"},
        {**RATIO, "by": "producer", "within": "type"},
        {"id": "c", "kind": "churn", "share": 0.1},
        {**LOCK, "product": "firm-tea", "placement": "mall"},
    ],
)
def test_what_can_be_applied_meets_no_fault(spec):
    published = Published(floats(np.zeros(5)), ints([0]), ints([0]), floats([0.5]))

    assert list(faults(stalls(published=published), rules(spec))) == []


def test_every_fault_of_every_rule_is_named_at_once():
    obeyed = rules(
        {**FLOOR, "group": {"colour": "red", "smell": "sweet"}}, {**RATIO, "by": "a", "within": "b"}
    )

    found = faults(stalls(capacity=floats([INF, INF])), (*obeyed, *obeyed))

    assert [(issue.code, issue.params["rule"]) for issue in found] == [
        ("unknown_attribute", "f"),
        ("unknown_attribute", "f"),
        ("unknown_attribute", "r"),
        ("unknown_attribute", "r"),
        ("capacity_unlimited", "r"),
        ("rule_id_taken", "f"),
        ("unknown_attribute", "f"),
        ("unknown_attribute", "f"),
        ("rule_id_taken", "r"),
        ("unknown_attribute", "r"),
        ("unknown_attribute", "r"),
        ("capacity_unlimited", "r"),
    ]


@pytest.mark.parametrize(
    ("spec", "changed", "caution"),
    [
        (
            {"id": "p", "kind": "producer_floor", "of_capacity": 0.7},  # 140 of which 130 can be reached
            {},
            Issue("floor_above_reach", params={"rule": "p", "producers": 1, "first": "firm"}),
        ),
        (
            {**RATIO, "by": "producer"},
            {"capacity": floats([0, 200])},
            Issue("groups_out_of_reach", params={"rule": "r", "groups": "coop"}),
        ),
        (
            {**RATIO, "by": "producer", "within": "type"},
            {"max_exposure": floats([0, 0, 0, 0, 0])},
            Issue("groups_out_of_reach", params={"rule": "r", "groups": "rural/coop, urban/firm"}),
        ),
        (
            {"id": "c", "kind": "churn", "share": 0.1},
            {"published": Published(floats(np.ones(5)), ints([0]), ints([0]), floats([0.5]))},
            Issue("published_links_gone", params={"rule": "c", "exposure": 0.5}),
        ),
        (
            {"id": "m", "kind": "max_min"},
            {"capacity": floats([60, INF])},
            Issue("producers_without_level", params={"rule": "m", "producers": 1, "first": "firm"}),
        ),
        (
            {"id": "m", "kind": "max_min"},
            {"owed": floats([0, -5])},
            Issue("levels_without_debts", params={"rule": "m", "producers": 1}),
        ),
        ({"id": "m", "kind": "max_min"}, {}, None),
        ({"id": "p", "kind": "producer_floor", "of_capacity": 0.65}, {}, None),  # just what can be reached
        ({"id": "p", "kind": "producer_floor", "of_capacity": 1}, {"capacity": floats([60, INF])}, None),
        ({**RATIO, "by": "producer"}, {}, None),
        ({**RATIO, "by": "producer"}, {"capacity": floats([0.5, 200])}, None),
        (
            {"id": "c", "kind": "churn", "share": 0.1},
            {"published": Published(floats(np.ones(5)))},
            None,
        ),
        ({"id": "d", "kind": "placement_cap", "share": 0.1}, {}, None),
    ],
)
def test_what_can_hold_only_in_part_is_said(spec, changed, caution):
    (rule,) = rules(spec)

    assert list(rule.cautions(stalls(**changed))) == [caution] * bool(caution)


def test_a_promise_beyond_reach_is_told_by_the_first_who_meets_it():
    problem = stalls(promised=floats([61, 131]))

    (caution,) = [issue for rule in ALWAYS for issue in rule.cautions(problem)]

    assert dict(caution.params) == {"rule": "promised", "producers": 2, "first": "coop"}
