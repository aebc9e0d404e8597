"""How long it takes to ask again, beside solving from nothing, on one instance of `bench/engine`."""

from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from time import perf_counter, process_time

from bench.engine.instances import Instance, instance_of
from impact.matching.changes.smallest import changes
from impact.matching.choices.frontier import frontier
from impact.matching.choices.lock_price import lock_price
from impact.matching.explain.case import Case, case_of
from impact.matching.explain.removal import removal
from impact.matching.explain.rule_price import rule_price
from impact.matching.explain.subject import product_of
from impact.matching.plan import Infeasible, Plan
from impact.matching.rules import RULES
from impact.matching.rules.lock import Lock
from impact.matching.rules.obeyed import Obeyed
from impact.matching.solve import Limits, solve

NUM_LINKS = 100_000
LIMITS = Limits(seconds=600, engine="exact")
RUNS = 3
A_LITTLE = 1.02
KNOBS = ("household", "region-01", "no-giants", "everyone", "dominance")
SWEPT = ("household", "no-giants")
LOCKED = 100
"""The place of the link locked out among those the plan earns most by."""
EXPLAINED = 100
"""The place of the product explained."""
TOO_MUCH = 3.0
"""So many times the share of a group that can just be given is more than there is."""


def rows() -> list[dict[str, object]]:
    """Measure each question in turn; its ratio is of CPU seconds, to the median of solving from nothing."""
    instance = instance_of(NUM_LINKS)
    plan = solve(instance.problem, instance.rules, LIMITS)
    cold = _measured(lambda: solve(instance.problem, instance.rules, LIMITS), RUNS)
    told = [_row("solved from nothing", cold, cold)]
    told += [
        _row(name, _measured(question, runs), cold) for name, question, runs in _questions(instance, plan)
    ]
    return told


def _questions(instance: Instance, plan: Plan) -> list[tuple[str, Callable[[], object], int]]:
    problem, rules = instance.problem, instance.rules
    again: list[tuple[str, Callable[[], object], int]] = [
        (
            f"{name} moved by 2 %",
            partial(solve, problem, _moved(instance, name, A_LITTLE), LIMITS, start=plan),
            RUNS,
        )
        for name in KNOBS
    ]
    again.append(("price of a lock", lambda: _locked(instance, plan), RUNS))
    case = case_of(problem, rules, plan, LIMITS)
    again.append(("one product explained", lambda: _explained(case), 1))
    again.append((f"price of {SWEPT[0]}", lambda: rule_price(case, _number(case, SWEPT[0])), 1))
    again += [
        (f"frontier of {name}, 11 points", partial(frontier, problem, rules, name, limits=LIMITS), 1)
        for name in SWEPT
    ]
    again.append(("conflict of household, with ways out", lambda: _conflict(instance), 1))
    return again


def _moved(instance: Instance, name: str, factor: float) -> Sequence[Obeyed]:
    """Move the limit of one rule by `factor`."""
    dials = {rule.id: rule.dial(instance.problem) for rule in instance.rules}
    dial = dials[name]
    assert dial is not None
    moved = [rule.moved(dial.limit * factor) if rule.id == name else rule for rule in instance.rules]
    return [rule for rule in moved if rule is not None]


def _locked(instance: Instance, plan: Plan) -> float:
    """Lock out one of the links that the plan earns most by."""
    problem = instance.problem
    link = int((-problem.value * plan.exposure).argsort()[LOCKED])
    product, placement = problem.product_of[link], problem.placement_of[link]
    spec = {"id": "out", "kind": "lock", "at_most": 0}
    ids = {"product": problem.product_ids[product], "placement": problem.placement_ids[placement]}
    (lock,) = RULES.validate_python([spec | ids])
    assert isinstance(lock, Lock)
    return lock_price(problem, instance.rules, plan, lock, limits=LIMITS).worth_lost


def _explained(case: Case) -> object:
    """Tell what is lost without one product, and what would give it more."""
    subject = product_of(case.problem, case.problem.product_ids[EXPLAINED], None)
    return removal(case, subject.links), changes(case, subject, None)


def _number(case: Case, name: str) -> int:
    return [rule.id for rule in case.rules].index(name)


def _conflict(instance: Instance) -> tuple[str, ...]:
    try:
        solve(instance.problem, _moved(instance, "household", TOO_MUCH), LIMITS)
    except Infeasible as error:
        return error.conflict.rules
    raise AssertionError("Expected rules that cannot hold together.")


def _measured(question: Callable[[], object], runs: int) -> tuple[float, float]:
    """Return the median seconds by the clock, and of the processor."""
    clock, processor = [], []
    for _ in range(runs):
        start, busy = perf_counter(), process_time()
        question()
        clock.append(perf_counter() - start)
        processor.append(process_time() - busy)
    return median(clock), median(processor)


def _row(name: str, took: tuple[float, float], cold: tuple[float, float]) -> dict[str, object]:
    ratio = round(took[1] / cold[1], 2)
    return {"asked": name, "seconds": round(took[0], 2), "CPU seconds": round(took[1], 2), "× cold": ratio}
