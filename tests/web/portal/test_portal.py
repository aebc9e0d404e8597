"""A partner sees its own producers, why they are shown or not and what to do next; and nobody else's."""

import pytest
from services import VOUCHER, signed_in
from shelves import valley
from sqlalchemy import event
from web.portal.theirs import LATER, MADE_BY, SHOWN, UNSEEN, deliver, ids, listed, portal

from impact.access import SYSTEM, Role
from impact.i18n import compact, words
from impact.store import partners

HOME = "/en/portal/anji"


@pytest.fixture(scope="module")
def app():
    return portal()


@pytest.fixture(scope="module")
def client(app):
    return signed_in(app, Role.PARTNER, "anji")


def page_of(app, client, product, lang="en"):
    return client.get(f"/{lang}/portal/anji/producers/{ids(app)[product][0]}")


def row_of(text, product):
    start = text.index(f">{MADE_BY[product]}</a>")
    return text[start : text.index("</tr>", start)]


def test_a_partner_lands_here_after_signing_in(client):
    answer = client.get("/", follow_redirects=True)

    assert answer.request.path.endswith("/portal/anji")


@pytest.mark.parametrize(("product", "status"), [(SHOWN, "shown"), (UNSEEN, "not_shown"), (LATER, "waiting")])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_producer_stands_as_it_does_in_the_published_plan(client, product, status, lang):
    row = row_of(client.get(f"/{lang}/portal/anji").text, product)

    assert words(f"portal.status.{status}", lang) in row


def test_what_was_promised_and_delivered_is_told(app, client):
    promised = float(valley().plan.exposure[valley().problem.producer_of == 7].sum())
    deliver(app, ids(app)[SHOWN][1], 1234)

    row, page = row_of(client.get(HOME).text, SHOWN), page_of(app, client, SHOWN).text

    assert compact(promised, "en") in row
    assert compact(1234, "en") in row
    assert words("portal.promise_told", "en", promised=promised, delivered=1234) in page


def test_a_producer_that_is_not_shown_is_told_why(app, client):
    page = page_of(app, client, UNSEEN).text

    assert words("portal.told.not_shown", "en") in page
    assert words("portal.reasons", "en") in page
    assert words("reason.no_interest", "en", count=60) in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_ladder_says_which_rung_is_missing_and_what_to_do(app, client, lang):
    page = page_of(app, client, SHOWN, lang).text

    assert words("rung.certificates", lang) in page
    assert words("rung_change.contact", lang) in page
    assert words("portal.reached", lang) in page


def test_the_list_says_what_to_do_next(client):
    assert words("rung_change.certificates", "en") in row_of(client.get(HOME).text, UNSEEN)


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("q=茶厂", SHOWN, UNSEEN),  # a producer's name
        ("q=鱼干", UNSEEN, SHOWN),  # a product's
        ("q=宁县", UNSEEN, SHOWN),  # a place
        ("status=shown", SHOWN, UNSEEN),
        ("status=waiting", LATER, SHOWN),
    ],
)
def test_producers_are_searched(client, query, there, absent):
    text = client.get(f"{HOME}?{query}").text

    assert MADE_BY[there] in text
    assert MADE_BY[absent] not in text


@pytest.mark.parametrize(
    ("sort", "first", "then"),
    [
        ("name", UNSEEN, SHOWN),  # 宁 comes before 永
        ("region", SHOWN, UNSEEN),  # Yunnan before Gansu
        ("promised", SHOWN, UNSEEN),
    ],
)
def test_producers_are_listed_in_the_order_that_is_wanted(client, sort, first, then):
    text = client.get(f"{HOME}?sort={sort}").text

    assert text.index(f">{MADE_BY[first]}</a>") < text.index(f">{MADE_BY[then]}</a>")
    assert f'<option value="{sort}" selected>' in text


@pytest.mark.parametrize("query", ["status=rich", "page=0", "page=x", "page=1234567890", "sort=luck"])
def test_what_the_form_does_not_offer_is_refused(client, query):
    assert client.get(f"{HOME}?{query}").status_code == 400


def test_a_programme_that_is_not_there_is_not_there(client):
    assert client.get(f"{HOME}?programme=none").status_code == 404


