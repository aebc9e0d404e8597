from dataclasses import replace

import numpy as np
import pytest
from worlds import rules, three_stalls, two_valleys

from impact.arrays import floats
from impact.matching.rules import faults
from impact.matching.solve import solve


def test_what_consumers_see_is_good_on_average():
    plan = solve(two_valleys(), rules({"kind": "quality_floor", "minimum": 0.7}))

    assert plan.exposure == pytest.approx([50, 50])  # (0.9 + 0.5) / 2
    assert plan.rules[0].activity == pytest.approx(0.7)


def test_a_floor_by_channel_holds_only_where_it_is_named():
    plan = solve(three_stalls(), rules({"kind": "quality_floor", "minimum": {"mall": 0.6}}))

    assert plan.exposure[1] == pytest.approx(plan.exposure[4])  # in the mall 0.8 and 0.4 in equal parts
    assert plan.exposure[3] > 0  # in the livestream 0.4 is welcome


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ({"minimum": {"tv": 0.5}}, "unknown_value"),
        ({"minimum": 0.5, "by": "segment"}, None),
        ({"minimum": 0.5, "by": "channel"}, None),
    ],
)
def test_a_channel_nobody_has_is_named(spec, code):
    assert [issue.code for issue in faults(three_stalls(), rules({"kind": "quality_floor", **spec}))] == [
        code
    ] * bool(code)


def test_without_channels_there_is_nothing_to_hold():
    problem = replace(two_valleys(), placement_attributes={})

    assert [issue.code for issue in faults(problem, rules({"kind": "quality_floor", "minimum": 0.5}))] == [
        "unknown_attribute"
    ]


def test_unknown_quality_is_said_never_guessed():
    problem = replace(two_valleys(), quality=floats([0.9, float("nan")]))

    (issue,) = faults(problem, rules({"kind": "quality_floor", "minimum": 0.5}))

    assert (issue.code, issue.params["links"]) == ("quality_missing", 1)


def test_one_unit_of_quality_is_all_that_its_channel_shows():
    shown = np.array([1.0, 2, 3, 4, 20])

    for minimum, units in ((0.5, [8, 22]), ({"livestream": 0.5}, [8]), ({"mall": 0.5}, [22])):
        (floor,) = rules({"kind": "quality_floor", "minimum": minimum})
        assert floor.units(three_stalls(), shown).tolist() == units


def test_what_is_shown_above_the_floor_makes_up_for_what_is_below():
    (floor,) = rules({"kind": "quality_floor", "minimum": {"mall": 0.6, "livestream": 0.5}})

    rows = floor.rows(three_stalls())

    assert (rows.labels, rows.lower.tolist(), rows.limit.tolist()) == (
        ("livestream", "mall"),
        [0, 0],
        [0.5, 0.6],
    )
    assert rows.matrix.toarray() == pytest.approx(np.array([[0.3, 0, 0.1, -0.1, 0], [0, 0.2, 0, 0, -0.2]]))


def test_what_is_as_good_as_the_floor_but_for_rounding_neither_helps_nor_harms():
    """An entry of 1e-16 beside one of 0.4 leads the simplex astray."""
    problem = replace(three_stalls(), quality=np.full(5, 0.825))
    (floor,) = rules({"kind": "quality_floor", "minimum": 0.75 * 1.1})

    assert 0.75 * 1.1 != 0.825
    assert not floor.rows(problem).matrix.toarray().any()
