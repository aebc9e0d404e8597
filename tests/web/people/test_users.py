"""Admins let people in on a page, and are told what cannot be."""

import pytest
from services import partner_of, send, service, signed_in, user_of

from impact.access import SYSTEM, Role, Scope
from impact.i18n import LANGS, words
from impact.store.audit import Sought, log_page
from impact.store.people.tokens import Grant, add_token, tokens
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


def logged(app, what):
    return log_page(app.extensions["database"], Sought(what=what))[0].reason


@pytest.mark.parametrize("lang", LANGS)
def test_shutting_somebody_out_wants_a_reason_that_their_page_and_the_list_tell(app, admin, lang):
    user = user_of(app, Role.VIEWER)
    page = f"/{lang}/users/{user.user_id}"

    refused = send(admin, page, f"{page}/access")
    assert refused.status_code == 422
    assert words("issue.decision_reason_missing", lang) in refused.text
    assert user_of(app, Role.VIEWER).disabled_at is None

    send(admin, page, f"{page}/access", reason="调离了")
    assert user_of(app, Role.VIEWER).disabled_at
    assert logged(app, "user.disable") == "调离了"
    assert "调离了" in admin.get(page).text
    assert "调离了" in admin.get(f"/{lang}/users").text


def test_letting_somebody_in_again_may_be_said_more_of(app, admin):
    user = user_of(app, Role.VIEWER)
    page = f"/en/users/{user.user_id}"
    send(admin, page, f"{page}/access", reason="on leave")

    send(admin, page, f"{page}/access", reason="back from leave")

    assert user_of(app, Role.VIEWER).disabled_at is None
    text = admin.get(page).text
    assert "back from leave" in text
    assert "on leave" not in text


def test_another_role_may_be_said_more_of(app, admin):
    user = user_of(app, Role.VIEWER)
    page = f"/en/users/{user.user_id}"

    send(admin, page, role="coordinator", partner="", reason="runs the autumn programme now")

    assert "runs the autumn programme now" in admin.get(page).text
    assert logged(app, "user.change") == "runs the autumn programme now"


@pytest.mark.parametrize("whose", ["tokens", "account"])
def test_a_token_is_revoked_for_a_reason_that_stands_beside_it(app, admin, whose):
    kept, user = app.extensions["database"], user_of(app, Role.ADMIN)
    add_token(kept, user.user_id, Grant("scores", frozenset({Scope.READ})), who=SYSTEM)
    (token,) = tokens(kept)
    page = f"/zh/{whose}"
    address = (
        f"{page}/tokens/{token.token_id}/revoke" if whose == "account" else f"{page}/{token.token_id}/revoke"
    )

    refused = send(admin, page, address)
    assert refused.status_code == 422
    assert words("issue.decision_reason_missing", "zh") in refused.text
    assert tokens(kept)[0].revoked_at is None

    assert send(admin, page, address, reason="笔记本丢了").status_code == 303
    assert tokens(kept)[0].revoked_at
    assert "笔记本丢了" in admin.get(page).text
    assert logged(app, "token.revoke") == "笔记本丢了"
