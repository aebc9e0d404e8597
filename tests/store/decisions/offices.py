"""A small office over a database: who makes plans, who approves them, and a scenario of the valley."""

from shelves import valley

from impact.access import SYSTEM, Actor
from impact.store.decisions import plans, scenarios
from impact.store.decisions.scenario import Asked, Inputs
from impact.store.decisions.scenarios import Origin
from impact.store.people.users import Post, add_user

PERIOD = "2026-10"
WHOLE = Asked(valley().programme, PERIOD)


def staff(engine, name, role):
    return add_user(engine, name, Post(role), who=SYSTEM).acting()


def scenario(engine, who: Actor, asked=WHOLE, **more):
    inputs = Inputs(valley().graph.catalog, more.pop("imports", ()))
    return scenarios.create(engine, Origin("valley", 1), asked, inputs, who, **more)


def solved(engine, who: Actor, made, plan=None):
    with engine.begin() as connection:
        return plans.keep(connection, made.scenario_id, plan or valley(), who)
