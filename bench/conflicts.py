"""How long it takes until a conflict is told, and until its ways out are, on the sample's programme."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import process_time

from impact.catalog.sample.load import load_sample
from impact.config import DATA
from impact.matching.plan import Conflict, Infeasible, Plan
from impact.matching.question.problem import Problem
from impact.matching.rules import RULES
from impact.matching.solve import Limits, solve
from impact.model import Programme
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
Specs = list[Mapping[str, object]]


@dataclass(frozen=True)
class Told:
    """CPU seconds until a conflict was told as proved, with its first way out, and as a whole."""

    proved: float
    way: float
    whole: float
    rules: tuple[str, ...]


def rows() -> Iterator[dict[str, object]]:
    """Turn a number of the programme until its rules conflict; solving it as it is, from nothing, is 1."""
    programme = read_programme(DATA / "demo" / "programme.json")
    problem = posed(with_belts(load_sample(DATA)), programme, None)[1]
    before = process_time()
    plan = solve(problem, RULES.validate_python(programme.rules), LIMITS)
    cold = process_time() - before
    for name, specs in _questions(programme):
        told = _told(problem, specs, plan)
        yield {
            "turned": name,
            "CPU seconds until told": round(told.proved, 1),
            "first way out": round(told.way, 1),
            "all": round(told.whole, 1),
            "all, × cold": round(told.whole / cold, 1),
            "in conflict": ", ".join(told.rules),
        }


def _questions(programme: Programme) -> Iterator[tuple[str, Specs]]:
    for name, turned in TURNED.items():
        changed = next((rule for rule in programme.rules if rule["id"] == turned["id"]), {})
        yield name, [*(rule for rule in programme.rules if rule is not changed), {**changed, **turned}]


def _told(problem: Problem, specs: Specs, plan: Plan) -> Told:
    """Solve on from the plan, and take the time whenever something is told."""
    begun, heard = process_time(), list[tuple[float, Conflict]]()

    def hear(conflict: Conflict) -> None:
        heard.append((process_time() - begun, conflict))

    try:
        solve(problem, RULES.validate_python(specs), Limits(seconds=600, told=hear), start=plan)
    except Infeasible as error:
        ways = [seconds for seconds, conflict in heard if conflict.relaxations]
        whole = process_time() - begun
        return Told(heard[0][0], (ways or [whole])[0], whole, error.conflict.rules)
    raise AssertionError("Expected rules that cannot hold together.")
