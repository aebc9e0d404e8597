"""What cannot be shows from sums alone."""

from dataclasses import replace
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from worlds import problem_from, rules, three_stalls, two_valleys

from impact.arrays import floats
from impact.matching.conflicts.impossible import impossible
from impact.matching.plan import Infeasible
from impact.matching.solve import solve

RURAL, URBAN, ALL = {"type": "rural"}, {"type": "urban"}, {"channel": "livestream"}


def told(problem, *specs):
    found = impossible(problem, rules(*specs))
    return [(i.code, i.params["rules"], i.params["asked"], i.params["most"]) for i in found]


def floor(group, name="floor", **limit):
    return {"id": name, "kind": "group_floor", "group": group, **limit}


def cap(group, **limit):
    return {"id": "cap", "kind": "group_cap", "group": group, **limit}


def lock(**limit):
    return {"id": "lock", "kind": "lock", "product": "coop-tea", "placement": "mall", **limit}


def test_a_floor_above_what_its_group_can_serve():
    assert told(three_stalls(), floor(RURAL, at_least=61)) == [("group_floor_above_reach", "floor", 61, 60)]
    assert told(three_stalls(), floor(RURAL, at_least=60)) == []


def test_a_share_of_supply_above_what_its_group_can_serve():
    found = told(three_stalls(), floor(RURAL, share=0.5, of="supply"))

    assert found == [("group_floor_above_reach", "floor", 75, 60)]


def test_a_floor_above_what_its_placements_give():
    assert told(three_stalls(), floor({"channel": "mall"}, at_least=51)) == [
        ("group_floor_above_reach", "floor", 51, 50)
    ]


def test_a_cap_on_single_links_counts_in_what_a_group_can_reach():
    dominance = {"kind": "placement_cap", "share": 0.25}

    assert told(two_valleys(), floor(RURAL, at_least=30), dominance)[0][2:] == (30, 25)


def test_floors_of_separate_groups_that_sum_past_supply():
    found = told(two_valleys(), floor(RURAL, share=0.7, of="supply"), floor(URBAN, "town", at_least=50))

    assert found == [("floors_above_all", "floor, town", 120, 100)]


def test_floors_of_groups_that_overlap_are_not_added_up():
    assert told(two_valleys(), floor(RURAL, at_least=70), floor(ALL, "live", at_least=70)) == []


def test_a_promise_outside_a_group_is_added_to_its_floor_and_one_inside_is_not():
    promising = replace(two_valleys(), promised=floats([60, 0]))

    assert told(promising, floor(URBAN, at_least=50)) == [("floors_above_all", "promised, floor", 110, 100)]
    assert told(promising, floor(RURAL, at_least=50)) == []


def test_floors_of_all_producers_that_sum_past_supply():
    everyone = {"id": "everyone", "kind": "producer_floor", "of_capacity": 0.6}

    assert told(two_valleys(), everyone) == [("floors_above_all", "everyone", 120, 100)]


@pytest.mark.parametrize(
    ("limit", "most", "why"),
    [
        ({"at_least": 51}, 50, "the placement has 50"),
        ({"at_least": 51, "at_most": 60}, 50, "its own ceiling is higher and no reason"),
    ],
)
def test_a_lock_above_its_links_ceiling(limit, most, why):
    assert ("lock_above_ceiling", "lock", 51, most) in told(three_stalls(), lock(**limit)), why


def test_a_floor_above_a_cap_of_the_same_group():
    found = told(two_valleys(), floor(RURAL, at_least=40), cap(RURAL, share=0.3))

    assert found == [("group_floor_above_cap", "floor, cap", 40, 30)]


def test_a_share_above_a_capped_share_is_possible_while_nothing_has_to_be_given():
    shares = floor(RURAL, share=0.4), cap(RURAL, share=0.3)

    assert told(two_valleys(), *shares) == []
    assert told(two_valleys(), *shares, floor(ALL, "some", at_least=10)) == [
        ("group_floor_above_cap", "floor, cap, some", 40, 30)
    ]


def test_a_quality_nothing_in_a_channel_has_closes_it_to_those_who_need_it():
    quality = {"id": "quality", "kind": "quality_floor", "minimum": 0.95}

    assert told(two_valleys(), quality) == []  # nothing need be shown
    (issue,) = impossible(two_valleys(), rules(quality, floor(RURAL, at_least=10)))
    assert (issue.code, issue.params["rule"], issue.params["where"]) == (
        "quality_above_best",
        "quality",
        "livestream",
    )
    assert (issue.params["rules"], issue.params["most"]) == ("floor", 0)


@pytest.mark.slow
@given(problem=problems())
@settings(max_examples=60, deadline=None)
def test_whatever_is_named_cannot_be(problem):
    more = {**specs_for(problem)[-1], "at_least": 16, "at_most": None, "id": "more"}
    obeyed = rules(*specs_for(problem)[:-1], {k: v for k, v in more.items() if v is not None})

    if impossible(problem, obeyed):
        with pytest.raises(Infeasible):
            solve(problem, obeyed)


@pytest.mark.slow
def test_a_hundred_thousand_links_take_less_than_a_fifth_of_a_second_of_computing():
    rng = np.random.default_rng(0)
    grid = [(f"p{i}", f"s{j}", 1.0) for i in range(2000) for j in rng.choice(200, 50, replace=False)]
    problem = problem_from(grid, {f"p{i}": 10 for i in range(2000)}, {f"s{j}": 70 for j in range(200)})
    halves = tuple("ab"[i % 2] for i in range(2000))
    problem = replace(problem, producer_attributes={"type": halves})
    asked = rules(
        floor({"type": "a"}, at_least=5_000),
        floor({"type": "b"}, "b", share=0.4, of="supply"),
        cap({"type": "a"}, share=0.9),
        {"kind": "producer_floor", "of_capacity": 0.1},
        {"kind": "placement_cap", "share": 0.5},
    )

    seconds = []
    for _ in range(5):
        start = process_time()
        assert impossible(problem, asked) == ()
        seconds.append(process_time() - start)

    assert min(seconds) < 0.2
