"""The log is read a part at a time, the newest first; it is looked through by who, what and to what."""

import re

import pytest
from services import database, service, signed_in, user_of

from impact.access import SYSTEM, Role
from impact.i18n import LANGS, words
from impact.store.audit import record
from impact.store.database import writing
from impact.web.people.log import MOST_FIELDS, MOST_SIGNS, PER_PAGE

MANY = 2 * PER_PAGE + 7
ROW = re.compile(r'<th scope="row" role="rowheader">(\d+)</th>')


@pytest.fixture(scope="module")
def app():
    """A log of many entries by a coordinator, each about a thing of its own, after some of others."""
    kept = database()
    made = service(kept=kept)
    who = user_of(made, Role.COORDINATOR).acting()
    signed_in(made, Role.ADMIN)
    for number in range(MANY):
        with writing(kept) as connection:
            record(connection, who, "thing.done", f"thing-{number}", after={"number": number})
    with writing(kept) as connection:
        record(connection, SYSTEM, "thing.long", "long", after={"all": "x" * 2000} | _numbered(MOST_FIELDS))
    with writing(kept) as connection:
        old, new = {"share": 0.1, "kind": "floor"}, {"share": 0.2, "kind": "floor"}
        record(connection, SYSTEM, "thing.changed", "t", before=old, after=new)
    return made


def _numbered(count):
    return {f"field-{number}": number for number in range(count)}


@pytest.fixture
def client(app):
    return signed_in(app, Role.ADMIN)


def numbers(page):
    return [int(found) for found in ROW.findall(page)]


def next_of(page):
    found = re.search(r'rel="next" href="([^"]+)"', page)
    return found and found[1].replace("&amp;", "&")


def test_pages_follow_one_another_without_a_gap_or_an_entry_twice(client):
    address, seen = "/en/log?what=thing.done", []
    while address:
        page = client.get(address).text
        assert len(numbers(page)) <= PER_PAGE
        seen += numbers(page)
        address = next_of(page)

    assert len(seen) == MANY
    assert seen == sorted(set(seen), reverse=True)


def test_entries_come_the_oldest_first_where_that_is_wanted(client):
    address, seen = "/en/log?what=thing.done&order=oldest", []
    while address:
        page = client.get(address).text
        seen += numbers(page)
        address = next_of(page)

    assert len(seen) == MANY
    assert seen == sorted(set(seen))


def test_the_next_page_looks_for_the_same(client):
    first = client.get("/en/log?what=thing.done&who=someone").text
    assert words("log.none", "en") in first

    address = next_of(client.get("/zh/log?what=thing.done").text)
    assert "what=thing.done" in address


def test_a_page_that_is_just_full_leads_to_no_empty_one(app, client):
    user = user_of(app, Role.VIEWER).acting()
    for number in range(PER_PAGE):
        with writing(app.extensions["database"]) as connection:
            record(connection, user, "thing.full", str(number))

    assert next_of(client.get("/en/log?what=thing.full").text) is None


def test_people_are_found_by_their_names_which_the_log_does_not_keep(app, client):
    user = user_of(app, Role.COORDINATOR)

    page = client.get(f"/en/log?who={user.name}&subject=thing-3").text

    assert len(numbers(page)) == 1
    assert "thing-3" in page


@pytest.mark.parametrize("lang", LANGS)
def test_a_long_change_is_cut_and_said_to_be(client, lang):
    page = client.get(f"/{lang}/log?what=thing.long").text

    assert "x" * (MOST_SIGNS - 1) + "…" in page
    assert words("log.more", lang, count=1) in page
    assert words("log.cut", lang) in page


def test_a_change_is_told_by_the_fields_that_differ(client):
    page = client.get("/zh/log?what=thing.changed").text

    assert re.search(r"<code>share</code> 0\.1 → 0\.2</li>", page)
    assert "<code>kind</code>" not in page


@pytest.mark.parametrize("before", ["x", "-1", "1" * 10, "１"])
def test_an_address_that_names_no_entry_is_refused(client, before):
    assert client.get(f"/en/log?before={before}").status_code == 400
    assert client.get(f"/en/log?order=oldest&after={before}").status_code == 400
