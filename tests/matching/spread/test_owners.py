"""Who a spread is over, what fills each, and who is left out."""

from dataclasses import replace

import numpy as np
import pytest
from worlds import INF, problem_from, three_stalls

from impact.arrays import floats
from impact.matching.spread.owners import left_out, owners_of
from impact.matching.spread.term import Spread


def market():
    """Five makers of two regions; one of unknown capacity, one of none, one that reaches nobody."""
    problem = problem_from(
        [("a", "feed", 1.0), ("b", "feed", 2.0), ("c", "feed", 3.0), ("d", "feed", 1.0)],
        capacity={"a": 100, "b": 50, "c": INF, "d": 0, "e": 70},
        supply={"feed": 120},
    )
    return replace(
        problem,
        producer_attributes={"region": ("north", "south", "south", "north", "west")},
        owed=floats([20, -10, 5, 0, 0]),
    )


def test_producers_of_known_capacity_that_can_be_reached_are_looked_at():
    owners = owners_of(market(), "producer")

    assert owners.names == ("a", "b")
    assert owners.owner_of.tolist() == [0, 1, -1, -1]
    assert (owners.capacity.tolist(), owners.owed.tolist(), owners.most.tolist()) == (
        [100, 50],
        [20, -10],
        [100, 50],
    )
    assert owners.given(floats([7, 9, 11, 0])).tolist() == [7, 9]


def test_ratios_go_from_nothing_to_all_less_what_is_owed():
    owners = owners_of(market(), "producer")

    assert owners.low.tolist() == pytest.approx([-0.2, 0.2])
    assert owners.high.tolist() == pytest.approx([0.8, 1.2])


def test_who_is_left_out_is_told():
    unlimited, unreachable = left_out(market(), "producer")

    assert unlimited.tolist() == [False, False, True, False, False]
    assert unreachable.tolist() == [False, False, False, True, True]
    (caution,) = Spread(weight=1).cautions(market())
    assert dict(caution.params) == {"rule": "spread", "unlimited": 1, "unreachable": 2}


@pytest.mark.parametrize(("capacity", "said"), [([60, 200], False), ([INF, 200], True), ([0, 200], True)])
def test_who_leaves_nobody_out_is_told_nothing(capacity, said):
    problem = replace(three_stalls(), capacity=floats(capacity), ceiling=np.empty(0))

    assert bool(list(Spread(weight=1).cautions(problem))) is said


def test_groups_have_what_their_members_of_known_capacity_have_together():
    wide = replace(market(), capacity=floats([100, 50, 30, 10, 70]), ceiling=np.empty(0))

    owners = owners_of(wide, "region")

    assert owners.names == ("north", "south")  # nobody of the west can be reached
    assert (owners.capacity.tolist(), owners.owed.tolist()) == ([110, 80], [20, -5])
    assert owners.owner_of.tolist() == [0, 1, 1, 0]


def test_owners_of_one_cell_are_named_by_it_and_compared_with_one_another():
    owners = owners_of(three_stalls(), "product", "type")

    assert owners.names == ("rural/coop-nuts", "rural/coop-tea", "urban/firm-tea")
    assert owners.cell_of.tolist() == [0, 0, 1]
    assert owners.capacity.tolist() == [20, 60, 200]  # what the product can serve, or else its producer
    assert owners.most.tolist() == [20, 60, 130]


def test_debts_are_those_of_producers_not_of_their_products():
    owing = replace(three_stalls(), owed=floats([9, 9]))

    assert owners_of(owing, "product").owed.tolist() == [0, 0, 0]
    assert owners_of(owing, "producer").owed.tolist() == [9, 9]


@pytest.mark.parametrize(
    ("stated", "top"),
    [
        ({"alpha": 1}, 4 * 10 * 200),  # ten times the dearest link, for the largest producer
        ({"alpha": "infinity"}, 4 * 260),  # the dearest link, for all of them
        ({"weights": (2.0, 1.0)}, 4 * 260),
    ],
)
def test_a_weight_is_turned_up_to_where_evenness_clearly_outweighs_any_value(stated, top):
    dial = Spread(weight=3, **stated).dial(three_stalls())

    assert (dial.limit, dial.loosest, dial.tightest) == (3, 0, pytest.approx(top))
    assert Spread(weight=3, **stated).moved(dial.tightest).weight == pytest.approx(top)


def test_faults_of_a_spread_name_the_attribute_and_what_is_known():
    faults = list(
        Spread(weight=1, alpha="infinity", over="colour", within="smell", id="even").faults(three_stalls())
    )

    known = "producer, product, type, region"
    assert [(each.code, dict(each.params)) for each in faults] == [
        ("unknown_attribute", {"rule": "even", "attribute": "colour", "known": known}),
        ("unknown_attribute", {"rule": "even", "attribute": "smell", "known": known}),
    ]


def test_a_spread_over_nobody_is_a_fault():
    nobody = replace(three_stalls(), capacity=floats([INF, INF]), ceiling=np.empty(0))

    (fault,) = Spread(weight=1).faults(nobody)

    assert (fault.code, fault.column, dict(fault.params)) == (
        "spread_over_nobody",
        "spread",
        {"rule": "spread"},
    )
