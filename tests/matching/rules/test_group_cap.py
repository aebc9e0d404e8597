import pytest
from pydantic import ValidationError
from worlds import rules, three_stalls, two_valleys

from impact.matching.solve import solve


def test_a_cap_gives_the_rest_to_others():
    plan = solve(two_valleys(), rules({"kind": "group_cap", "group": {"type": "urban"}, "share": 0.4}))

    assert plan.exposure == pytest.approx([60, 40])


def test_a_cap_in_exposures_leaves_supply_unused_where_nobody_else_can_take_it():
    plan = solve(three_stalls(), rules({"kind": "group_cap", "group": {"type": "urban"}, "at_most": 10}))

    assert plan.exposure.sum() == pytest.approx(70)  # 60 is all the cooperative can serve
    assert plan.rules[0].price == pytest.approx(4)  # one more to the firm in the livestream


def test_at_least_is_not_a_word_of_caps():
    with pytest.raises(ValidationError):
        rules({"kind": "group_cap", "group": {"type": "urban"}, "at_least": 10})


def test_a_group_can_be_given_nothing_at_all():
    nothing = rules({"kind": "group_cap", "group": {"type": "urban"}, "at_most": 0})

    rows, plan = nothing[0].rows(two_valleys()), solve(two_valleys(), nothing)

    assert (rows.upper.tolist(), rows.limit.tolist()) == ([0], [0])
    assert plan.exposure == pytest.approx([100, 0])
