"""Solving on from an earlier answer ends where solving anew does, sooner."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instances import problems, specs_for
from scipy import sparse
from worlds import rules, two_valleys

from impact.matching.pose import pose
from impact.matching.question.rows import INF, LinearAnswer, LinearProgram, bound
from impact.matching.solvers import warm
from impact.matching.solvers.bases import BASIC, UPPER, basis_at, proves, ray, slack_basis
from impact.matching.solvers.condensed import condensed
from impact.matching.solvers.glop import solve_linear
from impact.matching.solvers.simplex import from_basis
from impact.matching.solvers.warm import solve_from

FLOOR = {"kind": "group_floor", "group": {"type": "rural"}, "of": "supply"}


def posed(share):
    return pose(two_valleys(), rules({**FLOOR, "share": share})).program


def test_a_limit_that_moves_is_followed_from_the_earlier_answer():
    earlier = solve_linear(posed(0.3), 10)

    assert solve_from(posed(0.4), earlier, 10).x == pytest.approx([40, 60])
    assert solve_from(posed(0.0), earlier, 10).x == pytest.approx([0, 100])


def stalls(columns):
    """Stalls of five beside one another, each worth more than the one before, that share what two carry."""
    matrix, worth = sparse.csr_array(np.ones((1, columns))), np.linspace(1, 10, columns)
    return LinearProgram(worth, np.full(columns, 5.0), matrix, np.array([-INF]), np.array([10.0]))


@pytest.fixture
def only_a_column_to_a_row(monkeypatch):
    """Programs of a test's size would leave no column out."""
    monkeypatch.setattr(warm, "NEAREST", 0)


@pytest.mark.usefixtures("only_a_column_to_a_row")
def test_a_column_left_out_at_first_comes_in_where_it_is_needed():
    """The best stalls close, and one that was far from its price takes over."""
    given = stalls(10)
    closed = replace(given, ceiling=np.array([5.0] + [0.0] * 7 + [5.0, 0.0]))

    assert solve_from(closed, solve_linear(given, 10), 10).x == pytest.approx([5] + [0] * 7 + [5, 0])


@pytest.mark.usefixtures("only_a_column_to_a_row")
@pytest.mark.parametrize("is_near", [True, False])
@pytest.mark.parametrize("least", [10.0, 15.0, 50.0])
def test_columns_left_out_at_first_come_in_where_rows_cannot_be_kept_without(least, is_near):
    """What is sold loses money, but so much has to be: the few near their price do not carry it."""
    given = stalls(10)
    asked = replace(given, lower=np.array([least]), upper=np.array([INF]), worth=given.worth - 20.0)

    answer = solve_from(asked, solve_linear(given, 10), 10, is_near=is_near)

    cold = solve_linear(asked, 10)
    assert answer.status == "optimal"
    assert asked.worth @ answer.x == pytest.approx(asked.worth @ cold.x)
    assert bound(asked, answer.duals) == pytest.approx(asked.worth @ cold.x)


@pytest.mark.usefixtures("only_a_column_to_a_row")
@pytest.mark.parametrize("share", [1e-9, 0.04])
def test_where_breaking_a_row_was_too_cheap_it_is_tried_dearer(monkeypatch, share):
    """At so small a share of what it costs no column helps at first: thirty times that, or all, do."""
    penalties = warm._penalties
    monkeypatch.setattr(warm, "_penalties", lambda *told: share * penalties(*told))
    given = stalls(10)
    asked = replace(given, lower=np.array([15.0]), upper=np.array([INF]), worth=given.worth - 20.0)

    answer = solve_from(asked, solve_linear(given, 10), 10, is_near=True)

    assert asked.worth @ answer.x == pytest.approx(asked.worth @ solve_linear(asked, 10).x)


@pytest.mark.usefixtures("only_a_column_to_a_row")
@pytest.mark.parametrize("is_near", [True, False])
def test_what_all_columns_together_cannot_keep_is_proved_impossible_from_an_earlier_answer_too(is_near):
    given = stalls(10)
    asked = replace(given, lower=np.array([51.0]), upper=np.array([INF]))

    answer = solve_from(asked, solve_linear(given, 10), 10, is_near=is_near)

    assert answer.status == "infeasible"
    assert proves(asked, answer.ray)


def test_what_has_become_impossible_is_proved_so():
    program = pose(
        two_valleys(),
        rules({**FLOOR, "share": 0.7}, {**FLOOR, "id": "town", "group": {"type": "urban"}, "share": 0.5}),
    ).program
    few = condensed(program).program

    answer = solve_from(program, None, 10)
    ended = from_basis(few, slack_basis(few), 10)

    assert answer.status == ended.status == "infeasible"
    assert proves(program, answer.ray)
    assert proves(few, ray(few, ended.basis))


def test_weights_that_are_no_proof_are_not_told_for_one():
    program = pose(two_valleys(), rules({**FLOOR, "share": 0.7})).program
    impossible = replace(program, lower=program.lower + 1e6)
    nothing = np.zeros(len(program.lower))

    assert not proves(impossible, nothing)
    assert proves(impossible, solve_from(impossible, None, 10).ray)


def test_the_basis_of_an_answer_is_read_off_its_prices():
    given = posed(0.3)
    few, answer = condensed(given), solve_linear(given, 10)

    basis = basis_at(few.program, few.inner_columns(answer.x), few.inner_duals(answer.duals))

    assert (basis.columns == BASIC).sum() + (basis.rows == BASIC).sum() == len(few.program.lower)
    ended = from_basis(few.program, basis, 10)
    assert np.array_equal(ended.basis.columns, basis.columns)


def test_any_start_will_do():
    given = posed(0.3)
    nonsense = LinearAnswer("optimal", np.array([1e9, -5.0]), np.array([7.0] * len(given.lower)), "")

    assert solve_from(given, nonsense, 10).x == pytest.approx([30, 70])


def test_a_start_without_a_price_stands_at_the_nearer_bound():
    few = condensed(posed(0.3)).program

    basis = basis_at(few, np.zeros(2), np.zeros(len(few.lower)))

    assert set(basis.columns) == {UPPER}  # all are worth more than nothing
    assert set(basis.rows) == {BASIC}


@pytest.mark.slow
@given(
    problem=problems(promising=False),
    other=problems(promising=False),
    near=st.sampled_from([0, 6, 20]),
    is_near=st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_warm_and_cold_agree_whatever_changed(problem, other, near, is_near):
    """Values, limits and ceilings change at once; the rows stay, and few columns are kept at first."""
    before = pose(problem, rules(*specs_for(problem))).program
    rng = np.random.default_rng(len(other.value))
    after = replace(
        before,
        worth=before.worth * rng.choice([1.0, 1.0, 0.0, 3.0], len(before.worth)),
        ceiling=before.ceiling * rng.choice([1.0, 1.0, 0.0, 0.5], len(before.ceiling)),
        upper=before.upper * rng.choice([1.0, 0.7], len(before.upper)),
        lower=before.lower * rng.choice([1.0, 0.3, 1.4], len(before.lower)),
    )
    earlier, cold = solve_linear(before, 10), solve_linear(after, 10)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warm, "NEAREST", near)
        found = solve_from(after, earlier, 10, is_near=is_near)

    assert found.status == cold.status
    if cold.x is not None and found.x is not None:
        assert after.worth @ found.x == pytest.approx(after.worth @ cold.x, rel=1e-9, abs=1e-6)
        assert bound(after, found.duals) == pytest.approx(after.worth @ cold.x, rel=1e-9, abs=1e-6)
    elif cold.status == "infeasible" and found.ray is not None:
        assert proves(after, found.ray)
