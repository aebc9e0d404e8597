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
