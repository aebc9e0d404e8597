"""A problem is sound from birth, can be written to by nobody, and knows what each can get at most."""

from dataclasses import replace

import numpy as np
import pytest
from reports.hamlets import N_TEA, goods
from valleys import NORTH, SOUTH
from worlds import INF, three_stalls, two_valleys

from impact.arrays import floats, ints
from impact.matching.question.problem import problem_of
from impact.matching.question.published import Published
from impact.matching.question.saturation import Saturation
from impact.pipeline import link

NAN = float("nan")


@pytest.mark.parametrize(
    ("changed", "said", "why"),
    [
        ({"capacity": floats([1])}, "2 values in capacity, got 1", "one of two producers"),
        ({"promised": floats([1, 2, 3])}, "2 values in promised, got 3", "a producer too many"),
        ({"owed": floats([1])}, "2 values in owed, got 1", "one of two producers"),
        (
            {"producer_of_product": ints([0])},
            "2 values in producer_of_product, got 1",
            "who makes the other?",
        ),
        ({"product_capacity": floats([1])}, "2 values in product_capacity, got 1", "one of two products"),
        ({"supply": floats([1, 2])}, "1 values in supply, got 2", "one placement"),
        ({"placement_of": ints([0])}, "2 values in placement_of, got 1", "two links"),
        ({"value": floats([1])}, "2 values in value, got 1", "two links"),
        ({"quality": floats([1])}, "2 values in quality, got 1", "two links"),
        ({"baseline": floats([1])}, "2 values in baseline, got 1", "two links"),
        ({"max_exposure": floats([1])}, "2 values in max_exposure, got 1", "two links"),
        ({"published": Published(floats([1]))}, "published on 2 links", "two links"),
        ({"capacity": floats([-1, 2])}, "capacity of at least 0", "less than nothing"),
        ({"capacity": floats([NAN, 2])}, "capacity of at least 0", "no number"),
        ({"promised": floats([-1, 2])}, "promised of at least 0", "less than nothing"),
        ({"promised": floats([INF, 2])}, "finite promised", "more than there can be"),
        ({"product_capacity": floats([-1, 2])}, "product_capacity of at least 0", "less than nothing"),
        ({"supply": floats([-1])}, "supply of at least 0", "less than nothing"),
        ({"supply": floats([INF])}, "finite supply", "attention without end"),
        ({"value": floats([INF, 1])}, "finite value", "a value without end"),
        ({"value": floats([NAN, 1])}, "finite value", "no number"),
        ({"baseline": floats([-1, 2])}, "baseline of at least 0", "less than nothing"),
        ({"baseline": floats([INF, 2])}, "finite baseline", "seen without end"),
        ({"max_exposure": floats([-1, 2])}, "max_exposure of at least 0", "less than nothing"),
        ({"owed": floats([INF, 2])}, "finite owed", "a debt without end"),
        ({"product_of": ints([1, 0])}, "sorted by", "the second product first"),
        ({"product_of": ints([0, 0])}, "each once", "a link twice"),
    ],
)
def test_what_is_no_problem_is_refused_by_name(changed, said, why):
    with pytest.raises(ValueError, match=said):
        replace(two_valleys(), **changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"capacity": floats([INF, 0])},
        {"product_capacity": floats([INF, 0])},
        {"max_exposure": floats([INF, 0])},
        {"quality": floats([NAN, 0])},
        {"value": floats([-1, 0])},
        {"owed": floats([-5, 5])},
        {"supply": floats([0])},
    ],
)
def test_limits_may_be_endless_or_nothing_and_debts_and_values_below_it(changed):
    assert replace(two_valleys(), **changed).num_links == 2


def test_nobody_writes_to_a_problem():
    for name, array in vars(two_valleys()).items():
        if isinstance(array, np.ndarray):
            assert not array.flags.writeable, name


def test_nobody_is_owed_anything_unless_it_is_said():
    assert two_valleys().owed.tolist() == [0, 0]


def test_a_link_carries_no_more_than_the_tightest_of_its_tables():
    problem = three_stalls()

    assert problem.box.tolist() == [
        100,
        50,
        20,
        100,
        30,
    ]  # supply, supply, its product, supply, its own limit
    assert problem.ceiling.tolist() == problem.box.tolist()


def test_rules_on_single_links_lower_what_a_producer_can_reach_but_not_the_box():
    limited = three_stalls().under(floats([5, INF, INF, 7, INF]))

    assert limited.ceiling.tolist() == [5, 50, 20, 7, 30]
    assert limited.box.tolist() == three_stalls().box.tolist()
    assert limited.under(floats([9] * 5)).ceiling.tolist() == [5, 9, 9, 7, 9]
    assert limited.reachable.tolist() == [60, 37]


def test_a_producer_reaches_what_its_links_its_products_and_itself_can_serve():
    problem = three_stalls()

    assert problem.reachable.tolist() == [60, 130]  # 170 of which it can serve 60; 100 and 30
    assert replace(problem, product_capacity=floats([10, 20, 90])).reachable.tolist() == [30, 90]


def test_worth_is_value_for_each_exposure_or_what_a_full_link_leaves_of_it():
    problem = three_stalls()
    halved = replace(problem, saturation=Saturation((0.5, 1.0), (1.0, 0.5)), baseline=floats([0] * 5))

    assert problem.worth(floats([10, 0, 5, 0, 1])).tolist() == [30, 0, 10, 0, 2]
    assert halved.worth(floats([80, 0, 0, 0, 0])).tolist() == [3 * (50 + 15), 0, 0, 0, 0]
    assert replace(problem, saturation=Saturation((1.0,), (0.5,))).worth(floats([10, 0, 0, 0, 0]))[0] == 15


def test_values_of_an_attribute_are_numbered_once():
    problem = three_stalls()

    found = problem.classes(problem.producer_attributes, "type")

    assert (found.values.tolist(), found.value_of.tolist()) == (["rural", "urban"], [0, 1])
    assert problem.classes(problem.producer_attributes, "type") is found
    other = problem.classes({"type": ("urban", "town")}, "type")  # another table of that name
    assert (other.values.tolist(), other.value_of.tolist()) == (["town", "urban"], [1, 0])


def test_a_graph_is_asked_with_all_its_catalog_knows():
    graph = link(goods(), month=10)

    problem = problem_of(graph)

    assert problem.producer_ids == ("maker of green", "maker of black", "maker of lantern")
    assert problem.product_ids == ("green", "black", "lantern")
    assert (len(problem.placement_ids), problem.placement_ids[0]) == (8, f"{N_TEA}-live")
    assert problem.producer_of_product.tolist() == [0, 1, 2]
    assert problem.capacity.tolist() == [200, 600, INF]
    assert problem.promised.tolist() == [0, 0, 0]
    assert problem.product_capacity.tolist() == [INF] * 3
    assert problem.supply.tolist() == [100] * 8
    for name in ("product_of", "placement_of", "value", "quality", "baseline", "max_exposure"):
        assert getattr(problem, name).tolist() == getattr(graph.links, name).tolist()
    assert problem.producer_attributes["type"] == ("farm", "firm", "craft")
    assert problem.producer_attributes["region"] == (NORTH, SOUTH, NORTH)
    assert problem.product_attributes == {"category": ("tea", "tea", "craft")}
    assert problem.placement_attributes["channel"][:3] == ("live", "mall", "live")
    assert problem.placement_attributes["segment"][:3] == (N_TEA, N_TEA, f"{NORTH}-gifts")
    assert problem.placement_attributes["interest"][:3] == ("tea", "tea", "gifts")
