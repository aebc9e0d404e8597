from dataclasses import replace

import numpy as np
import pytest
from worlds import INF, problem_from

from impact.arrays import floats
from impact.matching.check.ratios import ratios_of

# Each county's goods want the one feed of 100; capacities differ, so that ratios do.
COUNTIES = {"tea": 100.0, "pears": 50.0, "wool": 80.0, "salt": 40.0}
ATTRIBUTES = {"type": ("coop", "firm", "coop", "firm"), "province": ("south", "south", "north", "north")}
EVERYBODY = floats([100, 50, 80, 40])


def counties():
    problem = problem_from([(name, "feed", 1.0) for name in COUNTIES], COUNTIES, {"feed": 100})
    return replace(problem, producer_attributes=ATTRIBUTES)


def opened(by, within=None, minimum=0.5, reached=EVERYBODY, problem=None):
    return ratios_of(problem or counties(), "parity", (by, within), minimum, reached)


def test_groups_are_the_values_of_an_attribute():
    book = opened("type")

    assert book.names == ("coop", "firm")
    assert book.capacity.tolist() == [180, 90]
    assert book.group_of.tolist() == [0, 1, 0, 1]
    assert book.level_of.tolist() == [0, 0]


def test_producers_can_be_groups_of_their_own():
    book = opened("producer")

    assert book.names == ("pears", "salt", "tea", "wool")
    assert [book.names[group] for group in book.group_of] == list(COUNTIES)
    assert [book.capacity[group] for group in book.group_of] == list(COUNTIES.values())


def test_groups_within_others_have_a_level_each():
    book = opened("type", within="province")

    assert book.names == ("north/coop", "north/firm", "south/coop", "south/firm")
    assert book.group_of.tolist() == [2, 3, 0, 1]
    assert book.capacity.tolist() == [80, 40, 100, 50]
    assert book.level_of.tolist() == [0, 0, 1, 1]


def test_who_cannot_be_reached_is_left_out_and_so_is_who_is_left_alone():
    book = opened("type", within="province", reached=floats([100, 50, 80, 0]))

    assert book.names == ("south/coop", "south/firm")
    assert book.group_of.tolist() == [0, 1, -1, -1]
    assert book.capacity.tolist() == [100, 50]


def test_a_group_counts_all_its_capacity_once_anybody_in_it_can_be_reached():
    book = opened("type", reached=floats([0, 0, 80, 40]))

    assert book.names == ("coop", "firm")
    assert book.capacity.tolist() == [180, 90]


def test_nobody_to_compare_is_an_empty_book():
    book = opened("province", within="province")

    assert book.names == ()
    read = book.at(np.ones(4))
    assert (len(read.lower), read.violation(np.ones(4)).tolist()) == (0, [])
    charge = book.charge({"north/north": -1.0})
    assert (charge.given_back, charge.per_exposure.tolist()) == (0, [0, 0, 0, 0])


def test_the_best_served_sets_what_the_others_are_owed():
    exposure = floats([54, 9, 0, 9])  # coops 54 of 180, firms 18 of 90: 0.3 and 0.2

    read = opened("type", minimum=0.8).at(exposure)

    assert list(read.names) == ["coop", "firm"]
    assert read.lower == pytest.approx([0.8 * 0.3 * 180, 0.8 * 0.3 * 90])
    assert read.upper.tolist() == [INF, INF]
    assert read.unit == pytest.approx([0.3 * 180, 0.3 * 90])
    assert read.activity(exposure).tolist() == [54, 18]
    assert read.violation(exposure) == pytest.approx([0, 3.6 / 21.6])


def test_each_level_is_set_by_its_own_best():
    exposure = floats([10, 30, 0, 20])  # south: 0.1 and 0.6; north: 0 and 0.5

    read = opened("type", within="province").at(exposure)

    assert read.lower == pytest.approx([0.5 * 0.5 * 80, 0.5 * 0.5 * 40, 0.5 * 0.6 * 100, 0.5 * 0.6 * 50])


@pytest.mark.parametrize(
    ("stated", "per_exposure", "given_back"),
    [
        ({}, [0, 0, 0, 0], 0),
        ({"coop:level": 2.0}, [2, 0, 2, 0], 2 * 180),  # a level of 1 for which nobody asks
        ({"firm": -3.0}, [0, -3, 0, -3], 0),  # who is asked for only
        ({"coop:level": 2.0, "firm": -3.0}, [2, -3, 2, -3], 2 * 180 - 0.5 * 3 * 90),
        ({"coop:level": 1.0, "firm": -8.0}, [1, -8, 1, -8], 0),  # never less than nothing
        ({"coop:level": -2.0, "firm": 3.0}, [0, 0, 0, 0], 0),  # the wrong way round
        ({"coop": -1.0, "coop:level": 4.0}, [3, 0, 3, 0], (4 - 0.5) * 180),
    ],
)
def test_groups_pay_for_the_level_and_are_paid_for_reaching_it(stated, per_exposure, given_back):
    charge = opened("type").charge(stated)

    assert (charge.per_exposure.tolist(), charge.given_back) == (per_exposure, pytest.approx(given_back))
    assert charge.per_change == 0


def test_links_of_nobody_compared_pay_nothing():
    book = opened("type", within="province", reached=floats([100, 50, 80, 0]))

    charge = book.charge({"south/coop:level": 2.0, "south/firm": -1.0})

    assert charge.per_exposure.tolist() == [2, -1, 0, 0]


def test_every_level_gives_back_on_its_own():
    charge = opened("type", within="province").charge(
        {"south/coop:level": 1.0, "south/firm": -1.0, "north/firm": -9.0}
    )

    assert charge.given_back == pytest.approx(100 - 0.5 * 50)


def test_whoever_can_be_reached_at_all_counts():
    assert opened("type", reached=floats([0.5, 0, 0, 0.25])).names == ("coop", "firm")


def test_a_capacity_of_nothing_adds_nothing():
    problem = replace(counties(), capacity=floats([100, 50, 0, 40]), ceiling=np.empty(0))

    assert opened("type", reached=floats([100, 50, 0, 40]), problem=problem).capacity.tolist() == [100, 90]
