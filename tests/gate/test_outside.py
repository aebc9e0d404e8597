"""Coming in by an outside provider: real keys and real HTTP; whoever it does not vouch for stays out."""

import sys
import time

import pytest
from gate.provider import CLIENT, provided
from joserfc.jwk import RSAKey
from services import service

from impact.access import SYSTEM, Role
from impact.config import Provider
from impact.errors import BadInput, Issue
from impact.i18n.wording import words
from impact.store.audit import entries
from impact.store.people.sessions import shut_out
from impact.store.people.users import Post, add_user, all_users

ADA = "ada@campus"


@pytest.fixture
def provider():
    with provided() as one:
        yield one


def serving(provider, claim="sub"):
    app = service(oidc=Provider(provider.address, CLIENT, "secret", claim))
    app.config["ADA"] = add_user(
        app.extensions["database"], "ada", Post(Role.VIEWER), who=SYSTEM, identity=ADA
    )
    return app


@pytest.fixture
def app(provider):
    return serving(provider)


def come(client, provider, **back):
    """Go to the provider, and come back with what it gives or with something else."""
    code = provider.code(client.get("/outside").location)
    return client.get("/outside/back", query_string={"code": code, "state": provider.asked["state"]} | back)


def is_in(client):
    return client.get("/en/account").status_code == 200


def test_whom_the_provider_names_comes_in(app, provider):
    client = app.test_client()

    answer = come(client, provider)

    assert (answer.status_code, answer.location, is_in(client)) == (303, "/", True)
    with app.extensions["database"].connect() as connection:
        entry = entries(connection)[0]
    assert (entry.what, entry.who, entry.after) == (
        "session.open",
        app.config["ADA"].user_id,
        '{"how":"oidc"}',
    )


@pytest.mark.parametrize(
    ("then", "lands"),
    [
        ("/en/plans/a?q=1", "/en/plans/a?q=1"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
    ],
)
def test_who_comes_back_lands_at_the_page_they_asked_for(app, provider, then, lands):
    client = app.test_client()
    code = provider.code(client.get("/outside", query_string={"then": then}).location)

    back = {"code": code, "state": provider.asked["state"]}

    assert client.get("/outside/back", query_string=back).location == lands


def test_the_entrance_takes_the_page_asked_for_along(app):
    page = app.test_client().get("/en/sign-in?then=/en/plans/a").text

    assert "/outside?then=/en/plans/a" in page


def test_the_way_there_asks_for_a_code_with_proof_and_says_where_back_is(app, provider):
    provider.code(app.test_client().get("/outside").location)

    assert provider.asked["response_type"] == "code"
    assert provider.asked["code_challenge_method"] == "S256"
    assert provider.asked["redirect_uri"] == "http://localhost/outside/back"


def test_the_way_back_is_at_the_address_of_the_service_behind_a_proxy(provider):
    named = Provider(f"{provider.address}/", CLIENT)
    client = service(oidc=named, address="https://impact.example").test_client()

    provider.code(client.get("/outside").location)

    assert provider.asked["redirect_uri"] == "https://impact.example/outside/back"


def test_a_provider_that_does_not_answer_lets_nobody_in_and_is_no_fault_of_ours():
    client = service(oidc=Provider("http://127.0.0.1:9", CLIENT)).test_client()

    answer = client.get("/outside", follow_redirects=True)

    assert (answer.status_code, is_in(client)) == (200, False)
    assert words("sign_in.refused", "zh") in answer.text


def test_a_provider_is_refused_where_the_extra_is_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "authlib.integrations.flask_client", None)

    with pytest.raises(BadInput) as refused:
        service(oidc=Provider("https://id.example", CLIENT))

    assert refused.value.issues[0] == Issue("extra_missing", params={"name": "oidc"})


@pytest.mark.parametrize(
    ("spoilt", "why"),
    [
        ({"nonce": "of-another"}, "a token asked for by another"),
        ({"nonce": None}, "a token nobody asked for"),
        ({"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200}, "a token that is over"),
        ({"aud": "another"}, "a token for another service"),
        ({"iss": "https://elsewhere.example"}, "a token of another provider"),
        ({"sub": "nobody@campus"}, "somebody who is no user"),
    ],
)
def test_who_is_not_vouched_for_stays_out_and_nobody_is_added(app, provider, spoilt, why):
    client, before = app.test_client(), all_users(app.extensions["database"])
    provider.spoilt = spoilt

    answer = come(client, provider)

    assert (is_in(client), answer.status_code) == (False, 303), why
    assert words("sign_in.refused", "en") in client.get("/en/sign-in?refused=1").text
    assert all_users(app.extensions["database"]) == before


def test_a_token_signed_by_another_is_not_believed(app, provider):
    client = app.test_client()
    provider.signing = RSAKey.generate_key(2048, {"kid": "one"})

    come(client, provider)

    assert not is_in(client)


def test_who_comes_back_with_another_state_stays_out(app, provider):
    client = app.test_client()

    come(client, provider, state="of-another")

    assert not is_in(client)


def test_a_way_back_opened_in_another_browser_lets_nobody_in(app, provider):
    client, other = app.test_client(), app.test_client()
    code = provider.code(client.get("/outside").location)

    other.get("/outside/back", query_string={"code": code, "state": provider.asked["state"]})

    assert not is_in(other)


def test_a_disabled_user_stays_out(app, provider):
    client = app.test_client()
    shut_out(app.extensions["database"], app.config["ADA"].user_id, who=SYSTEM)

    come(client, provider)

    assert not is_in(client)


@pytest.mark.parametrize("verified", [True, False])
def test_an_address_of_mail_counts_once_it_is_verified(provider, verified):
    client = serving(provider, "email").test_client()
    provider.spoilt = {"sub": "7", "email": ADA, "email_verified": verified}

    come(client, provider)

    assert is_in(client) is verified


@pytest.mark.parametrize(
    ("told", "comes_in", "why"),
    [
        ({"sub": "7", "email": ADA, "email_verified": True}, True, "it says so where one asks"),
        ({"sub": "7", "email": ADA}, False, "nobody verified it"),
        ({"sub": "8", "email": ADA, "email_verified": True}, False, "that is somebody else"),
        ({"sub": "7"}, False, "it does not say"),
    ],
)
def test_what_the_id_token_leaves_out_is_asked_for(provider, told, comes_in, why):
    client = serving(provider, "email").test_client()
    provider.spoilt, provider.told = {"sub": "7"}, told

    come(client, provider)

    assert is_in(client) is comes_in, why


def test_the_entrance_shows_the_way_only_where_there_is_one(app):
    assert 'href="/outside"' in app.test_client().get("/en/sign-in").text
    assert 'href="/outside"' not in service().test_client().get("/en/sign-in").text
    assert service().test_client().get("/outside").status_code == 404
