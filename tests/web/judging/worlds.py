"""A service whose database holds the valley's plan, and who looks at it."""

from services import database, service
from shelves import valley

from impact.store.catalogs import save_catalog
from impact.store.plans import PlanShelf

PLAN = "valley-1"
LINK = "product=P08-1&placement="


def judged():
    """A service that keeps the plan of the valley."""
    kept = database()
    save_catalog(kept, valley().graph.catalog)
    PlanShelf(kept).keep(valley())
    return service(kept=kept)


def first_placement(product="P08-1"):
    """A placement that a product is linked with."""
    problem = valley().problem
    link = int((problem.product_of == problem.product_ids.index(product)).nonzero()[0][0])
    return problem.placement_ids[problem.placement_of[link]]
