"""Coming in and going out: by password, by link; and how little who may not come in learns."""

import re

import pytest
from services import VOUCHER, send, service, signed_in, user_of
from shelves import MemoryShelf, valley

from impact.access import SYSTEM, Role
from impact.gate import passwords
from impact.gate.passwords import hash_password
from impact.i18n.wording import LANGS, words
from impact.store.audit import entries
from impact.store.people.attempts import FREE_FROM_ONE_ADDRESS
from impact.store.people.links import Purpose, make_link
from impact.store.people.sessions import set_password, shut_out
from impact.store.people.users import user_with_id

BEGINNING = "/?lang=en"
GOOD, OTHER = "seven slow rivers", "nine quick sparrows"
KEPT = hash_password(GOOD)
TYPED = re.compile(r' value="(coordinator|nobody|viewer|approver)"')
"""The name as it was typed, which stays in its field."""
WRONG, WAIT = words("sign_in.wrong", "en"), words("sign_in.wait", "en")


@pytest.fixture
def app():
    return service(MemoryShelf((valley(),)))


@pytest.fixture
def an(app):
    """The coordinator, who has a password."""
    user = user_of(app, Role.COORDINATOR)
    set_password(app.extensions["database"], user.user_id, KEPT, who=SYSTEM)
    return user


@pytest.fixture
def client(app):
    return app.test_client()


def come(client, name="coordinator", password=GOOD, page="/en/sign-in", then=""):
    return send(client, page, name=name, password=password, then=then)


def is_in(client):
    return client.get("/en/account").status_code == 200


@pytest.mark.usefixtures("an")
@pytest.mark.parametrize("name", ["coordinator", " COORDINATOR "])
def test_name_and_password_let_in(client, name):
    answer = come(client, name)

    assert (answer.status_code, answer.location) == (303, BEGINNING)
    assert is_in(client)


@pytest.mark.usefixtures("an")
@pytest.mark.parametrize(
    ("then", "lands", "why"),
    [
        ("/en/plans/valley-1?q=1", "/en/plans/valley-1?q=1", "where they wanted to go"),
        ("https://elsewhere.example/", BEGINNING, "another host"),
        ("//elsewhere.example/", BEGINNING, "another host without a scheme"),
        ("/\\elsewhere.example/", BEGINNING, "which browsers read as another host"),
        ("/\n/elsewhere.example/", BEGINNING, "which browsers read without the line break"),
        ("javascript:alert(1)", BEGINNING, "no address at all"),
    ],
)
def test_signing_in_leads_to_a_page_of_ours(client, then, lands, why):
    assert come(client, then=then).location == lands, why


def test_who_is_not_signed_in_comes_back_to_the_page_they_asked_for(client):
    assert client.get("/en/plans/valley-1?q=%E8%8C%B6").location == (
        "/en/sign-in?then=/en/plans/valley-1?q%3D%25E8%258C%25B6"
    )


@pytest.mark.parametrize(
    ("referrer", "location"),
    [
        ("http://localhost/en/scenarios/a?tab=locks", "/en/sign-in?then=/en/scenarios/a?tab%3Dlocks"),
        ("https://elsewhere.example/en/scenarios/a", "/en/sign-in"),
        (None, "/en/sign-in"),
    ],
)
def test_whose_session_ended_over_a_form_comes_back_to_the_page_it_stands_on(client, referrer, location):
    voucher = VOUCHER.search(client.get("/en/sign-in").text)[1]

    answer = client.post(
        "/en/plans/valley-1/propose",
        data={"csrf_token": voucher},
        headers={"Referer": referrer} if referrer else {},
    )

    assert answer.location == location


def refusals(app, client):
    """What each kind of person who may not come in is told."""
    disabled = user_of(app, Role.VIEWER)
    kept = app.extensions["database"]
    set_password(kept, disabled.user_id, KEPT, who=SYSTEM)
    shut_out(kept, disabled.user_id, who=SYSTEM)
    user_of(app, Role.APPROVER)  # who has no password yet
    tried = [("coordinator", OTHER), ("nobody", GOOD), ("viewer", GOOD), ("approver", GOOD), ("approver", "")]
    return [come(client, name, password) for name, password in tried]


@pytest.mark.usefixtures("an")
def test_a_wrong_password_reads_like_a_wrong_name_and_like_no_password(app, client):
    told = refusals(app, client)

    assert {answer.status_code for answer in told} == {403}
    assert len({VOUCHER.sub("", TYPED.sub("", answer.text)) for answer in told}) == 1
    assert TYPED.search(told[1].text)[1] == "nobody"
    assert WRONG in told[0].text
    assert not is_in(client)


