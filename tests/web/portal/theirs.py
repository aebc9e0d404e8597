"""A partner before a programme whose plan is published: one producer shown, one not, one listed since."""

from dataclasses import replace
from datetime import date

from flask import Flask
from services import database, do_jobs, partner_of, service, user_of
from shelves import valley
from store.decisions.offices import scenario, solved

from impact.access import SYSTEM, Role
from impact.catalog.listed.norms import read_norms
from impact.config import DATA
from impact.jobs.queue import Queue
from impact.matching.question.problem import problem_of
from impact.programmes.document import Names
from impact.programmes.templates import blank
from impact.store.catalogs import save_catalog
from impact.store.decisions import enrolling, plans, programmes
from impact.store.happened.deliveries import Delivery, put

ON = date(2026, 10, 1)
LIST = "产品,商家,省,市,县,店铺\n{rows}\n"
SHOWN, UNSEEN, LATER = "永德老茶", "宁县鱼干", "永德新茶"
MADE_BY = {SHOWN: "永德茶厂", UNSEEN: "宁县渔社", LATER: "永德新社"}
PLACES = {SHOWN: "云南省,临沧市,永德县", UNSEEN: "甘肃省,庆阳市,宁县", LATER: "云南省,临沧市,永德县"}
ROLES = {SHOWN: "P08", UNSEEN: "P03"}
"""Whose part in the plan of the valley a product plays: P08 gets much, P03 nothing."""


def portal(*, published: bool = True) -> Flask:
    """A service with what anji lists, and a plan of the valley in which two of anji's producers are."""
    kept = database()
    save_catalog(kept, valley().graph.catalog)
    app = service(kept=kept)
    enrolling.keep(kept, blank("valley", Names(zh="山谷", en="Valley"), ON), SYSTEM)
    listed(app, "anji", SHOWN, UNSEEN)
    if published:
        app.config["PLAN"] = publish(app)
    listed(app, "anji", LATER)
    return app


def two_partners() -> Flask:
    """A service in which anji lists two products and yongde one, and nobody has applied."""
    kept = database()
    save_catalog(kept, valley().graph.catalog)
    app = service(kept=kept)
    listed(app, "anji", SHOWN, UNSEEN)
    listed(app, "yongde", LATER)
    return app


def listed(app: Flask, partner: str, *products: str) -> None:
    """Have a list of a partner saved."""
    partner_of(app.extensions["database"], partner)
    rows = "\n".join(f"{each},{MADE_BY[each]},{PLACES[each]},有" for each in products)
    files, asked = {"file": LIST.format(rows=rows).encode()}, {"file": "list.csv", "partly": True}
    Queue(app.extensions["database"]).put("import_file", asked, SYSTEM, partner=partner, files=files)
    do_jobs(app)


def ids(app: Flask, partner: str = "anji") -> dict[str, tuple[str, str]]:
    """The producer and the product that came of each product listed, by its name."""
    kept = app.extensions["database"]
    ground = enrolling.ground_of(kept, read_norms(DATA), {})
    found = enrolling.enrolled_of(kept, programmes.get(kept, "valley"), ON, ground, partner)
    own = found.joined.listing_of
    return {
        each.name: (each.producer_id, each.product_id)
        for each in found.catalog.products
        if each.product_id in own
    }


def publish(app: Flask) -> str:
    """Publish the plan of the valley, in which anji's producers play their parts."""
    kept, maker = app.extensions["database"], user_of(app, Role.COORDINATOR).acting()
    boss = user_of(app, Role.APPROVER).acting()
    plan = solved(kept, maker, scenario(kept, maker), played(ids(app))).plan_id
    plans.propose(kept, plan, maker)
    plans.approve(kept, plan, boss)
    plans.publish(kept, plan, boss)
    return plan


def deliver(app: Flask, product: str, exposure: float) -> None:
    """Have exposures of a product delivered."""
    delivery = Delivery(f"d-{product}", "2026-10-02", app.config["PLAN"], product, "somewhere", exposure)
    put(app.extensions["database"], [delivery], SYSTEM)


def played(own: dict[str, tuple[str, str]]):
    """The valley with ids of anji's in the place of some."""
    told = {old: own[name] for name, old in ROLES.items()}
    catalog = valley().graph.catalog
    producers = tuple(
        replace(one, producer_id=told[one.producer_id][0]) if one.producer_id in told else one
        for one in catalog.producers
    )
    products = tuple(
        replace(one, producer_id=told[one.producer_id][0], product_id=told[one.producer_id][1])
        if one.producer_id in told
        else one
        for one in catalog.products
    )
    graph = replace(valley().graph, catalog=replace(catalog, producers=producers, products=products))
    return replace(valley(), plan_id="theirs", graph=graph, problem=problem_of(graph))
