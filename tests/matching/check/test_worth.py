from dataclasses import replace

import numpy as np
import pytest
from worlds import INF, problem_from

from impact.arrays import floats
from impact.matching.check.worth import most_left, worth_of
from impact.matching.question.published import Published
from impact.matching.question.saturation import Saturation

FADING = Saturation((0.25, 0.75, 1.0), (1.0, 0.5, 0.0))
FREE = floats([0])


def one_link(value=4.0, saturation=FADING, baseline=0.0, published=None):
    """A link that carries 100: 25 in full, 50 at half, 25 for nothing."""
    problem = problem_from([("hill", "live", value)], {"hill": 500}, {"live": 100})
    before = None if published is None else Published(floats([published]))
    return replace(problem, saturation=saturation, baseline=floats([baseline]), published=before)


@pytest.mark.parametrize(
    ("exposure", "worth"),
    [(0, 0), (10, 40), (25, 100), (35, 120), (75, 200), (80, 200), (100, 200)],
)
def test_what_fills_a_link_is_worth_less_and_less(exposure, worth):
    assert worth_of(one_link(), floats([exposure])) == pytest.approx(worth)


def test_a_baseline_fills_the_link_first():
    # 20 that come by themselves and 100 that can be added are 120: 30 in full, 60 at half, 30 for nothing
    problem = one_link(baseline=20)

    assert [worth_of(problem, floats([given])) for given in (5, 10, 30, 70, 100)] == pytest.approx(
        [20, 40, 80, 160, 160]
    )


def test_a_link_is_as_long_as_its_narrowest_limit():
    narrow = {
        "max_exposure": replace(one_link(), max_exposure=floats([40]), ceiling=np.empty(0)),
        "supply": replace(one_link(), supply=floats([40]), ceiling=np.empty(0)),
        "product": replace(one_link(), product_capacity=floats([40]), ceiling=np.empty(0)),
    }

    for what, problem in narrow.items():  # 10 in full, 20 at half, 10 for nothing
        assert worth_of(problem, floats([40])) == pytest.approx(80), what
        assert most_left(problem, FREE) == pytest.approx(80), what


@pytest.mark.parametrize(
    ("charged", "left"),
    [
        (0, 200),
        (1, 25 * 3 + 50 * 1),
        (2, 25 * 2),
        (3, 25),
        (4, 0),
        (9, 0),
        (-1, 25 * 5 + 50 * 3 + 25),
    ],
)
def test_whatever_earns_more_than_it_costs_is_taken_whole(charged, left):
    assert most_left(one_link(), floats([charged])) == pytest.approx(left)


def test_only_what_a_baseline_leaves_can_be_earned():
    assert most_left(one_link(baseline=20), FREE) == pytest.approx(160)
    assert most_left(one_link(baseline=40), floats([1])) == pytest.approx(65)  # of 140, 65 at half are left


def test_links_add_up():
    problem = problem_from(
        [("hill", "live", 4.0), ("town", "mall", 1.0)], {"hill": 500, "town": 500}, {"live": 100, "mall": 10}
    )

    assert most_left(problem, floats([1, 3])) == pytest.approx(300)
    assert most_left(problem, floats([5, -1])) == pytest.approx(20)
    assert worth_of(problem, floats([3, 2])) == pytest.approx(14)


@pytest.mark.parametrize(
    ("published", "per_change", "left"),
    [
        (10, 1, 200 - 65),  # 75 pay half of 4 and more than 1: 65 are added to the 10
        (10, 3, 100 - 3 * 15),  # only the full value is worth a change
        (10, 5, 40),  # stays as it was
        (75, 5, 200),
        (90, 1, 200),  # what is worth nothing is not worth taking away
        (0, 1, 200 - 75),
    ],
)
def test_a_change_is_worth_it_where_the_link_earns_more(published, per_change, left):
    assert most_left(one_link(published=published), FREE, per_change) == pytest.approx(left)


def test_a_link_may_be_emptied_filled_or_left_whatever_pays_most():
    dear = floats([6.0])

    assert most_left(one_link(published=10), dear, 1) == pytest.approx(-10)  # each costs 2 more than it earns
    assert most_left(one_link(published=10), dear, 3) == pytest.approx(-20)
    assert most_left(one_link(published=10), floats([-1.0]), 0.5) == pytest.approx(300 - 45)


def test_what_was_published_beyond_the_box_can_only_be_taken_back_to_it():
    problem = one_link(published=130, saturation=Saturation())

    assert most_left(problem, FREE, 5) == pytest.approx(400 - 5 * 30)


def test_links_near_what_was_published_add_up():
    problem = problem_from(
        [("hill", "live", 4.0), ("town", "mall", 1.0)], {"hill": INF, "town": INF}, {"live": 100, "mall": 10}
    )
    problem = replace(problem, published=Published(floats([100, 10])))

    assert most_left(problem, floats([0, 3]), 1) == pytest.approx(400 - 10)
