"""Every rule's rows stand below one another in one program, and are told apart again."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instances import problems, specs_for
from worlds import rules, three_stalls, two_valleys

from impact.arrays import floats
from impact.matching.pose import pose
from impact.matching.question.saturation import Saturation

RURAL = {"kind": "group_floor", "group": {"type": "rural"}, "at_least": 30}
LOCK = {"kind": "lock", "product": "town", "placement": "live", "at_most": 40}


def test_rows_of_a_rule_are_found_after_what_always_holds():
    posed = pose(two_valleys(), rules(RURAL))

    names = [rule.id for rule in posed.rules]
    assert names == ["supply", "capacity", "product_capacity", "promised", "group_floor"]
    own = posed.rows_of(4)
    assert posed.program.matrix[own].toarray().tolist() == [[1, 0]]
    assert (posed.program.lower[own].tolist(), posed.limit[own].tolist()) == ([30], [30])
    assert posed.rows_of(0) == slice(0, 1)


def test_rules_on_single_links_lower_what_they_may_carry():
    assert pose(two_valleys(), rules(LOCK)).problem.ceiling.tolist() == [100, 40]
    assert pose(two_valleys(), rules(LOCK)).problem.box.tolist() == [100, 100]


def test_prices_are_told_by_rule_and_label_and_only_where_there_are_any():
    posed = pose(three_stalls(), rules(RURAL))
    duals = np.zeros(len(posed.program.lower))
    duals[posed.rows_of(0)], duals[posed.rows_of(4)] = [0.0, 2.0], [-1.5]

    told = posed.by_rule(duals)

    assert [(each.rule, each.labels, each.duals.tolist()) for each in told] == [
        ("supply", ("mall",), [2]),
        ("group_floor", ("group_floor",), [-1.5]),
    ]


def test_prices_of_rows_that_only_say_what_variables_are_are_not_told():
    posed = pose(three_stalls(), rules({"kind": "group_ratio", "by": "type", "minimum": 0.5}))
    unsaid = np.isnan(posed.limit)

    assert posed.told(np.ones(len(unsaid))).tolist() == np.where(unsaid, 0, 1).tolist()


def test_exposure_is_laid_out_on_the_pieces_of_a_link_the_first_first():
    curved = replace(two_valleys(), saturation=Saturation((0.5, 1.0), (1.0, 0.4)))

    posed = pose(curved, ())

    laid = sorted(zip(posed.link_of.tolist(), posed.columns(floats([30, 70])).tolist(), strict=True))
    assert laid == [(0, 0), (0, 30), (1, 20), (1, 50)]


def test_what_a_solver_says_beyond_a_piece_or_a_box_is_cut_off():
    posed = pose(two_valleys(), ())

    assert posed.exposure(floats([-1e-9, 100.5])).tolist() == [0, 100]


@given(problem=problems(), seed=st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_what_is_laid_out_is_put_together_again(problem, seed):
    posed = pose(problem, rules(*specs_for(problem)))
    exposure = problem.box * np.random.default_rng(seed).random(problem.num_links)

    assert posed.exposure(posed.columns(exposure)) == pytest.approx(exposure)
    assert posed.activity(exposure) == pytest.approx(posed.program.matrix @ posed.columns(exposure))
