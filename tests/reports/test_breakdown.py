"""Who got what: groups re-add to the plan."""

import pytest
from reports.hamlets import N_GIFTS, N_TEA, S_GIFTS, S_TEA, hamlet, shown
from shelves import valley
from valleys import NORTH, SOUTH

from impact.reports.breakdown import Slice, attributes, breakdown
from impact.reports.flows import Flow, flows


@pytest.mark.parametrize("attribute", attributes(valley().problem))
def test_groups_add_up_to_the_plan(attribute):
    solved = valley()

    slices = breakdown(solved, attribute).slices

    assert sum(one.exposure for one in slices) == pytest.approx(solved.plan.exposure.sum())
    assert sum(one.exposure_share for one in slices) == pytest.approx(1)
    assert sum(one.yardstick_share for one in slices) == pytest.approx(1)


def test_groups_of_producers_are_measured_against_their_capacity():
    crafts = next(one for one in breakdown(valley(), "type").slices if one.value == "craft")

    assert crafts.num_members == 1
    assert crafts.yardstick_share == pytest.approx(8_000 / 457_000)


def test_groups_of_placements_are_measured_against_their_supply():
    found = breakdown(valley(), "channel")

    assert found.yardstick == "supply"
    assert [one.yardstick_share for one in found.slices] == pytest.approx([1 / 3] * 3)


def test_the_largest_group_comes_first():
    shares = [one.exposure for one in breakdown(valley(), "region").slices]

    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize("num_targets", [0, 2, 100])
def test_flows_and_the_rest_add_up_to_the_plan(num_targets):
    solved = valley()

    found = flows(solved, "macro_region", "interest", num_targets)

    assert sum(flow.exposure for flow in found) == pytest.approx(solved.plan.exposure.sum())
    assert len({flow.target for flow in found if flow.target}) <= num_targets


def test_nothing_flows_from_those_who_reach_nobody():
    found = flows(valley(), "type", "channel", 100)

    assert {flow.origin for flow in found} == {"specialty", "belt", "craft", "firm"}
    assert all(flow.exposure > 0 for flow in found)
    assert None not in {flow.target for flow in found}


def test_smaller_targets_come_last_under_no_name():
    targets = [flow.target for flow in flows(valley(), "macro_region", "interest", 1)]

    assert targets[0] == "fresh_fruit"
    assert targets[-1] is None


def test_each_group_is_told_with_its_members_what_they_got_and_what_they_could_serve():
    found = breakdown(shown(green=30, lantern=70), "type")

    assert (found.attribute, found.yardstick) == ("type", "capacity")
    assert found.slices == (
        Slice("craft", 1, 1, 70, 0.7, 0),  # of unknown capacity: it does not count
        Slice("farm", 1, 1, 30, 0.3, 0.25),  # 200 of 800
        Slice("firm", 1, 0, 0, 0, 0.75),
    )


def test_a_group_counts_those_of_its_members_who_got_anything():
    (north, south) = breakdown(shown(green=30), "region").slices

    assert (north.value, north.num_members, north.num_reached) == (NORTH, 2, 1)
    assert (south.value, south.num_members, south.num_reached) == (SOUTH, 1, 0)


def test_where_nobody_got_anything_all_shares_are_nothing():
    assert [one.exposure_share for one in breakdown(shown(), "type").slices] == [0, 0, 0]


def test_attributes_of_producers_come_before_those_of_placements():
    assert attributes(shown().problem) == (
        "type",
        "size",
        "tier",
        "programme",
        "region",
        "macro_region",
        "economic_region",
        "channel",
        "segment",
        "interest",
    )


def test_flows_go_from_each_origin_to_the_largest_targets_the_largest_first():
    solved = hamlet(
        {
            ("green", f"{N_TEA}-live"): 10,
            ("green", f"{N_GIFTS}-live"): 40,
            ("black", f"{S_TEA}-mall"): 20,
            ("lantern", f"{S_GIFTS}-mall"): 5,
        }
    )

    assert flows(solved, "region", "segment", 2) == (
        Flow(NORTH, N_GIFTS, 40),
        Flow(SOUTH, S_TEA, 20),
        Flow(NORTH, None, 15),  # to all the others
    )
    assert flows(solved, "region", "interest", 1) == (
        Flow(NORTH, "gifts", 45),
        Flow(SOUTH, None, 20),
        Flow(NORTH, None, 10),
    )


def test_of_targets_that_got_the_same_the_first_by_name_is_told():
    even = hamlet({("green", f"{N_TEA}-live"): 10, ("green", f"{N_GIFTS}-live"): 10})

    assert flows(even, "type", "interest", 1) == (Flow("farm", "gifts", 10), Flow("farm", None, 10))
