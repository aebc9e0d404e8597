"""What a scenario puts to the engine: its plan where it was solved, else its question, matched anew."""

from dataclasses import dataclass

from sqlalchemy import Engine

from impact.matching.question.problem import Problem
from impact.model import Programme
from impact.pipeline import posed
from impact.reports.solved import Solved
from impact.store.decisions import standing
from impact.store.decisions.scenarios import published_before, question
from impact.store.paging import Part
from impact.store.plans import PlanShelf
from impact.timing import Stopwatch


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


def plan_of(engine: Engine, scenario_id: str) -> Solved | None:
    """Return the newest plan of a scenario, None where it was not solved."""
    found = standing.listed(engine, Part(1), standing.Sought(scenario_id=scenario_id)).items
    return PlanShelf(engine).get(found[0].plan_id) if found else None
