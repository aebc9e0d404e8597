"""Every page answers in both languages, and says what went wrong where it cannot."""

from dataclasses import replace

import pytest
from services import service, signed_in
from shelves import HOSTILE, MemoryShelf, valley

from impact.config import DATA
from impact.gate.headers import HEADERS
from impact.i18n import LANGS, NoWords, words
from impact.web.about import supposed

PLAN = "/plans/valley-1"
PAGES = ["/plans", PLAN, f"{PLAN}/producers/P01", f"{PLAN}/producers/P03", f"{PLAN}/producers/P12", "/about"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", PAGES)
def test_pages_answer_in_both_languages(client, lang, page):
    answer = client.get(f"/{lang}{page}")

    assert answer.status_code == 200
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in answer.text
    said = {"/plans": "imputed.of_plans", "/about": "sample.title"}.get(page, "imputed.note_title")
    assert words(said, lang) in answer.text


def observed(solved):
    """The same plan, were every figure that it rests on observed."""
    catalog = solved.graph.catalog
    nouns = {
        name: tuple(replace(one, imputed=frozenset()) for one in getattr(catalog, name))
        for name in ("producers", "products", "placements")
    }
    return replace(solved, graph=replace(solved.graph, catalog=replace(catalog, **nouns)))


def test_a_plan_names_what_of_it_is_imputed_and_says_nothing_where_all_was_observed(client):
    every, none = client, signed_in(service(MemoryShelf((observed(valley()),))))
    some, all_observed = (each.get(f"/en{PLAN}").text for each in (every, none))

    assert "Some values of capacity, size, quality, shelf life, supply are imputed" in some
    assert words("imputed.note_title", "en") not in all_observed


@pytest.mark.parametrize(
    ("asked", "lang"), [("zh-CN,zh;q=0.9", "zh"), ("en-GB,en", "en"), ("fr", "zh"), (None, "zh")]
)
def test_the_front_door_leads_to_the_language_of_the_visitor(client, asked, lang):
    answer = client.get("/", headers={"Accept-Language": asked} if asked else {})

    assert answer.location == f"/{lang}/"


def test_changing_the_language_keeps_the_page_and_what_was_looked_for(client):
    answer = client.get(f"/zh{PLAN}?q=茶&sort=capacity")

    assert f'href="/en{PLAN}?q=%E8%8C%B6&amp;sort=capacity"' in answer.text


@pytest.mark.parametrize("page", [*PAGES, "/nowhere"])
def test_every_answer_carries_the_security_headers(client, page):
    headers = client.get(f"/zh{page}").headers

    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_script_or_style_in_it(client, lang, page):
    text = client.get(f"/{lang}{page}").text

    assert "<style" not in text
    assert " style=" not in text
    assert " onclick=" not in text
    assert text.count("<script") == text.count("<script src=")


@pytest.mark.parametrize(
    "address",
    [
        "/zh/plans/dreamt",  # no such plan
        "/en/plans/dreamt/tier.csv",  # nor its figures
        f"/zh{PLAN}/producers/P99",  # no such producer
        f"/zh{PLAN}/dreamt.csv",  # no such figure
        "/en/nowhere/at/all",  # no such page
        "/fr/",  # no such language
        "/fr/plans/valley-1",
    ],
)
def test_what_is_not_there_is_said_on_a_page(client, address):
    answer = client.get(address)

    assert answer.status_code == 404
    lang = "en" if address.startswith("/en") else "zh"
    assert words("error.404.title", lang) in answer.text


@pytest.mark.parametrize("query", ["sort=dreamt", "reach=nobody", "page=two", "page=-1", "page=0"])
def test_what_the_form_does_not_offer_is_refused(client, query):
    answer = client.get(f"/zh{PLAN}?{query}")

    assert answer.status_code == 400
    assert words("error.400.title", "zh") in answer.text


def test_pages_can_only_be_read(client):
    answer = client.post(f"/zh{PLAN}")

    assert answer.status_code == 405


def test_a_fault_of_ours_shows_a_page_and_no_traces():
    class Broken(MemoryShelf):
        def get(self, plan_id):
            raise RuntimeError("the secret cause")

    answer = signed_in(service(Broken((valley(),)))).get("/en/plans/valley-1")

    assert answer.status_code == 500
    assert words("error.500.title", "en") in answer.text
    assert "secret" not in answer.text


def test_hostile_names_are_shown_and_never_run(client):
    for page in (PLAN, f"{PLAN}/producers/P12"):
        text = client.get(f"/zh{page}").text
        assert HOSTILE not in text
        assert "&lt;script&gt;" in text


def test_a_code_without_words_breaks_the_page(app):
    with app.test_request_context("/zh/"), pytest.raises(NoWords):
        app.jinja_env.from_string("{{ t('dreamt.code') }}").render(t=lambda code: words(code, "zh"))


def test_a_shelf_without_plans_says_what_to_do():
    app = service(MemoryShelf(()))
    page = signed_in(app).get("/zh/plans").text

    assert words("plans.none", "zh") in page
    assert 'href="/zh/programmes" role="button"' in page
    assert words("imputed.of_plans", "zh") not in page


def test_every_assumption_of_the_sample_is_named(client):
    for name in supposed("en"):
        assert (DATA / name).is_file()
        assert name in client.get("/en/about").text
    for lang in LANGS:
        for table in supposed(lang).values():
            assert not any("_" in str(cell) for row in table.rows for cell in row)  # a code nobody worded


@pytest.mark.parametrize("lang", LANGS)
def test_the_share_of_attention_and_of_each_category_is_at_most_all(lang):
    tables = supposed(lang)

    assert sum(row[1] for row in tables["demand/channels.csv"].rows) == pytest.approx(1)
    assert max(row[2] for row in tables["demand/interests.csv"].rows) <= 1
