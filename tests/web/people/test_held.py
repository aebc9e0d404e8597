"""What somebody typed is not lost when their session has ended meanwhile, or was begun anew elsewhere."""

import re
from html import unescape
from io import BytesIO

import pytest
from services import VOUCHER, service, signed_in
from shelves import MemoryShelf

from impact.access import Role
from impact.i18n import LANGS, words
from impact.store.partners import get

OURS = {"Origin": "http://localhost"}
TYPED = {"partner_id": "anji", "name_zh": "安吉县农业农村局 <一>", "name_en": "Anji"}
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
PAGE = "/{}/partners"


@pytest.fixture
def app():
    return service(MemoryShelf(()))


@pytest.fixture
def client(app):
    return signed_in(app, Role.ADMIN)


def comes_in_anew(app, client):
    with signed_in(app, Role.ADMIN).session_transaction() as other, client.session_transaction() as session:
        session.clear()
        session["_user_id"] = other["_user_id"]


def sent_late(app, client, lang, **headers):
    """Send a form whose page was opened in a session that has ended."""
    voucher = VOUCHER.search(client.get(PAGE.format(lang)).text)[1]
    with client.session_transaction() as session:
        session.clear()
    return client.post(PAGE.format(lang), data={**TYPED, "csrf_token": voucher}, headers=headers)


def kept_on(page):
    """What a browser would send of the form on a page."""
    return {name: unescape(value) for name, value in FIELD.findall(page.text)}


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_typed_waits_until_one_is_in_again_and_is_sent_then(app, client, lang):
    held = sent_late(app, client, lang, **OURS)
    assert held.status_code == 401
    assert words("held.nobody", lang) in held.text
    assert "安吉县农业农村局 &lt;一&gt;" in held.text

    comes_in_anew(app, client)
    again = client.post(PAGE.format(lang), data=kept_on(held), headers=OURS)
    assert again.status_code == 400
    assert words("held.known", lang, name="admin") in again.text

    assert client.post(PAGE.format(lang), data=kept_on(again), headers=OURS).status_code == 303
    assert get(app.extensions["database"], "anji").name_zh == TYPED["name_zh"]


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_nothing_is_held_that_no_page_of_ours_sent(app, client, headers):
    answer = sent_late(app, client, "en", **headers)

    assert (answer.status_code, answer.location) == (303, "/en/sign-in")


def test_a_form_of_a_page_of_others_is_refused_and_not_shown(app, client):
    answer = client.post("/en/partners", data=TYPED, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 400
    assert words("error.old.title", "en") in answer.text
    assert "Anji" not in answer.text


def test_a_password_is_never_held(app, client):
    answer = client.post("/en/sign-in", data={"name": "an", "password": "山高水长"}, headers=OURS)

    assert answer.status_code == 400
    assert "山高水长" not in answer.text


def test_a_file_has_to_be_chosen_again(app):
    client = signed_in(app, Role.COORDINATOR)
    form = {"pasted": "产品\n安吉白茶\n", "file": (BytesIO(b"x"), "list.csv")}

    answer = client.post("/en/imports/of/anji", data=form, headers=OURS)

    assert words("held.files", "en") in answer.text
    assert "安吉白茶" in answer.text


def test_what_is_very_long_is_not_held(app):
    answer = signed_in(app, Role.COORDINATOR).post(
        "/en/imports/of/anji", data={"pasted": "x" * 600_000}, headers=OURS
    )

    assert answer.status_code in (400, 413)
    assert "x" * 1000 not in answer.text
