"""Going on from an earlier plan: as good, as proved, only sooner."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instances import problems, specs_for
from worlds import rules, three_stalls, two_valleys

from impact.matching.check import objections
from impact.matching.plan import Impossible, Infeasible
from impact.matching.pose import pose
from impact.matching.solve import Limits, claims_of, solve, specs_of
from impact.matching.solvers import warm
from impact.matching.solvers.glop import solve_linear
from impact.matching.solvers.warm import solve_from
from impact.matching.starts import carried, laid_out, start_from

NO_ROOM = (
    {"id": "rural", "kind": "group_floor", "group": {"type": "rural"}, "at_least": 60},
    {"id": "urban", "kind": "group_floor", "group": {"type": "urban"}, "at_least": 60},
)
RURAL = {"id": "rural", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.3}


def test_a_knob_is_turned_from_the_plan_before():
    before = solve(two_valleys(), rules(RURAL))

    after = solve(two_valleys(), rules({**RURAL, "share": 0.4}), start=before)

    assert after.exposure == pytest.approx([40, 60])
    assert after.status == "optimal"


def test_prices_find_their_rows_by_rule_label_and_side():
    """A lock has two rows of one name: its floor, and its ceiling."""
    lock = {"kind": "lock", "product": "hill", "placement": "live", "at_least": 30, "at_most": 60}
    posed = pose(two_valleys(), rules(lock))
    plan = solve(two_valleys(), rules(lock))

    duals = laid_out(posed, plan.duals)

    own = duals[posed.rows_of(len(posed.rules) - 1)]
    assert own == pytest.approx([-0.5, 0])  # giving way downwards gains, upwards nothing


def test_a_plan_read_from_a_file_has_only_its_prices_and_is_a_start_too():
    plan = replace(solve(three_stalls(), rules(RURAL)), duals=())

    assert solve(three_stalls(), rules(RURAL), start=plan).worth == pytest.approx(plan.worth)


def test_a_plan_over_other_links_is_no_start():
    other = solve(three_stalls(), ())

    assert start_from(pose(two_valleys(), ()), other) is None
    assert start_from(pose(two_valleys(), ()), None) is None
    assert solve(two_valleys(), (), start=other).worth == pytest.approx(100)


def test_where_no_diagnosis_is_asked_for_impossible_is_all_that_is_said():
    before, limits = solve(two_valleys(), rules(RURAL)), Limits(diagnosing=False)

    for start in (before, None):
        with pytest.raises(Impossible):
            solve(two_valleys(), rules(*NO_ROOM), limits, start=start)


def test_a_rule_that_is_new_starts_without_a_price():
    before = solve(two_valleys(), ())

    assert solve(two_valleys(), rules(RURAL), start=before).exposure == pytest.approx([30, 70])


def test_an_answer_is_carried_over_to_rules_that_have_come_and_gone():
    other = {"id": "quality", "kind": "quality_floor", "minimum": 0.4}
    earlier, now = pose(two_valleys(), rules(RURAL)), pose(two_valleys(), rules(other, RURAL))
    answer = solve_linear(earlier.program, 10)

    start = carried(now, earlier, answer)

    assert start.duals[now.rows_of(5)] == pytest.approx(answer.duals[earlier.rows_of(4)])
    assert start.duals[now.rows_of(4)] == pytest.approx([0])
    assert solve_from(now.program, start, 10).x == pytest.approx([30, 70])
    assert carried(now, earlier, None) is None


def test_what_has_become_impossible_is_diagnosed_all_the_same():
    before = solve(two_valleys(), rules(RURAL))
    town = {"id": "town", "kind": "group_floor", "group": {"type": "urban"}, "at_least": 80}

    with pytest.raises(Infeasible) as refusal:
        solve(two_valleys(), rules({**RURAL, "of": "supply"}, town), start=before)

    assert refusal.value.conflict.rules == ("rural", "town")


@pytest.mark.slow
@given(problem=problems(), shift=problems(), near=st.sampled_from([0, 6, 20]))
@settings(max_examples=100, deadline=None)
def test_warm_plans_pass_the_check_and_are_worth_what_cold_ones_are(problem, shift, near):
    """Rules and values move at once, and few columns are kept at first."""
    specs = specs_for(problem)
    rng = np.random.default_rng(shift.num_links)
    changed = replace(problem, value=problem.value * rng.choice([1.0, 0.5, 2.0], problem.num_links))
    moved = rules(*({**spec, **_harder(spec)} for spec in specs if rng.random() < 0.8))
    try:
        before, cold = solve(problem, rules(*specs)), solve(changed, moved)
    except Infeasible:
        return

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warm, "NEAREST", near)
        found = solve(changed, moved, start=before)

    assert found.worth == pytest.approx(cold.worth, rel=1e-9, abs=1e-6)
    assert objections(changed, specs_of(moved), claims_of(found, 0)) == ()


def _harder(spec):
    return {name: 0.9 * spec[name] for name in ("share", "of_capacity", "minimum") if name in spec}
