"""Solve a scenario: its inputs as they were frozen, with what is asked of them; the plan is kept with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module

from sqlalchemy import Connection, Engine

from impact.bundles.plan_document import document_of, document_of_conflict
from impact.jobs.asked import SolvingAsked
from impact.jobs.desk import Desk, Done, Kept
from impact.jobs.kinds.ahead import look_ahead, nearest
from impact.jobs.kinds.of_scenario import earlier_plan, newest_plan, refuse_if_unlinked
from impact.jobs.kinds.solving import ending_of, limits_of, named
from impact.matching.plan import Conflict, Infeasible
from impact.matching.solve import Limits
from impact.model import Catalog, Programme
from impact.pipeline import again, answered, posed
from impact.reports.solved import Solved
from impact.store.decisions import plans, scenarios
from impact.store.decisions.admitted import refuse_if_nobody
from impact.timing import Cancelled, Stopwatch

CONFLICT = "conflict.json"
SLOW_TO_LOAD = "sklearn.feature_extraction.text"
"""Where names are first matched this is loaded, which takes most of a second."""


def run(desk: Desk, asked: SolvingAsked) -> Done:
    """Solve, from a plan of the same inputs on where there is one; rules that conflict come as a file.

    The file is there as soon as it is proved that they do, and grows with each way out.
    """
    watch = desk.stopwatch(load=0.1, match=0.4, build=0.1, solve=0.3, diagnose=0.0, check=0.1)
    with watch.stage("load"):
        put = _loaded(desk)
    limits = limits_of(desk, asked, put.programme.seed)
    limits = replace(limits, told=lambda conflict: desk.show(_told(conflict, limits)))
    try:
        solved = named(desk, put.solved(limits, watch))
    except Infeasible as error:
        conflict = document_of_conflict(error.conflict, limits, "")
        return Done(ending_of(desk, conflict, watch.seconds, _told(error.conflict, limits)))
    figures = solved.measures.figures()
    document = document_of(solved.plan, limits, "", figures)
    return Done(ending_of(desk, document, watch.seconds, {}), partial(_keep, desk, solved))


def think_ahead(engine: Engine, called: Cancelled, *, is_next: bool) -> None:
    """Have at hand what going on from the newest plan needs, no further once somebody has `called`.

    Where a task `is_next` to come to this process, what it may ask is answered, too.
    """
    import_module(SLOW_TO_LOAD)
    newest = None if called() else newest_plan(engine)
    if newest is not None and not called():
        look_ahead(newest, called, far=is_next)


def _told(conflict: Conflict, limits: Limits) -> Mapping[str, bytes]:
    return {CONFLICT: document_of_conflict(conflict, limits, "").model_dump_json(indent=1).encode()}


@dataclass(frozen=True)
class _Loaded:
    """What is asked of which inputs: those of an earlier plan, else a catalog that is matched first."""

    programme: Programme
    earlier: Solved | None = None
    catalog: Catalog | None = None
    published: Solved | None = None

    def solved(self, limits: Limits, watch: Stopwatch) -> Solved:
        """Solve what is asked; raises `BadInput` where nobody can be given anything."""
        if self.earlier:
            start = nearest(self.earlier, self.programme)
            return again(self.earlier, self.programme, limits, watch, start=start)
        assert self.catalog is not None
        with watch.stage("match"):
            graph, problem = posed(self.catalog, self.programme, self.published)
        refuse_if_unlinked(problem)
        return answered(graph, problem, self.programme, limits, watch)


def _loaded(desk: Desk) -> _Loaded:
    scenario_id = desk.job.scenario or ""
    scenario = scenarios.wanted(desk.engine, scenario_id)
    refuse_if_nobody(desk.engine, scenario)
    earlier = earlier_plan(desk.engine, scenario)
    if earlier:
        return _Loaded(scenario.asked.question, earlier)
    catalog, programme = scenarios.question(desk.engine, scenario_id)
    published = scenarios.published_before(desk.engine, scenario_id)
    return _Loaded(programme, catalog=catalog, published=published)


def _keep(desk: Desk, solved: Solved, connection: Connection) -> Kept:
    kept = plans.keep(connection, desk.job.scenario or "", solved, desk.job.asker)
    return {"plan": kept.plan_id}
