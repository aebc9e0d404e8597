"""Where rules are a network, a flow shows that floors can be kept, or a cut proves that not."""

import numpy as np
import pytest
from worlds import rules, stalls_by_the_river, two_valleys

from impact.arrays import floats
from impact.matching.levels.cuts import by_cuts
from impact.matching.levels.probe import Proof, Shown, asked


def probed(problem, floors, *specs):
    question = asked(problem, "levels", rules(*specs))
    blocks = [question.posed.rows_of(number) for number in range(len(question.posed.rules))]
    return by_cuts(question, blocks)(floats(floors))


def test_what_fits_is_shown():
    found = probed(two_valleys(), [60, 40])

    assert isinstance(found, Shown)
    assert found.exposure == pytest.approx([60, 40])


@pytest.mark.parametrize(
    ("floors", "weight", "most", "why"),
    [
        ([60, 41], [1, 1], 100, "the placement has 100 for both"),
        ([101, 0], [1, 0], 100, "the hill can serve no more by itself"),
        ([0, 101], [0, 1], 100, "nor can the town"),
    ],
)
def test_what_does_not_fit_is_proved_by_those_who_ask_too_much(floors, weight, most, why):
    found = probed(two_valleys(), floors)

    assert isinstance(found, Proof)
    assert (found.weight.tolist(), found.most) == (weight, pytest.approx(most)), why


def test_only_those_who_compete_are_in_a_proof():
    found = probed(stalls_by_the_river(), [30, 30, 10, 10])

    assert (found.weight.tolist(), found.most) == ([1, 1, 0, 0], pytest.approx(50))
    assert found.weight @ [30, 30, 10, 10] > found.most


def test_a_rule_that_takes_from_one_leaves_less_for_another():
    floor = {"kind": "group_floor", "group": {"type": "rural"}, "at_least": 80}

    found = probed(two_valleys(), [0, 30], floor)

    assert (found.weight.tolist(), found.most) == ([0, 1], pytest.approx(20))
    assert {prices.rule for prices in found.weights} == {"levels", "supply", "group_floor"}


def test_rules_that_contradict_each_other_leave_nobody_anything():
    floor = {"kind": "group_floor", "group": {"type": "rural"}, "at_least": 60}
    cap = {"kind": "group_cap", "group": {"type": "rural"}, "at_most": 40}

    found = probed(two_valleys(), [0, 0], floor, cap)

    assert (found.weight.tolist(), found.most) == ([0, 0], -np.inf)


def test_what_is_no_network_is_not_cut():
    question = asked(two_valleys(), "levels", rules({"kind": "quality_floor", "minimum": 0.8}))
    blocks = [question.posed.rows_of(number) for number in range(len(question.posed.rules))]

    assert by_cuts(question, blocks) is None
