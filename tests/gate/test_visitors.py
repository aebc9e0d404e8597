"""Who may no longer come in is out at once, wherever that was decided."""

from datetime import timedelta

import pytest
from services import bearing, partner_of, service, signed_in, token_of, user_of

from impact.access import SYSTEM, Role
from impact.store.database import open_database
from impact.store.people.hashed import moment
from impact.store.people.sessions import SESSIONS, set_password, shut_out
from impact.store.people.tokens import TOKENS, revoke_token
from impact.store.people.users import Post, add_user, change_post

PLANS = "/api/v1/plans"


@pytest.fixture
def app():
    return service()


@pytest.fixture
def elsewhere(app):
    """The same database as another process has it open."""
    kept = open_database(app.extensions["database"].url.render_as_string(hide_password=False))
    yield kept
    kept.dispose()


def revoke(kept, user, text):
    revoke_token(kept, text.split("_")[1], who=SYSTEM)


def shut(kept, user, text):
    shut_out(kept, user.user_id, who=SYSTEM)


def expire(kept, user, text):
    with kept.begin() as connection:
        connection.execute(TOKENS.update().values(expires_at=moment()))


@pytest.mark.parametrize("end", [revoke, shut, expire])
def test_a_token_is_refused_as_soon_as_it_ends(app, elsewhere, end):
    text, user = token_of(app, Role.VIEWER), user_of(app, Role.VIEWER)
    client = bearing(app, text)
    before = [client.get(PLANS).status_code for _ in range(3)]

    end(elsewhere, user, text)

    assert (before, client.get(PLANS).status_code) == ([200, 200, 200], 401)


def change_password(kept, user):
    set_password(kept, user.user_id, "hash", who=SYSTEM)


def shut_session(kept, user):
    shut_out(kept, user.user_id, who=SYSTEM)


def end_session(kept, user):
    with kept.begin() as connection:
        connection.execute(SESSIONS.update().values(expires_at=moment()))


@pytest.mark.parametrize("end", [change_password, shut_session, end_session])
def test_a_browser_is_out_as_soon_as_its_session_ends(app, elsewhere, end):
    client, user = signed_in(app), user_of(app, Role.VIEWER)
    before = [client.get("/en/").status_code for _ in range(3)]

    end(elsewhere, user)

    assert (before, client.get("/en/").status_code) == ([200, 200, 200], 303)


def test_what_a_user_may_no_longer_do_their_token_may_not_either(app, elsewhere):
    client, user = bearing(app, token_of(app, Role.ADMIN)), user_of(app, Role.ADMIN)
    add_user(elsewhere, "another", Post(Role.ADMIN), who=SYSTEM)
    assert client.get("/api/v1/audit").status_code == 200

    change_post(elsewhere, user.user_id, Post(Role.VIEWER), who=SYSTEM)

    assert client.get("/api/v1/audit").status_code == 403


def test_who_now_sees_one_partner_sees_no_other(app, elsewhere):
    client, user = bearing(app, token_of(app, Role.COORDINATOR)), user_of(app, Role.COORDINATOR)
    partner_of(elsewhere, "anji")
    assert client.get("/api/v1/partners").status_code == 200

    change_post(elsewhere, user.user_id, Post(Role.PARTNER, "anji"), who=SYSTEM)

    assert client.get("/api/v1/partners").status_code == 403


def test_a_token_that_runs_out_is_refused_although_nobody_wrote(app, monkeypatch):
    client = bearing(app, token_of(app))
    client.get(PLANS)
    with app.extensions["database"].begin() as connection:
        connection.execute(TOKENS.update().values(expires_at=moment(timedelta(hours=1))))
    before = client.get(PLANS).status_code

    monkeypatch.setattr("impact.store.people.tokens.moment", lambda: moment(timedelta(hours=1)))

    assert (before, client.get(PLANS).status_code) == (200, 401)
