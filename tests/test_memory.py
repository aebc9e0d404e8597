import numpy as np
from worlds import two_valleys

from impact.matching.methods import expected_mb
from impact.matching.pose import pose
from impact.matching.solve import solve
from impact.memory import peak_mb
from impact.timing import Stopwatch


def test_the_peak_never_falls_and_knows_what_was_held():
    before = peak_mb()
    held = np.ones(int(1e6 * (before + 50) / 8))  # more than was ever held
    after = peak_mb()
    del held

    assert before + 40 < after <= peak_mb()


def test_what_solving_will_take_is_said_before_it_is_done():
    heard = []
    watch = Stopwatch(lambda stage, _: heard.append(stage), heard.append)

    plan = solve(two_valleys(), (), watch=watch)

    assert heard == ["build", plan.memory_mb["expected"], "solve", "check"]
    assert plan.memory_mb["peak"] > 0


def test_prices_first_are_expected_to_take_less_than_the_simplex():
    posed = pose(two_valleys(), ())

    assert 0 < expected_mb(posed, "first-order") < expected_mb(posed, "exact") == expected_mb(posed, "auto")
