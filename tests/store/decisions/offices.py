"""A small office over a database: who makes plans, who approves them, and a scenario of the valley."""

from dataclasses import replace

import numpy as np
from shelves import valley

from impact.access import SYSTEM, Actor
from impact.matching.question.problem import problem_of
from impact.store.decisions import plans, scenarios
from impact.store.decisions.scenario import Asked, Inputs
from impact.store.decisions.scenarios import Origin
from impact.store.people.users import Post, add_user

PERIOD = "2026-10"
WHOLE = Asked(valley().programme, PERIOD)


def staff(engine, name, role):
    return add_user(engine, name, Post(role), who=SYSTEM).acting()


def bare():
    """A plan over links that nobody is said to see anything on without it."""
    links = replace(valley().graph.links, baseline=np.zeros_like(valley().graph.links.baseline))
    graph = replace(valley().graph, links=links)
    return replace(valley(), plan_id="bare", graph=graph, problem=problem_of(graph))


def scenario(engine, who: Actor, asked=WHOLE, **more):
    inputs = Inputs(valley().graph.catalog, more.pop("imports", ()))
    origin = Origin(more.pop("programme", "valley"), 1)
    return scenarios.create(engine, origin, asked, inputs, who, **more)


def solved(engine, who: Actor, made, plan=None):
    with engine.begin() as connection:
        return plans.keep(connection, made.scenario_id, plan or valley(), who)
