"""How long it takes until a conflict is told, and until its ways out are, on the sample's programme."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import process_time

from impact.catalog.sample.load import load_sample
from impact.config import DATA
from impact.matching.plan import Conflict, Infeasible, Plan
from impact.matching.question.carrying import measured_against
from impact.matching.question.problem import Problem
from impact.matching.rules import RULES
from impact.matching.solve import Limits, solve
from impact.pipeline import posed, with_belts
from impact.programmes.reading import read_programme

LIMITS = Limits(seconds=600)
EVERYWHERE = {"short_video": 0.85, "livestream": 0.85, "mall": 0.85, "search": 0.85}
PRIORITY = {"tier": ["1", "2"]}
TURNED: Mapping[str, Mapping[str, object]] = {
    "priority-counties at least 80 %": {"id": "priority-counties", "share": 0.8},
    "crafts-seen at least 60 million": {"id": "crafts-seen", "at_least": 60_000_000},
    "experience at least 0.85": {"id": "experience", "minimum": EVERYWHERE},
    "priority-counties at most 20 %": {"id": "cap", "kind": "group_cap", "group": PRIORITY, "share": 0.2},
}
"""What a rule is turned to, or which is added."""
STEADY = {"id": "steady", "kind": "churn", "share": 0.2}
MORE, LESS = {"id": "priority-counties", "share": 0.31}, {"id": "steady", "share": 0.02}
"""Beside the rules once a plan is published; and what then cannot be had together."""
Specs = list[Mapping[str, object]]


@dataclass(frozen=True)
class Told:
    """CPU seconds until a conflict was told as proved, with its first way out, and as a whole."""

    proved: float
    way: float
    whole: float
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """Rules turned, of which problem, and the plan it was turned from."""

    name: str
    problem: Problem
    specs: Specs
    plan: Plan


def rows() -> Iterator[dict[str, object]]:
    """Turn a number of the programme until its rules conflict; solving it as it is, from nothing, is 1."""
    programme = read_programme(DATA / "demo" / "programme.json")
    problem = posed(with_belts(load_sample(DATA)), programme, None)[1]
    before = process_time()
    plan = solve(problem, RULES.validate_python(programme.rules), LIMITS)
    cold = process_time() - before
    stated = list(programme.rules)
    asked = [Asked(name, problem, _turned(stated, spec), plan) for name, spec in TURNED.items()]
    for each in [*asked, _once_published(problem, stated, plan)]:
        told = _told(each)
        yield {
            "turned": each.name,
            "CPU seconds until told": round(told.proved, 1),
            "first way out": round(told.way, 1),
            "all": round(told.whole, 1),
            "all, × cold": round(told.whole / cold, 1),
            "in conflict": ", ".join(told.rules),
        }


def _once_published(problem: Problem, stated: Specs, plan: Plan) -> Asked:
    """Turn two numbers on from a plan that may change little, measured against `plan`."""
    measured, steady = measured_against(problem, problem, plan.exposure), [*stated, STEADY]
    kept = solve(measured, RULES.validate_python(steady), LIMITS, start=plan)
    name = "churn at most 2 %, priority-counties at least 31 %"
    return Asked(name, measured, _turned(_turned(steady, MORE), LESS), kept)


def _turned(stated: Specs, turned: Mapping[str, object]) -> Specs:
    """Return rules of which one is turned, or to which one is added."""
    changed = next((rule for rule in stated if rule["id"] == turned["id"]), {})
    return [*(rule for rule in stated if rule is not changed), {**changed, **turned}]


def _told(asked: Asked) -> Told:
    """Solve on from the plan, and take the time whenever something is told."""
    begun, heard = process_time(), list[tuple[float, Conflict]]()

    def hear(conflict: Conflict) -> None:
        heard.append((process_time() - begun, conflict))

    try:
        rules, limits = RULES.validate_python(asked.specs), Limits(seconds=600, told=hear)
        solve(asked.problem, rules, limits, start=asked.plan)
    except Infeasible as error:
        ways = [seconds for seconds, conflict in heard if conflict.relaxations]
        whole = process_time() - begun
        return Told(heard[0][0], (ways or [whole])[0], whole, error.conflict.rules)
    raise AssertionError("Expected rules that cannot hold together.")
