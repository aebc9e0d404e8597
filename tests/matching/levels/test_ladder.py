import numpy as np
import pytest

from impact.arrays import floats
from impact.matching.levels.ladder import Ladder

NOBODY = np.full(3, np.nan)


def three(stopped=NOBODY) -> Ladder:
    """Three producers of 100, 200 and 50, who could reach 20, 100 and 50 alone: levels 0.2, 0.5 and 1."""
    return Ladder(floats([100, 200, 50]), floats([20, 100, 50]), floats(stopped))


def test_all_rise_together_each_to_what_it_can_reach():
    assert three().top == 1
    assert three().highest == pytest.approx([0.2, 0.5, 1])
    assert three().floors(0.1) == pytest.approx([10, 20, 5])
    assert three().floors(0.4) == pytest.approx([20, 80, 20])


def test_who_has_stopped_stays():
    ladder = three().stop(np.array([False, True, False]), 0.3)

    assert ladder.rising.tolist() == [True, False, True]
    assert ladder.floors(0.8) == pytest.approx([20, 60, 40])
    assert ladder.stop(np.array([True, True, False]), 0.9).stopped[:2] == pytest.approx([0.2, 0.3])


def test_when_nobody_rises_the_top_is_the_foot():
    assert three([0.1, 0.2, 0.3]).top == 0


@pytest.mark.parametrize(
    ("most", "level"),
    [(0, 0), (35, 0.1), (70, 0.2), (95, 0.3), (145, 0.5), (158, 0.76), (170, np.inf), (200, np.inf)],
)
def test_floors_rise_to_what_there_is(most, level):
    assert three().level_where(np.ones(3), most) == pytest.approx(level)


def test_only_those_weighed_count():
    assert three().level_where(floats([0, 0, 2]), 50) == pytest.approx(0.5)
    assert three().level_where(np.zeros(3), 0) == np.inf


def test_what_those_who_have_stopped_get_is_taken_off_first():
    ladder = three([np.nan, 0.25, np.nan])

    assert ladder.level_where(np.ones(3), 65) == pytest.approx(0.1)
    assert ladder.level_where(np.ones(3), 40) < 0
