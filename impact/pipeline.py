"""The whole journey on one page: catalog → regions → graph → problem → plan → check → report.

Pure: values in, values out. Where the values come from and where they go is the callers' business.
"""

from collections.abc import Collection
from dataclasses import replace

from impact.bundles.canonical import canonical, fingerprint
from impact.bundles.document import ProblemDocument
from impact.matching.graph.build import build_graph
from impact.matching.graph.evidence import segment_regions
from impact.matching.graph.links import Graph
from impact.matching.plan import Plan
from impact.matching.question.carrying import measured_against
from impact.matching.question.problem import Problem, problem_of
from impact.matching.rules import RULES, Rule
from impact.matching.solve import Limits, solve
from impact.model import Catalog, Programme
from impact.regions.belts import find_belts
from impact.regions.distances import arrival_days, distances_km
from impact.reports.solved import Solved
from impact.timing import Stopwatch


def with_belts(catalog: Catalog) -> Catalog:
    """Return `catalog` with the belts that its producers form."""
    return replace(catalog, belts=find_belts(catalog))


def link(catalog: Catalog, month: int, excluded: Collection[str] = ()) -> Graph:
    """Find who can reach whom in `month`, and why; products that are `excluded`, by id, reach nobody."""
    place_of = {segment.region: segment.place for segment in catalog.segments}
    seats = [place_of[region] for region in segment_regions(catalog)]
    km = distances_km([producer.place for producer in catalog.producers], seats)
    return build_graph(catalog, km, arrival_days(km), month, excluded=excluded)


def posed(catalog: Catalog, programme: Programme, published: Solved | None) -> tuple[Graph, Problem]:
    """Find who can reach whom, and put that as a question; change is measured against `published`."""
    graph = link(catalog, programme.month, programme.excluded)
    problem = problem_of(graph)
    if published:
        problem = measured_against(problem, published.problem, published.plan.exposure)
    return graph, problem


def run(
    catalog: Catalog,
    programme: Programme,
    limits: Limits | None = None,
    watch: Stopwatch | None = None,
    *,
    published: Solved | None = None,
) -> Solved:
    """Take `programme` from its catalog to a checked plan; change is measured against the `published` one.

    Raises as `impact.matching.solve.solve` does. The plan's name is made from what was asked, so that the
    same question always gets the same name.
    """
    watch = watch or Stopwatch()
    with watch.stage("match"):
        graph, problem = posed(catalog, programme, published)
    return answered(graph, problem, programme, limits, watch)


def answered(
    graph: Graph,
    problem: Problem,
    programme: Programme,
    limits: Limits | None = None,
    watch: Stopwatch | None = None,
) -> Solved:
    """Answer the question that `posed` put of a programme, as `run` does."""
    rules = RULES.validate_python(programme.rules)
    plan = solve(problem, rules, limits, watch)
    return Solved(_name(programme, problem, rules), programme, graph, problem, plan)


def again(
    earlier: Solved,
    programme: Programme,
    limits: Limits | None = None,
    watch: Stopwatch | None = None,
    *,
    start: Plan | None = None,
) -> Solved:
    """Ask something else of the inputs of an `earlier` plan, as `run` does of a catalog, and go on from it.

    `programme` must be of its month and leave out the same products: who can reach whom is as it was then.
    `start` is another plan of those inputs, where one is nearer to what is asked. Which of several best plans
    is found may depend on it; what it is worth does not.
    """
    rules = RULES.validate_python(programme.rules)
    plan = solve(earlier.problem, rules, limits, watch, start=start or earlier.plan)
    name = _name(programme, earlier.problem, rules)
    return Solved(name, programme, earlier.graph, earlier.problem, plan, gone_on_from=earlier.plan_id)


def _name(programme: Programme, problem: Problem, rules: tuple[Rule, ...]) -> str:
    asked = ProblemDocument(format="impact-problem/1", rules=rules, seed=programme.seed)
    return f"{programme.programme_id}-{fingerprint(canonical(problem), asked)[:8]}"
