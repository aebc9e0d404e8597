from dataclasses import replace
from threading import Event

import pytest
from worlds import rules, stalls_by_the_river, two_valleys

from impact.matching.check import Claims, audit, objections, unshown
from impact.matching.levels.climb import rounds
from impact.matching.levels.probe import asked
from impact.matching.levels.programs import by_programs
from impact.matching.levels.settle import settled_in_time
from impact.matching.plan import BestLevels
from impact.matching.pose import pose
from impact.matching.question.problem import Problem
from impact.matching.rules.max_min import Settled
from impact.matching.solve import Limits, claims_of, solve, specs_of
from impact.matching.solvers.glop import solve_linear
from impact.timing import UNHURRIED, Patience

INF = float("inf")
MAX_MIN = {"kind": "max_min"}
STEP_BY_STEP = {"kind": "max_min", "lexicographic": True}


def climbed_until_stopped(problem: Problem, rounds_settled: int, *specs: dict) -> BestLevels:
    """Settle the first of `specs`, until somebody says stop after so many rounds."""
    stopped = Event()
    (rule, *others) = rules(*specs)
    question = asked(problem, rule.id, others)

    def climbing():
        for number, found in enumerate(rounds(by_programs(question, UNHURRIED), question.ladder()), 1):
            if number == rounds_settled:
                stopped.set()
            yield found

    return settled_in_time(question, rule, climbing(), Patience(INF, stopped.is_set))


def claims_at(problem: Problem, best: BestLevels, status: str, *specs: dict) -> Claims:
    """Solve for the value at levels that are settled so far, and claim what is proved."""
    (rule, *others) = obeyed = rules(*specs)
    posed = pose(problem, [Settled(rule, best.level), *others])
    found = solve_linear(posed.program, 60.0)
    assert found.x is not None
    told = (*posed.by_rule(posed.told(found.duals)), *best.weights)
    prices = {each.rule: dict(zip(each.labels, each.duals.tolist(), strict=True)) for each in told}
    seen = audit(problem, specs_of(obeyed), exposure := posed.exposure(found.x), prices)
    return Claims(exposure, status, seen.worth, seen.bound, seen.gap, 0.0, prices)


def test_levels_settled_before_time_is_up_stand_and_the_others_are_counted():
    best = climbed_until_stopped(stalls_by_the_river(), 1, STEP_BY_STEP)

    assert best.level == pytest.approx([0.25] * 4)
    assert best.unsettled == 2  # cedar and dale could have had 0.6


def test_nobody_is_unsettled_where_the_last_round_was_in_time():
    assert climbed_until_stopped(stalls_by_the_river(), 2, STEP_BY_STEP).unsettled == 0
    assert climbed_until_stopped(stalls_by_the_river(), 1, MAX_MIN).unsettled == 0


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_a_plan_at_levels_settled_so_far_passes_the_check_as_stopped_and_as_nothing_more(share):
    problem, spec = stalls_by_the_river(), {**STEP_BY_STEP, "share": share}
    best = climbed_until_stopped(problem, 1, spec)
    specs = specs_of(rules(spec))

    stopped, called_best = (claims_at(problem, best, status, spec) for status in ("time_limit", "optimal"))

    assert stopped.exposure[2] == pytest.approx(max(25 * share, 20))  # dale, dearer, has room for 100
    assert objections(problem, specs, stopped) == ()
    assert [issue.code for issue in objections(problem, specs, called_best)] == ["levels_not_earned"]
    shown = {best.rule: best.shown} if best.shown is not None else {}
    assert list(unshown(problem, specs, stopped.prices, shown)) == []


def test_a_plan_that_hides_that_levels_are_not_settled_is_held_to_all_that_could_be_reached():
    problem, specs = stalls_by_the_river(), specs_of(rules(STEP_BY_STEP))
    claims = claims_at(problem, climbed_until_stopped(problem, 1, STEP_BY_STEP), "time_limit", STEP_BY_STEP)
    hidden = {name: weights for name, weights in claims.prices.items() if not name.endswith(":unsettled")}

    assert "rule_broken" in {
        issue.code for issue in objections(problem, specs, replace(claims, prices=hidden))
    }


def test_somebody_who_says_stop_at_once_gets_a_plan_that_says_that_no_level_is_settled():
    stopped = Limits(cancelled=lambda: True)
    quality = {"kind": "quality_floor", "minimum": 0.5}

    plan = solve(two_valleys(), rules(STEP_BY_STEP, quality), stopped)

    assert plan.status == "time_limit"
    assert plan.levels[0].unsettled == 2
    assert [issue.code for issue in plan.warnings] == ["levels_not_settled", "solving_stopped"]
    assert objections(two_valleys(), specs_of(rules(STEP_BY_STEP, quality)), claims_of(plan, 0)) == ()
