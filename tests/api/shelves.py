"""A shelf of two small plans, and an application that shows them."""

from dataclasses import replace

import numpy as np
from flask import Flask
from flask.testing import FlaskClient
from services import bearing, database, partner_of, service, token_of
from shelves import MemoryShelf, valley
from worlds import two_valleys

from impact.access import Role
from impact.arrays import floats
from impact.matching.graph.links import PARTS, Graph, Links
from impact.matching.question.problem import Problem
from impact.matching.rules.group_floor import GroupFloor
from impact.matching.solve import solve
from impact.model import Catalog, Place, Placement, Producer, Product, Programme
from impact.reports.solved import Solved
from impact.store.catalogs import save_catalog

FLOOR = GroupFloor(id="rural-floor", group={"type": "rural"}, share=0.3)


class Shelf(MemoryShelf):
    """Plans in memory, newest first."""

    def __init__(self, *solved: Solved) -> None:
        super().__init__(solved)


def solved(plan_id: str, problem: Problem | None = None) -> Solved:
    problem = problem or two_valleys()
    return Solved(
        plan_id=plan_id,
        programme=Programme("mountain_goods", "山货上头条", "Mountain goods", month=10),
        graph=Graph(_catalog(problem), _links(problem), {}),
        problem=problem,
        plan=solve(problem, [FLOOR]),
    )


def many_links(num_links: int) -> Solved:
    """A plan of many placements, each with something to give."""
    size = num_links // 2
    small = two_valleys()
    problem = Problem(
        producer_ids=small.producer_ids,
        product_ids=small.product_ids,
        placement_ids=tuple(f"p{number:06d}" for number in range(size)),
        producer_of_product=small.producer_of_product,
        capacity=floats([size, size]),
        promised=small.promised,
        product_capacity=small.product_capacity,
        supply=floats(np.ones(size)),
        product_of=np.repeat(np.arange(2), size),
        placement_of=np.tile(np.arange(size), 2),
        value=floats(np.linspace(0.1, 1, 2 * size)),
        quality=floats(np.full(2 * size, 0.5)),
        baseline=floats(np.zeros(2 * size)),
        max_exposure=floats(np.full(2 * size, 0.5)),
        producer_attributes=small.producer_attributes,
        placement_attributes={"channel": ("mall",) * size},
    )
    return solved("many", problem)


def application(*plans: Solved) -> Flask:
    """An application over the valley's catalog that shows `plans`."""
    kept = database()
    save_catalog(kept, valley().graph.catalog)
    partner_of(kept)
    app = service(Shelf(*(plans or (solved("autumn-2"), solved("autumn-1")))), kept)
    app.extensions["database"] = kept
    return app


def reader(*plans: Solved) -> FlaskClient:
    """A client that may do what a coordinator may."""
    return coordinating(application(*plans))


def coordinating(app: Flask) -> FlaskClient:
    """A client of `app` that may do what a coordinator may."""
    return bearing(app, token_of(app, Role.COORDINATOR))


def reader_of_nothing() -> FlaskClient:
    """A client of a service whose shelf has burnt down."""

    class Burnt(Shelf):
        def ids(self) -> tuple[str, ...]:
            raise RuntimeError("secret: the shelf burnt down")

    app = service(Burnt())
    return bearing(app, token_of(app))


def _catalog(problem: Problem) -> Catalog:
    producers = tuple(
        Producer(name, name, "530000", Place(25, 102), "rural", "mountain_goods", "small", "1", 100.0)
        for name in problem.producer_ids
    )
    imputed = tuple(replace(producer, imputed=frozenset({"capacity"})) for producer in producers)
    owners = [problem.producer_ids[number] for number in problem.producer_of_product]
    products = tuple(
        Product(name, owner, name, "tea", 0.5, 0.0)
        for name, owner in zip(problem.product_ids, owners, strict=True)
    )
    placements = tuple(Placement(name, name, "mall", 1.0) for name in problem.placement_ids)
    return Catalog((), (), imputed, products, (), (), (), placements, ())


def _links(problem: Problem) -> Links:
    parts = np.zeros((len(PARTS), problem.num_links))
    weights = np.full(len(PARTS), 1 / len(PARTS))
    arrays = (problem.value, problem.quality, problem.baseline, problem.max_exposure)
    return Links(problem.product_of, problem.placement_of, parts, weights, *arrays)
