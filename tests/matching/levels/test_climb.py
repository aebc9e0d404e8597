"""Levels are climbed by proofs alone: whoever probes says what cannot be, and by which sum."""

import numpy as np
import pytest

from impact.arrays import floats
from impact.errors import SolverFailed
from impact.matching.levels.climb import climbed, rounds
from impact.matching.levels.ladder import Ladder
from impact.matching.levels.probe import Proof, Shown

EVERYBODY, FIRST_TWO, LAST = floats([1, 1, 1]), floats([1, 1, 0]), floats([0, 0, 1])


def three() -> Ladder:
    """Three producers of 100 each, who could reach all of it alone."""
    return Ladder(floats([100, 100, 100]), floats([100, 100, 100]), np.full(3, np.nan))


class Market:
    """It has so much to give to some together, by `limits`, and remembers what it was asked for."""

    def __init__(self, *limits, slack=1e-9):
        self.limits, self.slack, self.asked = limits, slack, []

    def __call__(self, floors):
        self.asked.append(float(floors.max()))
        for weight, most in self.limits:
            if weight @ floors > most + self.slack:
                return Proof(weight, most, ())
        return Shown(floors)


def test_a_level_falls_from_proof_to_proof_to_the_best():
    market = Market((EVERYBODY, 150), (FIRST_TWO, 60))

    found = climbed(market, three(), ())

    assert market.asked == pytest.approx([100, 50, 30])
    assert found.level == pytest.approx(0.3)
    assert (found.proof.most, [proof.most for proof in found.known]) == (60, [150, 60])
    assert found.shown.exposure.tolist() == pytest.approx([30, 30, 30])


def test_what_is_known_is_not_asked_again():
    known = (Proof(EVERYBODY, 150, ()), Proof(FIRST_TWO, 60, ()))
    market = Market((EVERYBODY, 150), (FIRST_TWO, 60))

    found = climbed(market, three(), known)

    assert market.asked == pytest.approx([30])
    assert (found.level, found.proof, found.known) == (pytest.approx(0.3), known[1], known)


def test_where_all_can_have_all_nothing_has_to_be_proved():
    found = climbed(Market(), three(), ())

    assert (found.level, found.proof, found.known) == (1, None, ())


@pytest.mark.parametrize(
    ("limit", "why"),
    [
        ((EVERYBODY, -1), "somebody would have to give"),
        ((floats([0, 0, 0]), -1), "it is about nobody's level"),
    ],
)
def test_where_the_other_rules_cannot_hold_there_is_no_level(limit, why):
    found = climbed(Market(limit), three(), ())

    assert (found.level, found.shown) == (-1, None), why
    assert found.proof is not None
    assert [each.level for each in rounds(Market(limit), three())] == [-1], why


def test_a_level_that_only_rounding_forbids_is_lowered_by_next_to_nothing():
    market = Market((EVERYBODY, 150), slack=-1e-6)

    found = climbed(market, three(), ())

    assert len(market.asked) > 2
    assert 0.5 * (1 - 1e-6) < found.level < 0.5


def test_a_level_that_no_proof_lowers_far_enough_is_given_up():
    market = Market((EVERYBODY, 150), slack=-1)

    with pytest.raises(SolverFailed, match="level_not_found"):
        climbed(market, three(), ())
    assert len(market.asked) == 200


def test_round_by_round_those_whom_no_proof_holds_rise_on():
    found = list(rounds(Market((FIRST_TWO, 60), (EVERYBODY, 150)), three()))

    assert [each.level for each in found] == pytest.approx([0.3, 0.9])
    assert [each.ladder.rising.tolist() for each in found] == [[True] * 3, [False, False, True]]
    assert found[-1].shown.exposure.tolist() == pytest.approx([30, 30, 90])


def test_who_is_held_by_nothing_rises_to_what_it_can_reach():
    found = list(rounds(Market((FIRST_TWO, 60)), three()))

    assert [(each.level, each.proof is None) for each in found] == [(pytest.approx(0.3), False), (1, True)]


def test_a_proof_about_those_who_have_stopped_forbids_nobody_else():
    ladder = three().stop(np.array([True, True, False]), 0.3)

    found = climbed(Market((LAST, 90)), ladder, (Proof(FIRST_TWO, 60, ()),))

    assert found.level == pytest.approx(0.9)
