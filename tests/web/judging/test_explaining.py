"""A plan is explained in a sentence, in tables that add up, in full; what would change it is solved again."""

from html import unescape

import pytest
from services import do_jobs, send, signed_in
from shelves import valley
from web.judging.worlds import PLAN, first_placement, judged, kept_out, two_plans

from impact.access import Role
from impact.i18n import words
from impact.jobs.queue import Queue

SEGMENT = valley().graph.catalog.segments[0].segment_id
ALL = [
    "producer=P08",
    "product=P08-1",
    f"product=P08-1&placement={first_placement()}",
    "region=530000",
    "region=530923",
    f"segment={SEGMENT}",
]


@pytest.fixture(scope="module")
def app():
    return judged()


@pytest.fixture
def client(app):
    return signed_in(app, Role.COORDINATOR)


def page_of(about, lang="en"):
    return f"/{lang}/plans/{PLAN}/explain?{about}"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("about", ALL)
def test_anything_in_a_plan_is_told_at_three_depths(client, about, lang):
    page = client.get(page_of(about, lang)).text

    for depth in ("sentence", "adding", "record"):
        assert words(f"explained.{depth}", lang) in page
    assert "slack" not in page
    assert "dual" not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whoever_is_linked_with_nothing_is_told_what_comes_closest_to_a_link(client, lang):
    page = client.get(page_of("producer=P03", lang)).text

    assert words("why.main", lang, reason=words("reason.no_interest", lang, count=60)) in unescape(page)
    assert words("explained.why_out", lang) not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_pair_that_nothing_links_is_told_of_as_a_pair_and_is_not_to_be_locked(lang):
    app, plan, _ = two_plans()
    client, address = signed_in(app, Role.COORDINATOR), f"/{lang}/plans/{plan}/explain?product=P08-1"
    linked, other = (
        unescape(client.get(f"{address}&placement={each}").text)
        for each in (first_placement(), "330000-fresh_fruit-mall")
    )

    assert words("explained_verdict.no_pair", lang) in other
    assert words("explained_verdict.no_link", lang) not in other
    assert f'href="{address}"' in other
    assert (words("explained.lock", lang) in linked, words("explained.lock", lang) in other) == (True, False)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whoever_is_kept_out_by_criteria_is_led_to_why_and_to_what_would_let_it_in(lang):
    app, plan = kept_out("P03")
    page = signed_in(app, Role.VIEWER).get(f"/{lang}/plans/{plan}/explain?producer=P03").text

    assert words("why.main", lang, reason=words("reason.ineligible", lang, count=60)) in unescape(page)
    assert f'href="/{lang}/programmes/valley/enrolled?on=2026-10-01&amp;shown=out&amp;q=' in page
    assert words("explained.out_first", lang) in unescape(page)


def test_names_stand_for_ids_and_its_links_can_be_looked_at_next(client):
    page = client.get(page_of("producer=P08")).text

    assert "<h1>永德古树茶</h1>" in page
    assert "product=P08-1&amp;placement=" in page
    assert 'href="/en/plans/valley-1/explain?region=530923"' in page


@pytest.mark.parametrize(
    ("about", "status"),
    [
        ("", 400),
        ("placement=x", 400),
        ("producer=P08&region=530000", 400),
        ("region=530000&segment=x", 400),
        ("producer=none", 404),
        ("region=none", 404),
        ("producer=P08&answer=none", 404),
    ],
)
def test_what_is_nobody_is_not_explained(client, about, status):
    assert client.get(page_of(about)).status_code == status


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("about", [{"product": "P08-1"}, {"producer": "P05"}])
def test_what_would_change_it_is_found_by_a_job_and_told_on_the_same_page(app, client, about, lang):
    (name, value), page = next(iter(about.items())), page_of("&".join(map("=".join, about.items())), lang)
    followed = send(client, page, **about).location
    do_jobs(app)

    answer = client.get(followed).location
    shown = client.get(answer).text

    assert f"{name}={value}" in answer
    assert words("explained.replaceable", lang) in shown
    assert words("explained.smallest_first", lang) in shown


def test_more_than_there_can_be_is_said_not_to_be_found(app, client):
    followed = send(client, page_of("product=P08-1"), product="P08-1", at_least="1,000,000,000").location
    do_jobs(app)

    shown = client.get(client.get(followed).location).text

    assert words("explain.nothing_would", "en", wanted=1e9, tried="").split(".")[0] in unescape(shown)


def test_an_amount_that_is_none_is_refused_at_its_field_and_kept(client):
    answer = send(client, page_of("product=P08-1"), product="P08-1", at_least="lots")

    assert answer.status_code == 422
    assert 'href="#at_least"' in answer.text
    assert 'value="lots"' in answer.text


def test_a_region_is_not_solved_again(client):
    assert send(client, page_of("producer=P08"), region="530000").status_code == 400


def test_an_answer_about_another_plan_is_not_shown_here(app, client):
    job_id = Queue(app.extensions["database"]).list()[0].job_id if _asked(app, client) else ""

    assert client.get(f"/en/plans/valley-2/explain?producer=P08&answer={job_id}").status_code == 404


def _asked(app, client):
    send(client, page_of("producer=P08"), producer="P08")
    do_jobs(app)
    return True


def test_who_reads_is_told_whom_to_ask(app):
    page = signed_in(app, Role.VIEWER).get(page_of("producer=P08")).text

    assert words("explained.ask_somebody", "en") in page
    assert words("explained.ask", "en") not in page


def test_the_page_of_a_producer_leads_here(client):
    page = client.get(f"/en/plans/{PLAN}/producers/P08").text

    assert f"/en/plans/{PLAN}/explain?producer=P08#again" in page
    assert f"/en/plans/{PLAN}/explain?product=P08-1&amp;placement=" in page
