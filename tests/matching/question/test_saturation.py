from dataclasses import replace

import numpy as np
import pytest
from worlds import problem_from, rules, two_valleys

from impact.arrays import floats
from impact.matching.check.worth import most_left, worth_of
from impact.matching.plan import Infeasible
from impact.matching.question.saturation import Saturation
from impact.matching.solve import solve

HALVED = Saturation((0.5, 1.0), (1.0, 0.4))


def filling(problem, curve=HALVED, baseline=(0, 0)):
    own = baseline if len(baseline) == problem.num_links else problem.baseline
    return replace(problem, saturation=curve, baseline=floats(own))


def test_the_second_half_of_a_link_gives_way_to_the_first_of_another():
    plan = solve(filling(two_valleys()), ())

    assert plan.exposure == pytest.approx([50, 50])  # town: 1 up to 50, then 0.4; hill: 0.5 up to 50
    assert plan.worth == pytest.approx(50 + 25)
    assert (plan.status, plan.gap) == ("optimal", pytest.approx(0, abs=1e-9))


def test_a_bestseller_that_is_full_already_gets_nothing_more():
    never_more = Saturation((0.5, 1.0), (1.0, 0.0))

    plan = solve(filling(two_valleys(), never_more, baseline=[0, 100]), ())

    assert plan.worth == pytest.approx(25)  # the hill's first half; another exposure of the town is worth 0


def test_the_worked_example_of_the_documentation():
    problem = replace(problem_from([("a", "live", 1.0)], {"a": 80}, {"live": 80}), baseline=floats([20.0]))

    assert filling(problem).worth(np.array([80.0])) == pytest.approx([30 + 0.4 * 50])


def test_a_plan_that_gives_nothing_is_worth_nothing():
    problem = filling(two_valleys(), baseline=[30, 70])

    assert problem.worth(np.zeros(2)).sum() == 0
    assert worth_of(problem, np.zeros(2)) == 0


@pytest.mark.parametrize("seed", range(20))
def test_the_check_finds_the_same_worth_by_another_way(seed):
    rng = np.random.default_rng(seed)
    problem = filling(two_valleys(), baseline=rng.uniform(0, 200, 2))
    exposure = rng.uniform(0, problem.box)

    assert worth_of(problem, exposure) == pytest.approx(problem.worth(exposure).sum())


def test_the_most_that_is_left_is_the_most_of_any_exposure():
    problem, charged = filling(two_valleys(), baseline=[10, 40]), np.array([0.3, 0.6])

    tried = max(
        (problem.worth(np.array([hill, town])) - charged * [hill, town]).sum()
        for hill in np.linspace(0, 100, 201)
        for town in np.linspace(0, 100, 201)
    )

    assert most_left(problem, charged) == pytest.approx(tried)


def test_a_conflict_is_told_of_links_that_fill_up_as_of_others():
    floor = {"kind": "group_floor", "at_least": 60}
    floors = [{**floor, "id": kind, "group": {"type": kind}} for kind in ("rural", "urban")]

    with pytest.raises(Infeasible) as refusal:
        solve(filling(two_valleys()), rules(*floors))

    assert refusal.value.conflict.rules == ("rural", "urban")


@pytest.mark.parametrize(
    ("shares", "slopes", "why"),
    [
        ((0.5,), (1.0,), "the rest is not said"),
        ((0.5, 1.0), (1.0,), "a slope is missing"),
        ((0.0, 1.0), (1.0, 0.5), "a piece of nothing"),
        ((0.6, 0.6, 1.0), (1.0, 0.5, 0.2), "a share twice"),
        ((0.5, 1.0), (0.5, 0.6), "worth more when fuller"),
        ((1.0,), (1.5,), "worth more than its value"),
        ((1.0,), (-0.5,), "worth less than nothing"),
        ((), (), "nothing at all"),
        ((-0.5, 1.0), (1.0, 0.5), "a share of less than nothing"),
        ((0.5, 0.4, 1.0), (1.0, 0.5, 0.2), "shares that fall"),
        ((0.3, 0.6, 1.0), (0.5, 0.9, 0.2), "worth more in the middle"),
        ((0.3, 0.6, 1.0), (0.9, 0.5, 0.6), "worth more at the end"),
        ((0.5, 1.0, 1.5), (1.0, 0.5, 0.2), "more than all"),
    ],
)
def test_a_curve_that_makes_no_sense_is_refused(shares, slopes, why):
    with pytest.raises(ValueError, match="Expected"):
        Saturation(shares, slopes)


@pytest.mark.parametrize(
    ("baseline", "pieces", "why"),
    [
        (0, [50, 50], "half of what it can carry, twice"),
        (20, [40, 60], "20 of the first 60 of 120 are taken"),
        (100, [0, 100], "the first half is full already"),
        (300, [0, 100], "far beyond it"),
    ],
)
def test_the_baseline_fills_a_link_first(baseline, pieces, why):
    found = HALVED.lengths(floats([baseline]), floats([100]))

    assert found.ravel() == pytest.approx(pieces), why


def test_a_curve_of_one_slope_is_a_line():
    assert Saturation().is_linear
    assert Saturation((1.0,), (0.0,)).is_linear
    assert not HALVED.is_linear
