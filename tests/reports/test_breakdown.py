"""Who got what: groups re-add to the plan."""

import pytest
from shelves import valley

from impact.reports.breakdown import attributes, breakdown
from impact.reports.flows import flows


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
