"""A rule is told as it was asked for, as it stands, and by what giving way a little would gain."""

from dataclasses import replace

import pytest
from reports.hamlets import shown

from impact.errors import Issue
from impact.matching.plan import RuleOutcome
from impact.reports.standing import standings


def told(*asked, warnings=(), price=2.0):
    """How rules of these specs stand that all cost `price`."""
    solved = shown()
    outcomes = tuple(
        RuleOutcome(spec["id"], spec["kind"], 0.0, 0.0, 0.0, price, binding=True, tightest="")
        for spec in reversed(asked)
    )
    return standings(
        replace(
            solved,
            programme=replace(solved.programme, rules=asked),
            plan=replace(solved.plan, rules=outcomes, warnings=warnings),
        )
    )


@pytest.mark.parametrize(
    ("spec", "unit", "gain"),
    [
        ({"kind": "producer_floor"}, "share", 0.02),
        ({"kind": "placement_cap"}, "share", 0.02),
        ({"kind": "max_min"}, "share", 0.02),
        ({"kind": "group_ratio"}, "share", 0.02),
        ({"kind": "churn"}, "share", 0.02),
        ({"kind": "quality_floor"}, "quality", 0.02),
        ({"kind": "lock"}, "amount", 2000),
        ({"kind": "group_floor", "share": 0.1}, "share", 0.02),
        ({"kind": "group_floor", "at_least": 500}, "amount", 2000),
        ({"kind": "group_cap", "share": None, "at_most": 500}, "amount", 2000),
    ],
)
def test_a_rule_gives_way_by_a_hundredth_or_by_a_thousand_exposures(spec, unit, gain):
    (found,) = told({"id": "r", **spec})

    assert (found.unit, found.gain) == (unit, pytest.approx(gain))


def test_rules_stand_in_the_order_asked_each_with_what_is_said_of_it():
    said = Issue("floor_above_reach", params={"rule": "b"})
    of_nobody = Issue("slow")

    first, second = told(
        {"id": "a", "kind": "lock"}, {"id": "b", "kind": "churn"}, warnings=(said, of_nobody)
    )

    assert [(each.outcome.id, each.spec["kind"]) for each in (first, second)] == [
        ("a", "lock"),
        ("b", "churn"),
    ]
    assert (first.cautions, second.cautions) == ((), (said,))
