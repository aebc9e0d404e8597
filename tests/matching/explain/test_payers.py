"""Who pays for a rule, one by one and group by group."""

import pytest
from worlds import rules, three_stalls, two_valleys

from impact.matching.explain.payers import everybody, payers
from impact.matching.solve import solve

FLOOR = {"kind": "group_floor", "group": {"type": "rural"}, "share": 0.3}


def test_what_one_group_gets_another_pays():
    before, after = solve(two_valleys(), ()), solve(two_valleys(), rules(FLOOR))

    found = {one.value: one for one in payers(two_valleys(), before.exposure, after.exposure)}

    assert (found["rural"].exposure, found["rural"].exposure_change) == pytest.approx((30, 30))
    assert (found["urban"].exposure, found["urban"].exposure_change) == pytest.approx((70, -30))
    assert (found["rural"].worth_change, found["urban"].worth_change) == pytest.approx((15, -30))


def test_groups_of_each_attribute_have_all_there_is():
    problem = three_stalls()
    before, after = solve(problem, ()), solve(problem, rules({**FLOOR, "share": 0.39}))

    for each, told in ((payers, {"type", "region"}), (everybody, {"type", "region", "producer", "segment"})):
        found = list(each(problem, before.exposure, after.exposure))
        assert {one.attribute for one in found} >= told
        for attribute in told:
            groups = [one for one in found if one.attribute == attribute]
            assert sum(one.exposure for one in groups) == pytest.approx(after.exposure.sum())
            assert sum(one.worth_change for one in groups) == pytest.approx(after.worth - before.worth)


def test_an_attribute_of_too_many_values_is_a_name_and_no_group():
    plan = solve(three_stalls(), ())

    assert list(payers(three_stalls(), plan.exposure, plan.exposure, most_values=1)) == []


def test_everybody_is_there_once():
    plan = solve(three_stalls(), ())

    found = list(everybody(three_stalls(), plan.exposure, plan.exposure))

    assert [one.value for one in found if one.attribute == "producer"] == ["coop", "firm"]
    assert {one.exposure_change for one in found} == {0.0}
