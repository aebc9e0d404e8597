"""All that is done to users, sessions, links and tokens is in the log, and no secret is."""

import json

import pytest

from impact.access import SYSTEM, Role, Scope
from impact.store.audit import Sought as SoughtEntries
from impact.store.audit import log_page
from impact.store.people.links import Purpose, make_link
from impact.store.people.sessions import close_session, let_in, open_session, set_password, shut_out
from impact.store.people.tokens import Grant, add_token, revoke_token, tokens
from impact.store.people.users import Post, add_user, change_post

READ = Grant("poller", frozenset({Scope.READ}), "anji")
VIEWER = {"role": "viewer", "partner": None}


@pytest.fixture
def an(people):
    return people["coordinator"]


def logged(engine, what):
    """Who did `what`, to what, and what it was before and after."""
    return [
        (each.who, each.subject, json.loads(each.before), json.loads(each.after))
        for each in log_page(engine, SoughtEntries(what=what))
    ]


@pytest.mark.parametrize(
    ("act", "what", "before", "after"),
    [
        (
            lambda db, an: change_post(db, an.user_id, Post(Role.VIEWER), who=SYSTEM),
            "user.change",
            {"role": "coordinator", "partner": None},
            VIEWER,
        ),
        (lambda db, an: shut_out(db, an.user_id, who=SYSTEM), "user.disable", None, None),
        (lambda db, an: let_in(db, an.user_id, who=SYSTEM), "user.enable", None, None),
        (lambda db, an: set_password(db, an.user_id, "hash", who=SYSTEM), "user.password", None, None),
        (
            lambda db, an: open_session(db, an, who=SYSTEM, how="password"),
            "session.open",
            None,
            {"how": "password"},
        ),
        (
            lambda db, an: make_link(db, an.user_id, Purpose.ENTER, who=SYSTEM),
            "link.make",
            None,
            {"purpose": "enter"},
        ),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_is_done_to_a_user_is_in_the_log_with_who_did_it(engine, an, act, what, before, after):
    told = act(engine, an)

    assert logged(engine, what) == [("system", an.user_id, before, after)]
    assert not told or told not in str(log_page(engine, SoughtEntries()))


def test_who_is_added_is_in_the_log(engine, people):
    bo = add_user(engine, "bo", Post(Role.VIEWER), who=people["admin"].acting())

    assert logged(engine, "user.add")[0] == (people["admin"].user_id, bo.user_id, None, VIEWER)


def test_who_leaves_is_in_the_log(engine, an):
    close_session(engine, open_session(engine, an, who=SYSTEM, how="link"), who=an.acting())

    assert logged(engine, "session.close") == [(an.user_id, an.user_id, None, None)]


def test_a_token_is_logged_when_it_is_made_and_once_when_it_is_revoked(engine, an):
    text = add_token(engine, an.user_id, READ, who=SYSTEM)
    (token,) = tokens(engine)

    revoke_token(engine, token.token_id, who=SYSTEM)
    revoked_at = tokens(engine)[0].revoked_at
    revoke_token(engine, token.token_id, who=SYSTEM)

    made = {"user": an.user_id, "scopes": ["read"], "partner": "anji", "expires_at": None}
    assert logged(engine, "token.add") == [("system", token.token_id, None, made)]
    assert logged(engine, "token.revoke") == [("system", token.token_id, None, None)]
    assert tokens(engine)[0].revoked_at == revoked_at
    assert text.split("_")[2] not in str(log_page(engine, SoughtEntries()))
