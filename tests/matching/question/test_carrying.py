"""What was published is found again by its ids, in whatever order the next problem has them."""

from dataclasses import replace

import numpy as np
import pytest
from worlds import problem_from

from impact.arrays import floats, ints
from impact.bundles.canonical import canonical
from impact.matching.question.carrying import measured_against
from impact.matching.question.published import Given, Published, laid_out

ROWS = [("hill", "live", 1.0), ("hill", "mall", 1.0), ("town", "live", 1.0), ("town", "mall", 1.0)]
INF = float("inf")
MANY = {"hill": 100.0, "town": 100.0}
SUPPLY = {"live": 100.0, "mall": 100.0}


@pytest.fixture
def former():
    return problem_from(ROWS, MANY, SUPPLY)


GAVE = np.array([1.0, 2.0, 0.0, 4.0])
"""hill-live, hill-mall, town-live, town-mall."""


def test_what_each_link_had_is_found_by_its_ids(former):
    turned = problem_from(ROWS, dict(reversed(MANY.items())), dict(reversed(SUPPLY.items())))

    before = measured_against(turned, former, GAVE).published

    assert before.exposure.tolist() == [4.0, 0.0, 2.0, 1.0]
    assert (before.whole, before.gone) == (7.0, 0.0)


def test_what_was_given_where_there_is_no_link_any_more_is_gone(former):
    fewer = problem_from(ROWS[:1] + ROWS[2:], MANY, SUPPLY)

    before = measured_against(fewer, former, GAVE).published

    assert (before.exposure.tolist(), before.gone_exposure.tolist()) == ([1.0, 0.0, 4.0], [2.0])
    assert (before.gone_product.tolist(), before.gone_placement.tolist()) == ([0], [1])


def test_products_and_placements_that_are_not_known_any_more_are_left_out(former):
    without_mall = problem_from(ROWS[:1], MANY, {"live": 100.0})
    without_town = problem_from(ROWS[:2], {"hill": 100.0}, SUPPLY)

    for problem, whole in ((without_mall, 1.0), (without_town, 3.0)):
        before = measured_against(problem, former, GAVE).published
        assert (before.whole, before.gone) == (whole, 0.0)


def test_a_plan_that_gave_nothing_leaves_the_question_as_it_was(former):
    asked = measured_against(former, former, np.zeros(4))

    assert (asked.published.whole, canonical(asked).published) == (0.0, None)


def test_products_that_are_new_had_nothing(former):
    more = problem_from([*ROWS, ("lake", "live", 1.0)], {**MANY, "lake": 5.0}, SUPPLY)

    before = measured_against(more, former, GAVE).published

    assert before.exposure.tolist() == [1.0, 2.0, 0.0, 4.0, 0.0]
    assert replace(more, published=before).published.whole == 7.0


@pytest.mark.parametrize(
    ("told", "said", "why"),
    [
        ((floats([-1]),), "finite exposures", "less than nothing"),
        ((floats([INF]),), "finite exposures", "without end"),
        ((floats([float("nan")]),), "finite exposures", "no number"),
        (
            (floats([1]), ints([0]), ints([0]), floats([-1])),
            "finite exposures",
            "gone, and less than nothing",
        ),
        ((floats([1]), ints([0]), ints([0])), "a product, a placement", "gone, and nobody knows how much"),
        ((floats([1]), ints([0]), ints([]), floats([1])), "a product, a placement", "gone from nowhere"),
        ((floats([1]), ints([]), ints([0]), floats([1])), "a product, a placement", "gone from nobody"),
    ],
)
def test_what_cannot_have_been_published_is_refused(told, said, why):
    with pytest.raises(ValueError, match=said):
        Published(*told)


def test_all_that_was_given_is_what_is_left_and_what_is_gone():
    before = Published(floats([1, 2]), ints([0, 3]), ints([1, 1]), floats([4, 0.5]))

    assert (before.gone, before.whole) == (4.5, 7.5)


def test_pairs_that_differ_in_one_half_are_not_taken_for_one_another():
    given = Given(ints([0, 1, 2]), ints([1, 0, 3]), floats([1, 2, 4]))

    before = laid_out(given, ints([0, 0, 1]), ints([0, 1, 1]))

    assert before.exposure.tolist() == [0, 1, 0]
    assert (before.gone_product.tolist(), before.gone_placement.tolist()) == ([1, 2], [0, 3])
    assert before.gone_exposure.tolist() == [2, 4]


def test_where_there_are_no_links_any_more_all_is_gone():
    before = laid_out(Given(ints([0]), ints([2]), floats([5])), ints([]), ints([]))

    assert (before.exposure.tolist(), before.gone) == ([], 5)
