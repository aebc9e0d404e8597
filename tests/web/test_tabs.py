"""What there is to see of a plan stands at addresses of its own, each a tab that leads to the others."""

from dataclasses import replace

import pytest
from services import database, do_jobs, send, service, signed_in, user_of
from shelves import valley
from store.decisions.offices import WHOLE, scenario, solved
from web.judging.worlds import judged

from impact.access import Role
from impact.i18n import LANGS, words
from impact.store.catalogs import save_catalog
from impact.store.decisions.scenario import Lock

TABS = ("map", "flow", "spread", "frontier", "affected", "locks")


@pytest.fixture(scope="module")
def lock():
    """A lock on the first link of the valley."""
    problem = valley().problem
    product, placement = problem.product_ids[problem.product_of[0]], problem.placement_ids[0]
    return {"id": "lock-1", "kind": "lock", "product": product, "placement": placement, "at_least": 10}


@pytest.fixture(scope="module")
def app():
    made = service(kept=database())
    save_catalog(made.extensions["database"], valley().graph.catalog)
    return made


@pytest.fixture(scope="module")
def plan(app, lock):
    """A plan of a scenario with a lock."""
    kept, who = app.extensions["database"], user_of(app, Role.COORDINATOR).acting()
    locks = (Lock(lock, "答应过合作社", "2027-03", price=12.0),)
    return solved(kept, who, scenario(kept, who, replace(WHOLE, locks=locks))).plan_id


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("tab", ["", *(f"/{each}" for each in TABS)])
def test_every_tab_leads_to_all_others_and_says_which_it_is(app, plan, tab, lang):
    page = signed_in(app, Role.VIEWER).get(f"/{lang}/plans/{plan}{tab}").text

    assert page.count('aria-current="page"') == 1
    assert all(f'href="/{lang}/plans/{plan}/{each}"' in page for each in TABS)


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_tab_tells_results_in_sentences_and_leaves_figures_to_the_others(app, plan, lang):
    page = signed_in(app, Role.VIEWER).get(f"/{lang}/plans/{plan}").text

    assert words("figure.points.caption", lang, total=12, reached=11) in page
    assert words("plan.whole_spread", lang) in page
    assert words("plan.all_flows", lang) in page
    assert "data-chart" not in page
    assert "flows-channel.csv" not in page


def test_how_many_take_no_part_is_said_and_leads_to_why(app):
    kept, who = app.extensions["database"], user_of(app, Role.COORDINATOR).acting()
    some = replace(WHOLE, programme=replace(WHOLE.programme, excluded={"P03-1": ("type_out",)}))
    plan = replace(valley(), plan_id="some", programme=some.programme)
    made = solved(kept, who, scenario(kept, who, some), plan)

    page = signed_in(app, Role.VIEWER).get(f"/en/plans/{made.plan_id}").text

    assert words("scenario.excluded", "en", count=1) in page
    assert f"/en/programmes/{made.programme_id}/enrolled?on=2026-10-01&amp;shown=out" in page


def test_flows_and_spread_have_table_twins_and_files(app, plan):
    client = signed_in(app, Role.VIEWER)

    assert client.get(f"/en/plans/{plan}/flow").text.count("flows-channel.csv") == 1
    spread = client.get(f"/en/plans/{plan}/spread").text
    assert all(f"/{name}.csv" in spread for name in ("region", "tier", "type", "lorenz"))


@pytest.mark.parametrize("lang", LANGS)
def test_locks_say_why_until_when_and_what_they_cost(app, plan, lang):
    page = signed_in(app, Role.VIEWER).get(f"/{lang}/plans/{plan}/locks").text

    assert words("scenario.because", lang, reason="答应过合作社") in page
    assert words("scenario.lock_cost", lang, price=12.0) in page
    assert words("tabs.to_locks", lang) not in page  # who reads changes nothing


def test_a_curve_is_asked_for_and_listed(app, plan):
    client = signed_in(app, Role.COORDINATOR)
    page = f"/en/plans/{plan}/frontier"
    assert words("tabs.none_swept", "en") in client.get(page).text
    action = client.get(page).text.partition('action="/en/scenarios/')[2].partition('"')[0]
    rule = client.get(page).text.partition('<option value="')[2].partition('"')[0]

    send(client, page, f"/en/scenarios/{action}", rule=rule, points="5")
    do_jobs(app)

    assert "/en/frontiers/" in client.get(page).text


@pytest.mark.parametrize("tab", ["frontier", "locks"])
def test_a_plan_of_no_scenario_says_so(tab):
    client = signed_in(judged(), Role.VIEWER)

    assert words("tabs.no_scenario", "en") in client.get(f"/en/plans/valley-1/{tab}").text


@pytest.mark.parametrize("tab", TABS)
def test_a_plan_that_there_is_not_is_not_found(app, tab):
    assert signed_in(app, Role.VIEWER).get(f"/en/plans/none/{tab}").status_code == 404
