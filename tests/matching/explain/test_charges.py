"""What one exposure more is charged for, by each limit and rule."""

from dataclasses import replace

import pytest
from matching.explain.cases import rivals, solved
from worlds import problem_from, two_valleys

from impact.arrays import floats
from impact.matching.question.published import Published


def test_limits_charge_what_the_next_best_use_is_worth():
    charged = solved(rivals()).charged

    assert {rule: each.tolist() for rule, each in charged.by_rule.items()} == {
        "supply": pytest.approx([2, 2, 2]),  # tea would take one exposure more at 2
        "capacity": pytest.approx([0, 0, 1]),  # silk, at 3, can serve no more
    }
    assert charged.total.tolist() == pytest.approx([2, 2, 3])


def test_a_floor_lifts_those_it_counts():
    floor = {"id": "hills", "kind": "group_floor", "group": {"type": "rural"}, "at_least": 30}

    charged = solved(two_valleys(), floor).charged

    assert charged.by_rule["hills"].tolist() == pytest.approx([-0.5, 0])  # at 0.5, where the town has 1
    assert charged.total.tolist() == pytest.approx([0.5, 1])


def test_change_is_charged_for_away_from_what_was_published_and_given_back_on_the_way_there():
    problem = problem_from(
        [("hill", "live", 0.5), ("town", "live", 1.0), ("jam", "live", 0.1)],
        {"hill": 100, "town": 100, "jam": 100},
        {"live": 100},
    )
    published = replace(problem, published=Published(floats([60, 40, 0])))

    case = solved(published, {"id": "close", "kind": "churn", "share": 0.2})

    # Two of change move one exposure from 0.5 to 1: each is worth 0.25. Jam would be one more than published.
    assert case.exposure.tolist() == pytest.approx([50, 50, 0])
    assert case.charged.by_rule["close"].tolist() == pytest.approx([-0.25, 0.25, 0.25])
    assert case.charged.by_rule["supply"].tolist() == pytest.approx([0.75] * 3)


def test_without_any_charge_everything_costs_nothing():
    charged = solved(problem_from([("tea", "live", 0.0)], {"tea": 5}, {"live": 9})).charged

    assert charged.total.tolist() == [0]
