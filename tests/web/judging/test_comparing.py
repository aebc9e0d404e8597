"""Plans are held against the published one at an address to share: what changed, who gains and loses."""

import csv
import io
import re
from html import unescape

import pytest
from services import signed_in
from shelves import valley
from web.judging.worlds import two_plans

from impact.access import Role
from impact.i18n import words
from impact.i18n.sentences import asked

APP, PUBLISHED, OTHER = two_plans()


@pytest.fixture
def client():
    return signed_in(APP, Role.VIEWER)


def page(client, query, lang="en"):
    return unescape(client.get(f"/{lang}/compare?{query}").text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_plan_is_held_against_the_published_one_unless_told_otherwise(client, lang):
    shown = page(client, f"plan={OTHER}", lang)

    order = [shown.index(words(f"compared.{name}", lang) + "</h2>") for name in ("in", "out", "choose")]
    assert order == sorted(order)
    assert words("compared.baseline", lang) in shown
    assert shown.index(words("gains.losers", lang)) > order[1]


def test_what_was_asked_differently_is_told_in_sentences(client):
    gone = asked(valley().programme.rules[0], valley().graph.catalog, "en")

    shown = page(client, f"plan={OTHER}")

    assert f"{gone}</del>" in shown
    assert words("compared.rule_gone", "en") in shown


def test_the_address_has_all_that_is_compared_in_any_language(client):
    shown = page(client, f"plan={PUBLISHED}&plan={OTHER}&against={OTHER}")

    assert f"/zh/compare?plan={PUBLISHED}&plan={OTHER}&against={OTHER}" in shown
    assert f"/en/plans/{PUBLISHED}/affected?against={OTHER}" in shown


def test_a_plan_beside_itself_is_not_shown_twice(client):
    assert words("compared.out", "en") not in page(client, f"plan={PUBLISHED}&against={PUBLISHED}")


def test_without_a_published_plan_a_baseline_is_asked_for(client):
    assert words("compared.no_baseline", "en") in page(client, f"plan={PUBLISHED}")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_where_nothing_is_chosen_the_plans_there_are_are_offered(client, lang):
    shown = page(client, "", lang)

    assert words("compared.choose_lede", lang) in shown
    assert f'value="{PUBLISHED}"' in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_came_out_can_be_taken_away_as_a_file(client, lang):
    address = f"/{lang}/compare.csv?plan={OTHER}&against={PUBLISHED}"
    assert address in page(client, f"plan={OTHER}", lang)

    rows = read(client.get(address))

    assert [row[0] for row in rows] == [words("compared.plan", lang), PUBLISHED, OTHER]
    assert float(rows[2][2]) == pytest.approx(float(rows[2][1]) - float(rows[1][1]))
    assert rows[1][2] == ""


def test_groups_that_gain_and_lose_can_be_taken_away(client):
    address = f"/en/plans/{OTHER}/gains/tier.csv?against={PUBLISHED}"
    assert address in page(client, f"plan={OTHER}")

    rows = read(client.get(address))

    assert rows[0][0] == words("column.tier", "en")
    assert sum(float(row[3]) for row in rows[1:]) < 0


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/en/compare.csv?plan={PUBLISHED}", 404),  # nothing to hold it against
        ("/en/compare.csv?plan=none", 404),
        ("/en/compare.csv?plan=1&plan=2&plan=3&plan=4&plan=5", 400),
        (f"/en/plans/{OTHER}/gains/name.csv", 404),
    ],
)
def test_there_is_no_file_of_what_is_not_there(client, address, status):
    assert client.get(address).status_code == status


def read(answer):
    """The rows of a file."""
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("query", "status"),
    [("plan=none", 404), (f"plan={OTHER}&against=none", 404)],
)
def test_what_is_not_there_is_refused(client, query, status):
    answer = client.get(f"/en/compare?{query}")

    assert (answer.status_code, words(f"error.{status}.title", "en") in answer.text) == (status, True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_who_chose_too_many_is_told_how_many_and_may_take_some_out(client, lang):
    answer = client.get(f"/{lang}/compare?plan={OTHER}&plan=2&plan=3&plan=4&plan=5")

    assert answer.status_code == 400
    assert words("compared.too_many", lang, most=4) in answer.text
    assert re.search(rf'value="{OTHER}"[^>]* checked', answer.text)


def test_the_page_of_a_plan_leads_here_and_the_list_with_those_that_are_chosen(client):
    assert f"/en/compare?plan={OTHER}" in client.get(f"/en/plans/{OTHER}").text

    listed = client.get("/en/plans").text
    assert 'action="/en/compare"' in listed and f'name="plan" value="{OTHER}"' in listed
