from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from scipy.optimize import linprog
from worlds import problem_from, rules, three_stalls, two_valleys

from impact.bundles.canonical import canonical
from impact.errors import BadInput, SolverFailed
from impact.matching import methods
from impact.matching.check import objections
from impact.matching.plan import Infeasible
from impact.matching.pose import pose
from impact.matching.solve import Limits, claims_of, solve, specs_of
from impact.timing import Stopwatch

IDS = ("producer_ids", "product_ids", "placement_ids")


def test_a_plan_carries_its_proof():
    plan = solve(three_stalls(), rules({"kind": "group_floor", "group": {"type": "rural"}, "share": 0.2}))

    assert plan.status == "optimal"
    assert plan.bound == pytest.approx(plan.worth)
    assert plan.gap <= 1e-9
    assert plan.max_violation <= 1e-9
    assert set(plan.seconds) == {"build", "solve", "check"}
    assert plan.versions["ortools"].startswith("9.")


def test_an_engine_that_is_not_there_is_refused_by_name():
    with pytest.raises(BadInput) as refusal:
        solve(two_valleys(), (), Limits(engine="guesswork"))

    assert refusal.value.issues[0].params["engine"] == "guesswork"


def test_two_rules_of_one_name_are_refused():
    cap = {"kind": "placement_cap", "share": 0.5}

    with pytest.raises(BadInput, match="rule_id_taken"):
        solve(two_valleys(), rules(cap, cap))


def test_a_rule_may_not_take_the_name_of_what_always_holds():
    with pytest.raises(BadInput, match="rule_id_taken"):
        solve(two_valleys(), rules({"id": "supply", "kind": "placement_cap", "share": 0.5}))


def test_giving_up_is_not_called_impossible(monkeypatch):
    monkeypatch.setattr(methods, "HURRIED_SECONDS", 0.0)
    grid = [(f"p{i}", f"s{j}", 1.0 + (i * j) % 7) for i in range(60) for j in range(60)]
    problem = problem_from(grid, {f"p{i}": 10 for i in range(60)}, {f"s{j}": 7 for j in range(60)})

    with pytest.raises(SolverFailed):
        solve(problem, rules({"kind": "producer_floor", "of_capacity": 0.5}), Limits(seconds=1e-9))


@given(problem=problems())
@settings(max_examples=60, deadline=None)
def test_every_answer_passes_the_check_and_agrees_with_another_solver(problem):
    obeyed = rules(*specs_for(problem))
    try:
        plan = solve(problem, obeyed)
    except Infeasible:
        assert _by_highs(problem, obeyed) is None
        return

    assert objections(problem, specs_of(obeyed), claims_of(plan, 0)) == ()
    assert plan.worth == pytest.approx(_by_highs(problem, obeyed), rel=1e-6, abs=1e-6)


@given(problem=problems(promising=False))
@settings(max_examples=30, deadline=None)
def test_a_rule_never_raises_the_worth_and_more_supply_never_lowers_it(problem):
    free = solve(problem, ()).worth
    more = solve(replace(problem, supply=problem.supply * 1.5, ceiling=np.empty(0)), ()).worth
    try:
        ruled = solve(problem, rules(*specs_for(problem))).worth
    except Infeasible:
        ruled = 0.0

    assert ruled <= free * (1 + 1e-9) + 1e-9
    assert more >= free * (1 - 1e-9) - 1e-9


@given(problem=problems(promising=False))
@settings(max_examples=30, deadline=None)
def test_units_do_not_matter(problem):
    thousand = {"capacity", "promised", "product_capacity", "supply", "baseline", "max_exposure"}
    scaled = replace(
        problem, **{name: getattr(problem, name) * 1000 for name in thousand}, ceiling=np.empty(0)
    )

    assert solve(scaled, ()).worth == pytest.approx(1000 * solve(problem, ()).worth, rel=1e-7)


@pytest.mark.slow
@given(problem=problems())
@settings(max_examples=30, deadline=None)
def test_the_order_of_rows_does_not_matter(problem):
    specs = specs_for(problem)
    other = canonical(_mirrored(problem))
    mirrored = [{name: _mirror(value) for name, value in spec.items()} for spec in specs]
    try:
        worth = solve(problem, rules(*specs)).worth
    except Infeasible:
        with pytest.raises(Infeasible):
            solve(other, rules(*mirrored))
        return

    assert solve(other, rules(*mirrored)).worth == pytest.approx(worth, rel=1e-7, abs=1e-7)


def _mirrored(problem):
    """Name everything so that its order turns round."""
    names = {name: tuple(map(_mirror, getattr(problem, name))) for name in IDS}
    return replace(problem, **names)


def _mirror(value):
    """Turn the number of an id round; leave alone what is none."""
    stem, dash, number = value.rpartition("-") if isinstance(value, str) else ("", "", "")
    return f"{stem}-{9 - int(number)}" if dash and number.isdigit() else value


def test_the_same_question_gets_the_same_answer_to_the_bit():
    obeyed = rules({"kind": "group_floor", "group": {"type": "rural"}, "share": 0.2})

    first, second = solve(three_stalls(), obeyed), solve(three_stalls(), obeyed)

    assert first.exposure.tobytes() == second.exposure.tobytes()


def test_stages_are_told_as_they_end():
    heard = []

    solve(two_valleys(), (), watch=Stopwatch(lambda stage, _: heard.append(stage)))

    assert heard == ["build", "solve", "check"]


def _by_highs(problem, obeyed):
    """Solve the same rows with HiGHS (SciPy's), or return None where it finds them infeasible."""
    program = pose(problem, obeyed).program
    if not len(program.worth):  # nothing can be given at all
        return 0.0 if (program.lower <= 0).all() and (program.upper >= 0).all() else None
    upper, lower = np.isfinite(program.upper), np.isfinite(program.lower)
    matrix = program.matrix.toarray()
    answer = linprog(
        -program.worth,
        A_ub=np.vstack([matrix[upper], -matrix[lower]]),
        b_ub=np.concatenate([program.upper[upper], -program.lower[lower]]),
        bounds=np.column_stack([np.zeros(len(program.worth)), program.ceiling]),
    )
    return -answer.fun if answer.status == 0 else None
