"""Who pays for a rule, one by one and group by group."""

from dataclasses import replace

import numpy as np
import pytest
from worlds import problem_from, rules, three_stalls, two_valleys

from impact.arrays import floats
from impact.matching.explain.payers import Payer, everybody, payers
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


def test_each_group_is_told_what_it_has_and_how_far_that_is_from_what_it_had():
    before, after = floats([10, 0, 20, 70, 30]), floats([30, 10, 20, 50, 30])

    found = list(payers(three_stalls(), before, after))

    assert found == [
        Payer("type", "rural", 60, 30, pytest.approx(140), pytest.approx(70)),  # 20 of tea at 3, 10 at 1
        Payer("type", "urban", 80, -20, pytest.approx(260), pytest.approx(-80)),
        Payer("region", "330000", 80, -20, pytest.approx(260), pytest.approx(-80)),
        Payer("region", "530000", 60, 30, pytest.approx(140), pytest.approx(70)),
    ]


def test_who_may_be_shown_nowhere_pays_nothing_and_is_not_told():
    problem = problem_from([("tea", "live", 1.0)], {"jam": 9, "tea": 9, "silk": 9}, {"mall": 9, "live": 9})
    named = replace(problem, placement_attributes={"channel": ("mall", "live")})

    found = everybody(named, floats([3]), floats([3]))

    assert [one.value for one in found] == ["tea", "live"]


@pytest.mark.parametrize(("num_values", "is_a_group"), [(100, True), (101, False)])
def test_a_hundred_values_are_groups_and_one_more_are_names(num_values, is_a_group):
    names = [f"p{number}" for number in range(num_values)]
    problem = problem_from([(name, "live", 1.0) for name in names], dict.fromkeys(names, 1.0), {"live": 9})
    given = floats(np.zeros(num_values))

    found = list(payers(replace(problem, producer_attributes={"name": tuple(names)}), given, given))

    assert bool(found) is is_a_group
