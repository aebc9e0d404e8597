"""Pages that are empty until something is asked, with content, as axe and a ruler see them; and on paper.

Other pages are looked at where they are found by their addresses.
"""

import re

import pytest
from journeys.conftest import serving
from journeys.hills import hills
from journeys.looks import LOOKS, OUTSIDE, wrong_in
from services import database, do_jobs, service, signed_in, user_of
from store.decisions.offices import PERIOD

from impact.access import SYSTEM, Role
from impact.i18n import LANGS
from impact.jobs.queue import Queue
from impact.model import Programme
from impact.store.catalogs import save_catalog
from impact.store.decisions import openness, plans, scenarios
from impact.store.decisions.scenario import Asked, Inputs, Lock
from impact.store.decisions.scenarios import Origin
from impact.store.solved.plans import PlanShelf

pytestmark = pytest.mark.browser

TIERS = {"tier": ["1", "2"]}
FLOOR = {"id": "floor", "kind": "group_floor", "group": TIERS, "share": 0.1}
CAP = {"id": "cap", "kind": "group_cap", "group": TIERS, "at_most": 1e5}
ASKED = {"id": "asked", "kind": "group_floor", "group": TIERS, "at_least": 1e6}
NUM_PLANS = 4
A4 = {"width": 794, "height": 1123}
CUT = """() => [...document.querySelectorAll("tbody tr")]
    .filter((row) => getComputedStyle(row).breakInside !== "avoid").length"""


@pytest.fixture(scope="module")
def inputs(sample):
    return hills(sample)


@pytest.fixture(scope="module")
def app(inputs):
    made = service(kept=database())
    save_catalog(made.extensions["database"], inputs)
    return made


@pytest.fixture(scope="module")
def ids(app, inputs):
    """What stands in addresses: plans, the first of them published and public, a curve and a conflict."""
    kept, who = app.extensions["database"], user_of(app, Role.COORDINATOR).acting()
    queue = Queue(kept)

    def made(*rules, locks=()):
        asked = Asked(Programme("hills", "山货", "Hills", 10, rules), PERIOD, locks)
        return scenarios.create(kept, Origin("hills", 1), asked, Inputs(inputs), who).scenario_id

    shares = [{**FLOOR, "share": 0.1 + 0.05 * number} for number in range(NUM_PLANS + 1)]
    runs = [queue.put("run_scenario", {}, who, scenario=made(share)) for share in shares]
    swept = queue.get(runs[0]).scenario
    curve = queue.put("frontier_scenario", {"rule": "floor", "points": 5}, who, scenario=swept)
    conflict = queue.put("run_scenario", {}, who, scenario=made(CAP, ASKED))
    foreseen = made(CAP, ASKED)
    queue.put("foresee_scenario", {}, who, scenario=foreseen)
    do_jobs(app)
    found = [str(queue.get(each).result["plan"]) for each in runs]
    for step, by in ((plans.propose, who), (plans.approve, SYSTEM), (plans.publish, SYSTEM)):
        step(kept, found[0], by)
    openness.make_public(kept, found[0], SYSTEM)
    lock = busiest(PlanShelf(kept).get(found[0]))
    price = queue.put("price_lock", {"rule": lock, "reason": "why"}, who, scenario=made(FLOOR))
    locked = queue.put("run_scenario", {}, who, scenario=made(FLOOR, locks=(Lock(lock, "why", price=9.0),)))
    do_jobs(app)
    told = {"plans": found, "frontier": curve, "conflict": conflict, "foreseen": foreseen, "price": price}
    return told | {"locked": queue.get(locked).result["plan"], "scenario": queue.get(locked).scenario}


def busiest(solved):
    """A lock that takes away the link of a plan that carries most."""
    most, problem = int(solved.plan.exposure.argmax()), solved.problem
    product = problem.product_ids[problem.product_of[most]]
    placement = problem.placement_ids[problem.placement_of[most]]
    return {"id": "lock-1", "kind": "lock", "product": product, "placement": placement, "at_most": 0}


def addresses(ids, inputs):
    """The pages, but for their language, and whether whoever looks at them is nobody."""
    (first, *others), producer = ids["plans"], inputs.producers[0].producer_id
    yield f"/frontiers/{ids['frontier']}", False
    yield f"/conflicts/{ids['conflict']}", False
    yield f"/scenarios/{ids['foreseen']}", False
    yield f"/compare?plan={others[0]}&plan={others[1]}", False
    yield "/compare?" + "&".join(f"plan={each}" for each in others), False
    yield f"/plans/{others[-1]}/affected?whom=all", False
    yield f"/plans/{first}/explain?producer={producer}", False
    yield f"/plans/{first}", False
    for tab in ("map", "flow", "spread", "frontier", "recruit"):
        yield f"/plans/{first}/{tab}", False
    yield f"/plans/{ids['locked']}/locks", False
    yield f"/lock-prices/{ids['price']}", False
    yield f"/scenarios/{ids['scenario']}", False
    yield f"/plans/{first}/producers/{producer}/network", False
    yield f"/plans/{first}/explain?product={inputs.products[0].product_id}", False
    yield f"/plans/{first}/explain?region=530000", False
    yield "/jobs", False
    yield f"/public/{first}", True


@pytest.fixture
def looked(browser, app):
    """Opens a page of the service as a coordinator, or as nobody."""
    contexts = []
    with serving(app) as site:

        def look(path, *, nobody=False):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            contexts.append(context)
            if not nobody:
                cookie = signed_in(app, Role.COORDINATOR).get_cookie("impact")
                context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
            page = context.new_page()
            page.complaints = []
            page.on("pageerror", lambda error: page.complaints.append(str(error)))
            page.goto(site + path, wait_until="networkidle")
            return page

        yield look
        for context in contexts:
            context.close()


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_to_be_mended_where_there_is_something_to_see(looked, ids, inputs, lang):
    found = []
    for path, nobody in addresses(ids, inputs):
        page = looked(f"/{lang}{path}", nobody=nobody)
        found += [f"{path}: {what}" for what in wrong_on(page)]
        page.context.close()

    assert not found, "\n".join(found)


def wrong_on(page):
    yield from page.complaints
    if page.locator("main table, main ol.rules, main .verdict").count() == 0:
        yield "has nothing to see"
    yield from wrong_in(page, LOOKS)


@pytest.mark.parametrize("lang", LANGS)
def test_a_public_plan_is_there_for_anybody_without_private_figures(looked, ids, inputs, lang):
    page = looked(f"/{lang}/public/{ids['plans'][0]}", nobody=True)

    assert page.locator("ol.rules li").count() == 1
    assert not [one.name for one in inputs.producers if one.name in page.inner_text("main")]


def test_a_plan_printed_as_pdf_has_whole_rows_and_its_heads_on_every_page(looked, ids, inputs):
    place = max(
        {one.region for one in inputs.producers},
        key=lambda region: sum(one.region[:2] == region[:2] for one in inputs.producers),
    )
    page = looked(f"/zh/plans/{ids['plans'][0]}/print?region={place[:2]}0000")
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    page.emulate_media(media="print")

    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 8
    assert page.evaluate(CUT) == 0
    head = "getComputedStyle(document.querySelector('thead')).display"
    assert page.evaluate(head) == "table-header-group"
    page.set_viewport_size(A4)
    assert page.evaluate(OUTSIDE) <= 0
