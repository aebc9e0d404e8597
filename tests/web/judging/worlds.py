"""Services whose databases hold plans of the valley."""

from dataclasses import replace

import numpy as np
from services import database, service, user_of
from shelves import MemoryShelf, valley
from store.decisions.offices import scenario, solved

from impact.access import SYSTEM, Role
from impact.store.catalogs import save_catalog
from impact.store.decisions import plans
from impact.store.solved.plans import PlanShelf

PLAN = "valley-1"


def judged():
    """A service that keeps the plan of the valley."""
    kept = database()
    save_catalog(kept, valley().graph.catalog)
    PlanShelf(kept).keep(valley())
    return service(kept=kept)


def kept_out(producer):
    """A service, and the id of its plan, in which criteria keep what a producer sells from all placements."""
    plan, kept = valley(), database()
    own = plan.problem.producer_of_product == plan.problem.producer_ids.index(producer)
    refused = {reason: np.where(own, 0, count) for reason, count in plan.graph.refused.items()}
    refused["ineligible"] = np.where(own, len(plan.problem.placement_ids), 0)
    plan_id = solved(kept, SYSTEM, scenario(kept, SYSTEM), plan).plan_id
    out = replace(plan, plan_id=plan_id, graph=replace(plan.graph, refused=refused))
    return service(MemoryShelf((out,)), kept=kept), plan_id


def first_placement(product="P08-1"):
    """A placement that a product is linked with."""
    problem = valley().problem
    link = int((problem.product_of == problem.product_ids.index(product)).nonzero()[0][0])
    return problem.placement_ids[problem.placement_of[link]]


def two_plans():
    """A service with a published plan of the valley, another of other rules, and who made them."""
    app = service(kept=database())
    kept, who = app.extensions["database"], user_of(app, Role.COORDINATOR).acting()
    first = solved(kept, who, scenario(kept, who))
    plans.propose(kept, first.plan_id, who)
    plans.approve(kept, first.plan_id, SYSTEM)
    plans.publish(kept, first.plan_id, SYSTEM)
    second = solved(kept, who, scenario(kept, who), other_valley())
    return app, first.plan_id, second.plan_id


def other_valley():
    """The valley with half of what its busiest producer has given to nobody, without its first rule."""
    before = valley()
    busiest = int(np.bincount(before.problem.producer_of, before.plan.exposure).argmax())
    exposure = before.plan.exposure * np.where(before.problem.producer_of == busiest, 0.5, 1.0)
    rules = before.programme.rules[1:]
    plan = replace(before.plan, exposure=exposure, rules=before.plan.rules[1:])
    return replace(before, plan_id="other", plan=plan, programme=replace(before.programme, rules=rules))
