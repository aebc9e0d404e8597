"""What plans were made from: a catalog, who can reach whom, and what was published; many plans share it."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, Engine

from impact.arrays import Floats, Ints
from impact.matching.graph.links import Graph, Links
from impact.matching.question.problem import Problem, problem_of
from impact.matching.question.published import Published
from impact.model import Catalog
from impact.reports.solved import Solved
from impact.store.database import reading
from impact.store.solved.snapshots import keep_arrays, keep_catalog, kept_arrays, kept_catalog

LINKS = ("product_of", "placement_of", "parts", "weights", "value", "quality", "baseline", "max_exposure")


def keep_inputs(connection: Connection, solved: Solved) -> tuple[str, str]:
    """Keep what a plan was made from; return the names of its catalog and of everything else."""
    links, before = solved.graph.links, solved.problem.published
    arrays: dict[str, Floats | Ints] = {name: getattr(links, name) for name in LINKS}
    arrays |= {f"refused.{reason}": counts for reason, counts in solved.graph.refused.items()}
    arrays |= {f"published.{name}": array for name, array in vars(before).items()} if before else {}
    return keep_catalog(connection, solved.graph.catalog), keep_arrays(connection, arrays)


def kept_inputs(engine: Engine, catalog: str, arrays: str) -> tuple[Graph, Problem]:
    """Return what was kept under the two names."""
    with reading(engine) as connection:
        kept = kept_arrays(connection, arrays)
        graph = _graph(kept_catalog(connection, catalog), kept)
    return graph, _problem(graph, kept)


def _graph(catalog: Catalog, arrays: Mapping[str, Floats | Ints]) -> Graph:
    refused = {name.removeprefix("refused."): arrays[name] for name in arrays if name.startswith("refused.")}
    links = Links(**{name: arrays[name] for name in LINKS})  # type: ignore[arg-type]
    return Graph(catalog, links, refused)  # type: ignore[arg-type]


def _problem(graph: Graph, arrays: Mapping[str, Floats | Ints]) -> Problem:
    """Put the question of a graph, measured against what was published where anything was."""
    problem, names = problem_of(graph), Published.__dataclass_fields__
    if "published.exposure" not in arrays:
        return problem
    before = {name: arrays[f"published.{name}"] for name in names}
    return replace(problem, published=Published(**before))  # type: ignore[arg-type]
