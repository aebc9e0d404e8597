from dataclasses import replace

import numpy as np
import pytest
from worlds import INF, three_stalls

from impact.arrays import floats
from impact.matching.check.owners import welfare_of
from impact.matching.check.welfare import Curve, Ranked

# The cooperative's tea, nuts and the firm's tea; what each product, and each producer, could get alone.
REACHED = floats([150, 20, 130]), floats([60, 130])
EVEN = {"id": "even", "kind": "spread", "weight": 3}


def opened(problem=None, reached=REACHED, **spec):
    return welfare_of(problem or stalls(), {**EVEN, **spec}, reached)


def stalls(**changed):
    return replace(three_stalls(), owed=floats([6, -20]), ceiling=np.empty(0), **changed)


def test_producers_own_their_links_where_nothing_else_is_stated():
    book = opened()

    assert (book.rule, book.weight, book.names) == ("even", 3, ["coop", "firm"])
    assert book.owner_of.tolist() == [0, 0, 0, 1, 1]
    assert (book.capacity.tolist(), book.owed.tolist(), book.most.tolist()) == (
        [60, 200],
        [6, -20],
        [60, 130],
    )
    assert opened(over="producer").owner_of.tolist() == [0, 0, 0, 1, 1]


def test_products_can_be_served_by_their_own_capacity_and_that_of_their_producer():
    book = opened(over="product")

    assert book.names == ["coop-nuts", "coop-tea", "firm-tea"]
    assert book.owner_of.tolist() == [1, 1, 0, 2, 2]
    assert book.capacity.tolist() == [20, 60, 200]
    assert book.owed.tolist() == [0, 0, 0]  # debts are producers'
    assert book.most.tolist() == [20, 60, 130]


def test_groups_own_what_their_producers_do():
    problem = stalls(producer_attributes={"town": ("ford", "ford"), "side": ("left", "right")})

    book = opened(problem, over="town")

    assert book.names == ["ford"]
    assert (book.owner_of.tolist(), book.capacity.tolist()) == ([0] * 5, [260])
    assert (book.owed.tolist(), book.most.tolist()) == ([-14], [190])


def test_owners_within_others_are_told_apart_and_ranked_apart():
    problem = stalls(producer_attributes={"town": ("ford", "ford"), "side": ("right", "left")})

    book = opened(problem, over="town", within="side", weights=(2, 1))

    assert book.names == ["left/ford", "right/ford"]
    assert book.owner_of.tolist() == [1, 1, 1, 0, 0]
    assert isinstance(book.shape, Ranked)
    assert (book.shape.steps, book.shape.cell_of.tolist()) == ((2, 1), [0, 1])


def test_products_within_their_producers():
    book = opened(over="product", within="producer", alpha="infinity")

    assert book.names == ["coop/coop-nuts", "coop/coop-tea", "firm/firm-tea"]
    assert book.owner_of.tolist() == [1, 1, 0, 2, 2]
    assert (book.shape.steps, book.shape.cell_of.tolist()) == ((), [0, 0, 1])


def test_products_within_an_attribute_of_their_producers():
    book = opened(over="product", within="type", alpha="infinity")

    assert book.names == ["rural/coop-nuts", "rural/coop-tea", "urban/firm-tea"]


def test_producers_within_themselves_are_cells_of_one():
    assert opened(within="producer").names == ["coop/coop", "firm/firm"]


@pytest.mark.parametrize("capacity", [INF, 0])
def test_who_has_no_capacity_to_be_measured_by_has_no_ratio(capacity):
    book = opened(stalls(capacity=floats([capacity, 0.5])))

    assert (book.names, book.owner_of.tolist()) == (["firm"], [-1, -1, -1, 0, 0])
    assert (book.capacity.tolist(), book.owed.tolist(), book.most.tolist()) == ([0.5], [-20], [130])


def test_links_of_who_has_no_ratio_belong_to_nobody():
    book = opened(stalls(capacity=floats([INF, 200])), over="product")

    assert book.names == ["coop-nuts", "firm-tea"]
    assert book.owner_of.tolist() == [-1, -1, 0, 1, 1]  # the tea of the cooperative is without limit


def test_of_a_group_only_members_with_a_capacity_count():
    problem = stalls(capacity=floats([INF, 200]), producer_attributes={"town": ("ford", "ford")})

    book = opened(problem, over="town")

    assert (book.capacity.tolist(), book.owed.tolist(), book.most.tolist()) == ([200], [-20], [130])
    assert book.owner_of.tolist() == [-1, -1, -1, 0, 0]


@pytest.mark.parametrize(("most", "names"), [(0, ["firm"]), (0.5, ["coop", "firm"])])
def test_who_cannot_be_reached_at_all_has_no_ratio(most, names):
    book = opened(reached=(floats([most, 0, 130]), floats([most, 130])))

    assert book.names == names
    assert book.owner_of.tolist() == [len(names) - 2] * 3 + [len(names) - 1] * 2


@pytest.mark.parametrize(
    ("stated", "shape"),
    [
        ({}, Curve(0)),
        ({"alpha": 0.5}, Curve(0.5)),
        ({"alpha": 2}, Curve(2)),
        ({"weights": [2, 1]}, (2, 1)),
        ({"weights": (3.0, 1.0, 0.0)}, (3, 1, 0)),
        ({"alpha": "infinity"}, ()),
    ],
)
def test_what_is_stated_says_what_a_spread_is_worth(stated, shape):
    found = opened(**stated).shape

    assert (found.steps if isinstance(found, Ranked) else found) == shape


def test_all_who_are_alike_in_a_cell_are_ranked_together():
    assert opened(weights=[2, 1]).shape.cell_of.tolist() == [0, 0]
