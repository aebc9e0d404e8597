"""The public page of a plan is there only where an approver switched it on, and has nobody's figures."""

import pytest
from services import database, send, service, signed_in, user_of
from shelves import valley
from store.decisions.offices import scenario, solved

from impact.access import Role
from impact.i18n import words
from impact.store.decisions import plans
from impact.store.decisions.openness import is_public, make_public


@pytest.fixture
def app():
    return service(kept=database())


@pytest.fixture
def plan(app):
    kept, maker = app.extensions["database"], user_of(app, Role.COORDINATOR).acting()
    boss, plan = user_of(app, Role.APPROVER).acting(), solved(kept, maker, scenario(kept, maker)).plan_id
    plans.propose(kept, plan, maker)
    plans.approve(kept, plan, boss)
    plans.publish(kept, plan, boss)
    return plan


@pytest.fixture
def shown(app, plan):
    make_public(app.extensions["database"], plan, user_of(app, Role.APPROVER).acting())
    return plan


def test_it_is_off_until_an_approver_switches_it_on_and_off_again(app, plan):
    boss, page = signed_in(app, Role.APPROVER), f"/en/plans/{plan}"
    assert app.test_client().get(f"/en/public/{plan}").status_code == 404

    assert send(boss, page, f"{page}/public", public="1").status_code == 303
    assert app.test_client().get(f"/en/public/{plan}").status_code == 200
    assert words("public.see", "en") in boss.get(page).text

    send(boss, page, f"{page}/public", reason="a figure is disputed")
    assert app.test_client().get(f"/en/public/{plan}").status_code == 404


def test_switching_it_off_wants_a_reason_that_is_told_where_it_is_switched_on(app, shown):
    boss, page = signed_in(app, Role.APPROVER), f"/en/plans/{shown}"

    refused = send(boss, page, f"{page}/public")
    assert (refused.status_code, is_public(app.extensions["database"], shown)) == (409, True)
    assert words("issue.decision_reason_missing", "en") in refused.text

    send(boss, page, f"{page}/public", reason="a figure is disputed")
    assert "a figure is disputed" in boss.get(page).text

    send(boss, page, f"{page}/public", public="1", reason="settled with the county")
    assert "settled with the county" in boss.get(page).text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.VIEWER, Role.ADMIN])
def test_nobody_else_is_offered_the_switch_or_may_use_it(app, plan, role):
    client, page = signed_in(app, role), f"/en/plans/{plan}"

    assert f"{page}/public" not in client.get(page).text
    assert send(client, page, f"{page}/public", public="1").status_code == 403


def test_a_plan_taken_back_is_gone(app, shown):
    kept = app.extensions["database"]
    plans.withdraw(kept, shown, user_of(app, Role.APPROVER).acting(), reason="no harvest")

    assert app.test_client().get(f"/zh/public/{shown}").status_code == 404


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_tells_rules_and_spread_and_no_name_of_a_producer_or_product(app, shown, lang):
    page = app.test_client().get(f"/{lang}/public/{shown}").text

    names = {one.name for one in (*valley().graph.catalog.producers, *valley().graph.catalog.products)}
    assert [name for name in names if name in page] == []
    assert ("优先县至少占全部曝光的 68%。" if lang == "zh" else "Priority counties: at least 68%") in page
    assert words("public.locks", lang, count=1) in page


def test_no_group_of_fewer_than_five_producers_is_told(app, shown):
    page = app.test_client().get(f"/en/public/{shown}").text

    assert words("type.craft", "en") not in page[page.index('id="spread"') :]  # one workshop alone
    assert words("flow.others", "en") in page
    assert words("public.few", "en") in page


def test_whoever_looks_gets_the_same_and_may_keep_it(app, shown):
    address = f"/en/public/{shown}"
    nobody, boss = app.test_client().get(address), signed_in(app, Role.APPROVER).get(address)

    assert nobody.data == boss.data
    assert nobody.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in nobody.headers


def test_who_has_it_is_not_sent_it_again(app, shown):
    address, client = f"/en/public/{shown}", app.test_client()
    held = client.get(address).headers["ETag"]

    assert client.get(address, headers={"If-None-Match": held}).status_code == 304


def test_all_other_pages_are_for_nobody_to_keep(app, shown):
    answer = signed_in(app).get(f"/en/plans/{shown}")

    assert "private" in answer.headers["Cache-Control"]
    assert "public" not in answer.headers["Cache-Control"]
