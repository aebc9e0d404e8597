"""On paper a plan says what was asked, what came of it, on what it stands, and who decided."""

import pytest
from services import database, send, service, signed_in, user_of
from shelves import MemoryShelf, valley
from store.decisions.offices import scenario, solved

from impact.access import Role
from impact.i18n import words
from impact.web.exports import printed
from impact.web.programmes.filled import today

PRINT = "/plans/valley-1/print"


@pytest.fixture
def crowded(monkeypatch):
    """A client of a service that lists hardly anybody at once."""
    monkeypatch.setattr(printed, "MOST_LISTED", 5)
    return signed_in(service(MemoryShelf((valley(),))))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "优先县至少占全部曝光的 68%。"),
        ("zh", "农产品地理标志 · 12"),
        ("zh", "产能、规模、质量、保质期、展位供给"),
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


def test_one_county_can_be_printed_alone(client):
    page = client.get(f"/zh{PRINT}?region=513423").text

    assert "盐源苹果" in page
    assert page.count('role="rowheader" lang="zh-CN"') < 3
    assert 'id="county"' in page


def test_it_says_of_which_plan_and_place_it_is_and_when_it_was_printed(client):
    first = today()
    page = client.get(f"/zh{PRINT}?region=510000").text

    assert "valley-1" in page
    assert any(f"<dd>{day}</dd>" in page for day in (first, today()))
    assert "<dd>四川</dd>" in page


def test_many_producers_are_summed_up_until_a_place_is_chosen(crowded):
    page = crowded.get(f"/zh{PRINT}").text

    assert words("print.choose", "zh") in page
    assert 'role="rowheader" lang="zh-CN"' not in page
    assert 'role="rowheader" lang="zh-CN"' in crowded.get(f"/zh{PRINT}?region=510000").text


def test_a_province_without_producers_is_not_there(client):
    assert client.get(f"/zh{PRINT}?region=110000").status_code == 404


def test_the_spread_is_drawn_without_a_script(client):
    page = client.get(f"/en{PRINT}").text

    assert "<polyline" in page
    assert "charts.js" not in page


def test_decisions_are_told_with_who_took_them_and_why():
    app = service(kept=database())
    kept, maker = app.extensions["database"], user_of(app, Role.COORDINATOR).acting()
    plan = solved(kept, maker, scenario(kept, maker)).plan_id
    page = f"/en/plans/{plan}"
    send(signed_in(app, Role.COORDINATOR), page, f"{page}/propose")
    send(signed_in(app, Role.APPROVER), page, f"{page}/reject", reason="no harvest")

    paper = signed_in(app).get(f"{page}/print").text

    assert "no harvest" in paper
    assert words("deciding.done.reject", "en") in paper
    assert words("plan_state.rejected", "en") in paper