@pytest.mark.usefixtures("an")
def test_whoever_tries_one_hash_is_looked_at(app, client, monkeypatch):
    looked = []

    class Watched:
        def verify(self, kept, password):
            looked.append(kept[:30])
            return hasher.verify(kept, password)

        hash = passwords._HASHER.hash

    hasher = passwords._HASHER
    monkeypatch.setattr(passwords, "_HASHER", Watched())

    told = refusals(app, client)

    assert len(looked) == len(told)
    assert len({kept.rpartition("$")[0] for kept in looked}) == 1  # of the same cost


@pytest.mark.usefixtures("an")
@pytest.mark.parametrize("name", ["coordinator", "nobody"])
def test_after_too_many_failures_one_waits_whether_there_is_such_a_user_or_not(client, name):
    for _ in range(FREE_FROM_ONE_ADDRESS):
        assert come(client, name, OTHER).status_code == 403

    answer = come(client, name, GOOD)

    assert (answer.status_code, WAIT in answer.text) == (429, True)
    assert not is_in(client)


@pytest.mark.usefixtures("an")
def test_what_a_browser_held_before_is_not_what_lets_it_in(client):
    client.get("/en/sign-in")
    before = client.get_cookie("impact").value

    come(client)
    after = client.get_cookie("impact").value
    client.set_cookie("impact", before)

    assert before != after
    assert not is_in(client)


@pytest.mark.usefixtures("an")
def test_signing_out_makes_the_cookie_worthless(client):
    come(client)
    cookie = client.get_cookie("impact").value

    send(client, "/en/account", "/en/sign-out")
    assert not is_in(client)

    client.set_cookie("impact", cookie)
    assert not is_in(client)


def test_shutting_somebody_out_works_at_once(app):
    client = signed_in(app, Role.VIEWER)
    assert is_in(client)

    shut_out(app.extensions["database"], user_of(app, Role.VIEWER).user_id, who=SYSTEM)

    assert not is_in(client)


def link(app, user, purpose):
    return make_link(app.extensions["database"], user.user_id, purpose, who=SYSTEM)


def test_a_link_lets_in_once_and_only_by_its_form(app, client, an):
    key = link(app, an, Purpose.ENTER)
    assert client.get(f"/en/enter?key={key}").status_code == 200
    assert not is_in(client)

    assert send(client, f"/en/enter?key={key}", key=key).status_code == 303
    assert is_in(client)

    other = app.test_client()
    assert send(other, f"/en/enter?key={key}", key=key).status_code == 400  # no form where there is no link
    assert not is_in(other)


def test_a_link_sets_a_password_that_will_do_and_signs_in(app, client, an):
    key = link(app, an, Purpose.PASSWORD)
    page = f"/en/password?key={key}"

    weak = send(client, page, key=key, password="short")
    assert (weak.status_code, "12 to 256" in weak.text) == (422, True)

    assert send(client, page, key=key, password=OTHER).status_code == 303
    assert is_in(client)
    assert client.get(page).status_code == 403
    kept = user_with_id(app.extensions["database"], an.user_id).password
    assert passwords.is_right(OTHER, kept)


@pytest.mark.usefixtures("an")
def test_another_password_wants_the_old_one_and_ends_what_is_open_elsewhere(app, client):
    elsewhere = signed_in(app, Role.COORDINATOR)
    come(client)

    refused = send(client, "/en/account", "/en/account/password", old=OTHER, password=OTHER)
    assert (refused.status_code, is_in(elsewhere)) == (403, True)

    changed = send(client, "/en/account", "/en/account/password", old=GOOD, password=OTHER)
    assert (changed.status_code, is_in(client), is_in(elsewhere)) == (303, True, False)
    assert come(app.test_client(), password=OTHER).status_code == 303


@pytest.mark.usefixtures("an")
def test_guessing_the_old_password_makes_one_wait(client):
    come(client)

    for _ in range(FREE_FROM_ONE_ADDRESS):
        send(client, "/en/account", "/en/account/password", old=OTHER, password=OTHER)

    assert send(client, "/en/account", "/en/account/password", old=GOOD, password=OTHER).status_code == 403


def test_coming_and_going_is_logged_with_the_request(app, client, an):
    come(client)
    send(client, "/en/account", "/en/sign-out")

    with app.extensions["database"].connect() as connection:
        close, opened = entries(connection, limit=2)
    assert [(one.what, one.who) for one in (opened, close)] == [
        ("session.open", an.user_id),
        ("session.close", an.user_id),
    ]
    assert opened.request_id


@pytest.mark.usefixtures("an")
@pytest.mark.parametrize("lang", LANGS)
def test_whoever_comes_in_goes_on_in_the_language_of_the_entrance(client, lang):
    answer = come(client, page=f"/{lang}/sign-in")

    assert client.get(answer.location).location == f"/{lang}/"
