import numpy as np
import pytest
from worlds import rules, two_valleys

from bench.engine.instances import instance_of
from impact.matching.levels.climb import rounds
from impact.matching.levels.probe import Proof, Shown, asked
from impact.matching.levels.programs import by_programs
from impact.matching.levels.settle import settle
from impact.timing import UNHURRIED, Patience

NOT_A_NETWORK = {"kind": "quality_floor", "minimum": 0.8}
OVER = Patience(0.0)


@pytest.fixture(scope="module")
def question():
    market = instance_of(2_000)
    return asked(market.problem, "levels", market.rules)


def best(question, **how):
    return next(rounds(by_programs(question, UNHURRIED, **how), question.ladder()))


def held(question, found: Shown, floors) -> bool:
    """Whether a plan gives everybody what they are to get, and keeps every other row."""
    program = question.program(floors)
    activity = question.posed.activity(found.exposure)
    short = np.maximum(program.lower - activity, activity - program.upper)
    return bool(np.all(short <= 1e-6 * np.maximum(np.abs(activity), 1.0)))


@pytest.mark.parametrize("large", [0, 10**9], ids=["prices", "simplex"])
def test_however_a_plan_is_found_it_holds_everybody_and_keeps_all_rules(question, large):
    found = best(question, large=large)

    assert held(question, found.shown, found.ladder.floors(found.level))


def test_prices_and_the_simplex_find_the_same_level(question):
    assert best(question, large=0).level == pytest.approx(best(question, large=10**9).level, rel=1e-9)


def test_what_other_rules_forbid_is_proved_by_weights_that_add_up():
    question = asked(two_valleys(), "levels", rules(NOT_A_NETWORK))
    probe, floors = by_programs(question, UNHURRIED), np.array([50.0, 50.0])

    found = probe(floors)

    assert isinstance(found, Proof)
    assert found.weight @ floors > found.most
    assert found.most >= found.weight @ [75, 25] - 1e-6  # mean quality 0.8: the hill gets 75 at least


def test_a_level_that_fits_is_shown_by_a_plan():
    question = asked(two_valleys(), "levels", rules(NOT_A_NETWORK))

    found = by_programs(question, UNHURRIED)(np.array([25.0, 25.0]))

    assert isinstance(found, Shown)
    assert held(question, found, np.array([25.0, 25.0]))


def test_no_level_is_made_up_when_time_is_over():
    (best,) = settle(two_valleys(), rules({"kind": "max_min"}, NOT_A_NETWORK), OVER).levels

    assert best.level.tolist() == [0, 0]
    assert best.unsettled == 2