def test_many_producers_come_page_by_page(app, client, monkeypatch):
    monkeypatch.setattr("impact.web.portal.lists.AT_ONCE", 2)

    first, last = client.get(HOME).text, client.get(f"{HOME}?page=9").text

    assert words("finder.page", "en", page=1, pages=2) in first
    assert sum(name in first for name in MADE_BY.values()) == 2
    assert sum(name in last for name in MADE_BY.values()) == 1


def test_who_is_retired_is_told_so_and_nothing_is_listed_as_if_it_took_part():
    app = portal()
    kept = app.extensions["database"]
    page = signed_in(app, Role.COORDINATOR)
    partners.retire(kept, "anji", SYSTEM, expected=None)

    shown = page.get(HOME).text

    assert words("portal.retired", "en", day=partners.get(kept, "anji").retired_at[:10]) in shown
    assert not [name for name in MADE_BY.values() if name in shown]
    assert page.get(f"{HOME}/producers/{ids(app)[SHOWN][0]}").status_code == 404


def test_without_a_plan_everybody_who_is_in_waits():
    client = signed_in(portal(published=False), Role.PARTNER, "anji")

    page = client.get(HOME).text

    assert words("portal.no_plan", "en") in page
    assert page.count(f'badge-waiting">{words("portal.status.waiting", "en")}') == 3


def test_a_partner_that_lists_nothing_is_told_where_to_begin(app):
    page = signed_in(app, Role.PARTNER, "empty").get("/zh/portal/empty").text

    assert words("portal.nothing_listed", "zh") in page
    assert "/zh/imports/of/empty" in page


def test_nobody_is_sent_to_the_entrance_and_comes_back(app):
    assert app.test_client().get(HOME).location == f"/en/sign-in?then={HOME}"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.APPROVER, Role.VIEWER])
def test_who_runs_the_programme_may_look_over_a_partners_shoulder(app, role):
    assert signed_in(app, role).get(HOME).status_code == 200


@pytest.mark.parametrize("address", ["/en/portal/anji", "/en/portal/anji?q=茶", "/zh/portal/nobody"])
def test_another_partner_is_as_if_it_were_not_there(app, address):
    assert signed_in(app, Role.PARTNER, "yongde").get(address).status_code == 404


def foreign(app):
    """Ids of producers that are not anji's: another partner's, a public list's, and none."""
    listed(app, "yongde", SHOWN)
    return [ids(app, "yongde")[SHOWN][0], "P01", "P08", "no-such-producer"]


def test_a_producer_of_somebody_else_answers_to_the_letter_as_one_that_is_not_there(app, client):
    answers = {}
    for each in foreign(app):
        answer = client.get(f"{HOME}/producers/{each}")
        answers[each] = (answer.status_code, VOUCHER.sub("", answer.text).replace(each, ""))

    assert len(set(answers.values())) == 1
    assert answers["P01"][0] == 404


def test_looking_for_a_producer_of_somebody_else_does_the_same_work_as_for_none(app, client):
    asked, others = {}, foreign(app)
    client.get(HOME)  # what stands of the partner's own is at hand by then
    for each in others:
        asked[each] = statements(app, lambda each=each: client.get(f"{HOME}/producers/{each}"))

    assert len(set(asked.values())) == 1


def test_no_figure_and_no_name_of_anybody_else_is_on_the_pages(app, client):
    others = [one.name for one in valley().graph.catalog.producers if one.producer_id not in {"P03", "P08"}]
    pages = [client.get(HOME).text, *(page_of(app, client, each).text for each in (SHOWN, UNSEEN, LATER))]

    assert [name for name in others for page in pages if name in page] == []


def test_a_rule_that_names_goods_of_somebody_else_is_not_quoted(app, client):
    """The lock of the valley names 安吉白茶, which is not anji's, and 500 exposures."""
    pages = [page_of(app, client, each).text for each in (SHOWN, UNSEEN)]

    assert not any("安吉白茶" in page for page in pages)


def statements(app, ask):
    """What is asked of the database while `ask` runs."""
    said = []

    def note(connection, cursor, statement, *_):
        said.append(statement)

    engine = app.extensions["database"]
    event.listen(engine, "before_cursor_execute", note)
    ask()
    event.remove(engine, "before_cursor_execute", note)
    return tuple(said)
