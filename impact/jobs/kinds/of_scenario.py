"""What a scenario puts to the engine: its plan where it was solved, else its question, matched anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from sqlalchemy import Engine

from impact.errors import Issue, refuse_if_any
from impact.matching.question.problem import Problem
from impact.model import Programme
from impact.pipeline import posed
from impact.reports.solved import Solved
from impact.store.decisions import scenarios, standing
from impact.store.decisions.scenario import Scenario
from impact.store.decisions.scenarios import published_before, question
from impact.store.solved.plans import PlanShelf
from impact.timing import Stopwatch

MOST_BACK = 10
"""So far back a plan is looked for that a scenario can go on from."""


@dataclass(frozen=True)
class Question:
    """A scenario's question, and its plan where it was solved."""

    programme: Programme
    problem: Problem
    solved: Solved | None = None


def question_of(engine: Engine, scenario_id: str, watch: Stopwatch) -> Question:
    """Return what a scenario asks; what was matched for its plan is not matched again.

    Raises
    ------
    Unknown
        There is no such scenario.
    """
    with watch.stage("load"):
        solved = plan_of(engine, scenario_id)
        if solved:
            return Question(solved.programme, solved.problem, solved)
        catalog, programme = question(engine, scenario_id)
        published = published_before(engine, scenario_id)
    with watch.stage("match"):
        return Question(programme, posed(catalog, programme, published)[1])


def problem_of(engine: Engine, scenario: Scenario, watch: Stopwatch) -> Problem:
    """Return the problem of a scenario: that of an earlier plan of its links, else matched anew."""
    with watch.stage("load"):
        earlier = earlier_plan(engine, scenario)
    return earlier.problem if earlier else question_of(engine, scenario.scenario_id, watch).problem


def refuse_if_unlinked(problem: Problem) -> None:
    """Refuse to look for a plan where nothing could be given to anybody.

    Raises
    ------
    BadInput
        No product is linked with any placement.
    """
    refuse_if_any(() if problem.num_links else [Issue("nothing_in_reach")])


def plan_of(engine: Engine, scenario_id: str) -> Solved | None:
    """Return the newest plan of a scenario, None where it was not solved."""
    found = standing.newest(engine, standing.Sought(scenario_id=scenario_id))
    return _shelf(engine).get(found.plan_id) if found else None


def newest_plan(engine: Engine) -> Solved | None:
    """Return the newest plan of all scenarios, None where none was solved."""
    found = standing.newest(engine)
    return _shelf(engine).get(found.plan_id) if found else None


def earlier_plan(engine: Engine, scenario: Scenario) -> Solved | None:
    """Return the plan that a scenario can go on from: of the same inputs, by itself or one it descends from.

    None where none was solved, or where who can reach whom may be otherwise than it was.
    """
    for ancestor in islice(_lineage(engine, scenario), MOST_BACK):
        found = plan_of(engine, ancestor.scenario_id) if _same_links(scenario, ancestor) else None
        if found:
            return found
    return None


def _lineage(engine: Engine, scenario: Scenario) -> Iterator[Scenario]:
    """Return a scenario, and those it was branched from, the nearest first."""
    while True:
        yield scenario
        parent = scenarios.get(engine, scenario.parent) if scenario.parent else None
        if parent is None:
            return
        scenario = parent


def _same_links(one: Scenario, other: Scenario) -> bool:
    """Tell whether two scenarios ask about the same links, measured against the same published plan."""
    return _links_of(one) == _links_of(other)


def _links_of(scenario: Scenario) -> tuple[object, ...]:
    question = scenario.asked.question
    return scenario.catalog, scenario.published, question.month, question.excluded


@lru_cache(1)
def _shelf(engine: Engine) -> PlanShelf:
    """Keep the plan at hand that this process went on from: the next change is often of the same scenario."""
    return PlanShelf(engine, in_memory=1)
