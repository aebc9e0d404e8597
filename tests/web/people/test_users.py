"""Admins let people in on a page, and are told what cannot be."""

import pytest
from services import partner_of, send, service, signed_in

from impact.access import Role
from impact.i18n import words
from impact.store.people.users import user_named

PAGE = "/zh/users"


@pytest.fixture
def app():
    app = service()
    partner_of(app.extensions["database"], "anji")
    return app


@pytest.fixture
def admin(app):
    return signed_in(app, Role.ADMIN)


def test_a_user_of_a_partner_is_let_in_and_gets_a_link(app, admin):
    answer = send(admin, PAGE, name="bo", role="partner", partner="anji")

    assert (answer.status_code, "/zh/password?key=" in answer.text) == (200, True)
    assert user_named(app.extensions["database"], "bo").post.partner == "anji"


@pytest.mark.parametrize(
    ("fields", "code", "why"),
    [
        ({"role": "partner", "partner": "anij"}, "partner_unknown", "a slip in the id"),
        ({"role": "partner", "partner": ""}, "user_needs_partner", "of which partner?"),
        ({"role": "viewer", "partner": "anji"}, "user_has_partner", "viewers see all partners"),
    ],
)
def test_what_cannot_be_is_said_on_the_page_and_nobody_is_let_in(app, admin, fields, code, why):
    answer = send(admin, PAGE, name="bo", **fields)

    assert answer.status_code == 422, why
    assert words(f"issue.{code}", "zh", value="anij", role=fields["role"]) in answer.text
    assert user_named(app.extensions["database"], "bo") is None
    assert 'value="bo"' in answer.text, "nothing typed is lost"
    assert f'<option value="{fields["role"]}" selected>' in answer.text
    assert f'name="partner" autocomplete="off" value="{fields.get("partner", "")}"' in answer.text


def test_what_was_typed_of_a_token_that_cannot_be_stays_and_of_one_that_is_made_goes(admin):
    wanted = {"label": "看板", "days": "365"}

    refused = send(admin, "/zh/account", "/zh/account/tokens", **wanted)
    made = send(admin, "/zh/account", "/zh/account/tokens", **wanted, scope="read")

    assert refused.status_code == 422
    assert 'value="看板"' in refused.text
    assert '<option value="365" selected>' in refused.text
    assert 'name="scope" value="read">' in refused.text
    assert made.status_code == 200
    assert 'value="看板"' not in made.text
