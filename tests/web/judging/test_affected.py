"""Who is affected by a plan is told producer by producer, to search, sort and page through."""

import pytest
from services import signed_in
from shelves import valley
from web.judging.worlds import judged, two_plans

from impact.access import Role
from impact.i18n import words

APP, PUBLISHED, OTHER = two_plans()


@pytest.fixture
def client():
    return signed_in(APP, Role.VIEWER)


def page(client, query="", lang="en", plan=OTHER):
    return client.get(f"/{lang}/plans/{plan}/affected?{query}")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_who_has_less_than_in_the_published_plan_is_named(client, lang):
    shown = page(client, lang=lang).text

    assert words("affected.affected", lang, count=1) in shown
    assert words("affected.losing", lang) in shown
    assert PUBLISHED in shown
    assert "−50%" in shown or "-50%" in shown
    assert f"/{lang}/plans/{OTHER}/explain?producer=" in shown


def test_anybody_can_be_looked_for(client):
    shown = page(client, "whom=all&q=永德&order=had").text

    assert "永德古树茶" in shown
    assert "安吉白茶" not in shown


def test_everybody_fits_on_pages(client):
    shown = page(client, "whom=all").text

    assert words("finder.found", "en", count=len(valley().problem.producer_ids)) in shown


def test_another_plan_can_be_held_against(client):
    shown = page(client, f"against={OTHER}", plan=PUBLISHED).text

    assert words("affected.gaining", "en") in shown
    assert f'name="against" value="{OTHER}"' in shown


def test_nobody_like_that_is_said(client):
    assert words("affected.nobody", "en") in page(client, "q=nowhere").text


def test_all_who_are_found_can_be_taken_away_as_a_file(client):
    query = f"against={PUBLISHED}&q=%E6%B0%B8%E5%BE%B7&whom=all&order=had"
    assert f"affected.csv?{query}".replace("&", "&amp;") in page(client, query).text

    file = client.get(f"/en/plans/{OTHER}/affected.csv?{query}")

    assert file.mimetype == "text/csv"
    assert "永德古树茶" in file.text
    assert "安吉白茶" not in file.text
    assert file.text.startswith("\ufeff" + words("column.producer", "en"))


@pytest.mark.parametrize("query", ["whom=rich", "order=name"])
def test_a_file_of_what_the_form_does_not_offer_is_refused(client, query):
    assert client.get(f"/en/plans/{OTHER}/affected.csv?{query}").status_code == 400


def test_where_nothing_is_published_that_is_said():
    client = signed_in(judged(), Role.VIEWER)

    shown = page(client, plan="valley-1").text
    assert words("affected.none_published", "en") in shown
    assert words("affected.no_others", "en") in shown


def test_where_no_other_plan_is_published_others_of_the_programme_are_offered(client):
    shown = page(client, plan=PUBLISHED).text

    assert words("affected.none_published", "en") in shown
    assert f'href="/en/plans/{PUBLISHED}/affected?against={OTHER}"' in shown
    assert f"against={PUBLISHED}" not in shown


@pytest.mark.parametrize("query", ["whom=rich", "order=name", "page=x", "page=0", "page=1234567890"])
def test_what_the_form_does_not_offer_is_refused(client, query):
    assert page(client, query).status_code == 400


def test_the_page_of_a_plan_leads_here(client):
    assert f"/en/plans/{OTHER}/affected" in client.get(f"/en/plans/{OTHER}").text
