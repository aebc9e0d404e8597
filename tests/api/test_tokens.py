"""Tokens over HTTP: shown once, never more than the token that asks, and revoked for good."""

from datetime import timedelta

import pytest
from api.shelves import application
from services import bearing, token_of, user_of
from sqlalchemy import select

from impact.access import SYSTEM, Role, Scope
from impact.store.people.hashed import moment
from impact.store.people.tokens import Grant, add_token
from impact.store.replays import REPLAYS

WANTED = {"label": "recommender", "scopes": ["read"], "days": 30}
TOKENS = "/api/v1/tokens"


@pytest.fixture
def app():
    return application()


@pytest.fixture
def client(app):
    return bearing(app, token_of(app, Role.COORDINATOR))


def test_a_token_is_made_lets_in_is_listed_and_lets_in_no_more(app, client):
    made = client.post(TOKENS, json=WANTED)
    address, text = made.headers["Location"], made.get_json()["token"]
    fresh = bearing(app, text)

    assert fresh.get(TOKENS).get_json()["items"][0]["label"] == "recommender"
    assert "token" not in client.get(address).get_json()
    assert client.delete(address).status_code == 204
    assert fresh.get(TOKENS).status_code == 401
    assert client.get(address).get_json()["revoked_at"] is not None


def test_asked_again_under_its_key_it_is_the_same_token_and_not_shown(app, client):
    told = {"Idempotency-Key": "once"}

    first = client.post(TOKENS, json=WANTED, headers=told)
    again = client.post(TOKENS, json=WANTED, headers=told)

    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.get_json() == first.get_json() | {"token": ""}
    with app.extensions["database"].connect() as connection:
        assert first.get_json()["token"] not in str(connection.execute(select(REPLAYS)).all())


@pytest.mark.parametrize(
    ("changed", "code", "why"),
    [
        ({"scopes": ["read", "admin"]}, "token_beyond_token", "no coordinator administers"),
        ({"scopes": ["read", "scenario:run"]}, "token_beyond_token", "the token that asks only reads"),
        ({"partner": "deqing"}, "token_beyond_partner", "it is bound to another partner"),
        ({"days": 60}, "token_outlives_token", "it ends in 30 days"),
        ({"days": 0}, "field_too_small", "that is no time"),
        ({"scopes": []}, "field_not_valid", "to do nothing"),
        ({"scopes": ["everything"]}, "field_not_valid", "no such scope"),
        ({"label": "a\0b"}, "text_with_nul", "no database takes NUL"),
    ],
)
def test_nobody_hands_on_more_than_they_have(app, changed, code, why):
    user = user_of(app, Role.COORDINATOR)
    grant = Grant("tests", frozenset({Scope.READ}), "anji", days=31)
    bound = bearing(app, add_token(app.extensions["database"], user.user_id, grant, who=SYSTEM))

    refused = bound.post(TOKENS, json=WANTED | changed)

    assert (refused.status_code, refused.get_json()["errors"][0]["code"]) == (422, code), why
    assert len(bound.get(TOKENS).get_json()["items"]) == 1


def test_a_token_of_a_bound_one_is_bound_too(app):
    theirs = bearing(app, token_of(app, Role.PARTNER, partner="anji"))

    assert theirs.post(TOKENS, json=WANTED).get_json()["partner"] == "anji"


def test_an_admin_sees_and_revokes_all_and_others_their_own(app, client):
    mine = client.post(TOKENS, json=WANTED).headers["Location"]
    viewer = bearing(app, token_of(app, Role.VIEWER))
    admin = bearing(app, token_of(app, Role.ADMIN))

    assert [viewer.get(mine).status_code, viewer.delete(mine).status_code] == [404, 404]
    assert len(viewer.get(TOKENS).get_json()["items"]) == 1
    assert len(admin.get(TOKENS).get_json()["items"]) == 4
    assert admin.delete(mine).status_code == 204
    assert admin.delete(f"{TOKENS}/none").status_code == 404


def test_tokens_are_listed_page_by_page(client):
    for number in range(3):
        client.post(TOKENS, json=WANTED | {"label": f"number {number}"})

    first = client.get(f"{TOKENS}?limit=3").get_json()
    second = client.get(f"{TOKENS}?limit=3&cursor={first['next']}").get_json()

    assert [each["label"] for each in first["items"] + second["items"]] == [
        "number 2",
        "number 1",
        "number 0",
        "tests",
    ]
    assert client.get(f"{TOKENS}?cursor=none").get_json()["items"] == []


def test_a_token_ends_when_it_was_said_to(client):
    ends = client.post(TOKENS, json=WANTED).get_json()["expires_at"]

    assert moment(timedelta(days=29)) < ends < moment(timedelta(days=31))
