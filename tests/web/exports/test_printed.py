"""On paper a plan says what was asked, what came of it, on what it stands, and who decided."""

import pytest
from services import database, send, service, signed_in, user_of
from shelves import valley
from store.decisions.offices import scenario, solved

from impact.access import Role
from impact.i18n import words

PRINT = "/plans/valley-1/print"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "优先县至少占全部曝光的 68%。"),
        ("zh", "农产品地理标志 · 12"),
        ("zh", "产能，质量，保质期，规模"),
        ("en", "Craft workshops: at least 2,000 exposures."),
        ("en", "This plan was made from no scenario"),
    ],
)
def test_it_says_rules_sources_and_what_nobody_observed(client, lang, said):
    assert said in client.get(f"/{lang}{PRINT}").text


def test_it_lists_every_producer_who_got_nothing_too(client):
    page = client.get(f"/zh{PRINT}").text

    assert page.count('role="rowheader" lang="zh-CN"') == len(valley().problem.producer_ids)
    assert "共 12 家" in page


def test_one_province_can_be_printed_alone(client):
    page = client.get(f"/zh{PRINT}?region=510000").text

    assert page.count('role="rowheader" lang="zh-CN"') == 3
    assert "盐源苹果" in page
    assert "永德古树茶" not in page


def test_a_province_without_producers_is_not_there(client):
    assert client.get(f"/zh{PRINT}?region=110000").status_code == 404


def test_the_spread_is_drawn_without_a_script(client):
    page = client.get(f"/en{PRINT}").text

    assert "<polyline" in page
    assert "<script" not in page


def test_decisions_are_told_with_who_took_them_and_why():
    app = service(kept=database())
    kept, maker = app.extensions["database"], user_of(app, Role.COORDINATOR).acting()
    plan = solved(kept, maker, scenario(kept, maker)).plan_id
    page = f"/en/plans/{plan}"
    send(signed_in(app, Role.COORDINATOR), page, f"{page}/propose")
    send(signed_in(app, Role.APPROVER), page, f"{page}/reject", reason="no harvest")

    printed = signed_in(app).get(f"{page}/print").text

    assert "no harvest" in printed
    assert words("deciding.done.reject", "en") in printed
    assert words("plan_state.rejected", "en") in printed
