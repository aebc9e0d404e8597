from dataclasses import replace

import numpy as np
import pytest
from worlds import rules, two_valleys

from impact.arrays import floats
from impact.matching.pose import pose
from impact.matching.rules.max_min import MaxMin, Settled

INF = float("inf")


def test_until_its_levels_are_found_it_asks_for_nothing():
    (rule,) = rules({"kind": "max_min"})

    assert len(rule.rows(two_valleys())) == 0
    assert len(rule.units(two_valleys(), np.zeros(2))) == 0


def test_settled_it_holds_everybody_to_its_share_of_its_own_level():
    settled = Settled(MaxMin(id="even", share=0.5), floats([0.4, 0.8]))

    rows = settled.rows(two_valleys())

    assert rows.labels == ("hill", "town")
    assert rows.lower == pytest.approx([20, 40])
    assert rows.limit == pytest.approx([0.5, 0.5])
    assert settled.units(two_valleys(), np.zeros(2)) == pytest.approx([40, 80])
    assert (settled.id, settled.kind) == ("even", "max_min")


def test_a_producer_of_unlimited_capacity_has_no_row():
    problem = replace(two_valleys(), capacity=floats([INF, 100]), ceiling=np.empty(0))
    settled = Settled(MaxMin(id="even"), floats([0, 0.3]))

    assert settled.rows(problem).labels == ("town",)
    assert [issue.code for issue in settled.cautions(problem)] == ["producers_without_level"]


def test_its_share_can_be_turned_from_nothing_to_all():
    rule = MaxMin(id="even", share=0.5)
    dial = rule.dial(two_valleys())

    assert (dial.limit, dial.loosest, dial.tightest) == (0.5, 0.0, 1.0)
    assert Settled(rule, np.zeros(2)).dial(two_valleys()) == dial
    assert rule.moved(0.7) == MaxMin(id="even", share=0.7)


def test_what_cannot_be_reached_is_not_asked_for():
    problem = pose(two_valleys(), rules({"kind": "placement_cap", "share": 0.3})).problem

    assert Settled(MaxMin(id="even"), floats([0.5, 0.5])).rows(problem).lower == pytest.approx([30, 30])


@pytest.mark.parametrize(
    ("share", "level", "units"),
    [
        (1.0, [0.0, 0.8], [80]),
        (0.001, [0.4, 0.8], [40, 80]),
        (0.0, [0.4, 0.8], []),
        (1.0, [0.002, 0.0], [0.2]),
    ],
)
def test_rows_and_units_are_of_those_who_are_to_get_something(share, level, units):
    settled = Settled(MaxMin(id="even", share=share), floats(level))

    assert settled.units(two_valleys(), np.zeros(2)).tolist() == pytest.approx(units)
    assert len(settled.rows(two_valleys())) == len(units)


def test_where_nothing_is_said_everybody_rises_at_once_and_all_the_way():
    (rule,) = rules({"kind": "max_min"})

    assert (rule.share, rule.lexicographic, rule.of) == (1.0, False, "capacity")


def test_who_has_no_limit_has_no_floor_to_settle():
    problem = replace(two_valleys(), capacity=floats([INF, 100]), ceiling=np.empty(0))
    settled = Settled(MaxMin(id="even"), floats([0, 0.4]))

    assert settled.rows(problem).labels == ("town",)
    assert settled.rows(problem).lower.tolist() == [40]
    assert settled.units(problem, np.zeros(2)).tolist() == [40]
