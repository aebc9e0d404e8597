"""What was published is found again by its ids, in whatever order the next problem has them."""

from dataclasses import replace

import numpy as np
import pytest
from worlds import problem_from

from impact.bundles.canonical import canonical
from impact.matching.question.carrying import measured_against

ROWS = [("hill", "live", 1.0), ("hill", "mall", 1.0), ("town", "live", 1.0), ("town", "mall", 1.0)]
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
