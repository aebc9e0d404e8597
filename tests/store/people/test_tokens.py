"""Tokens act for their user, never beyond them, until they are over."""

import pytest
from sqlalchemy import select, update

from impact.access import SYSTEM, Role, Scope
from impact.errors import BadInput
from impact.store.people.hashed import moment
from impact.store.people.sessions import shut_out
from impact.store.people.tokens import (
    TOKENS,
    Grant,
    add_token,
    note_use,
    revoke_token,
    token_of,
    tokens,
)
from impact.store.people.users import Post, change_post

READ = Grant("poller", frozenset({Scope.READ}))
RUN = Grant("night run", frozenset({Scope.READ, Scope.SCENARIO_RUN}), days=30)


@pytest.fixture
def an(people):
    return people["coordinator"]


@pytest.fixture
def text(engine, an):
    return add_token(engine, an.user_id, RUN, who=an.acting())


def refusal(act):
    with pytest.raises(BadInput) as refused:
        act()
    return [issue.code for issue in refused.value.issues]


def test_a_token_acts_for_its_user_within_its_scopes(engine, an, text):
    actor = token_of(engine, text).acting("request-1")

    assert (actor.actor_id, actor.token, actor.request_id) == (an.user_id, text.split("_")[1], "request-1")
    assert actor.scopes == RUN.scopes


def test_a_token_is_seen_once_and_kept_as_a_hash(engine, text):
    with engine.connect() as connection:
        kept = str(connection.execute(select(TOKENS)).all())

    assert text not in kept
    assert text.split("_", 2)[2] not in kept


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "impact",
        "impact__",
        "impact_0000000000000000_x",
        lambda text: text + "x",
        str.upper,
        lambda text: "x" + text,
    ],
)
def test_any_other_text_is_no_token(engine, text, wrong):
    assert token_of(engine, wrong(text) if callable(wrong) else wrong) is None


def test_a_token_of_a_partners_user_sees_that_partner(engine, people):
    text = add_token(engine, people["partner"].user_id, READ, who=SYSTEM)

    assert token_of(engine, text).acting().partner == "yongde"


def test_a_token_may_be_bound_to_one_partner_where_its_user_is_not(engine, an):
    text = add_token(engine, an.user_id, Grant("for anji", READ.scopes, "anji"), who=SYSTEM)

    assert token_of(engine, text).acting().partner == "anji"


@pytest.mark.parametrize(
    ("whose", "grant", "codes"),
    [
        ("coordinator", Grant("", frozenset()), ["token_without_scope"]),
        ("coordinator", Grant("", frozenset({Scope.PLAN_PUBLISH})), ["token_beyond_role"]),
        ("partner", Grant("", frozenset({Scope.READ, Scope.ADMIN})), ["token_beyond_role"]),
        ("partner", Grant("", READ.scopes, "anji"), ["token_beyond_partner"]),
        ("coordinator", Grant("", READ.scopes, "anij"), ["partner_unknown"]),
    ],
)
def test_a_token_is_given_nothing_its_user_may_not(engine, people, whose, grant, codes):
    assert refusal(lambda: add_token(engine, people[whose].user_id, grant, who=SYSTEM)) == codes


def test_a_token_loses_what_its_user_loses(engine, an, text):
    change_post(engine, an.user_id, Post(Role.VIEWER), who=SYSTEM)

    assert token_of(engine, text).acting().scopes == {Scope.READ}


def test_a_token_stops_with_its_user(engine, an, text):
    shut_out(engine, an.user_id, who=SYSTEM)

    assert token_of(engine, text) is None


def test_a_token_stops_when_its_days_are_over(engine, text):
    with engine.begin() as connection:
        connection.execute(update(TOKENS).values(expires_at=moment()))

    assert token_of(engine, text) is None
    assert not tokens(engine)[0].works()


def test_a_revoked_token_stops_and_stays_listed(engine, an, text):
    (token,) = tokens(engine, an.user_id)

    revoke_token(engine, token.token_id, who=an.acting())

    assert token_of(engine, text) is None
    assert tokens(engine, an.user_id)[0].revoked_at


@pytest.mark.usefixtures("text")
def test_a_token_of_somebody_else_is_not_there_to_be_revoked(engine, people):
    (token,) = tokens(engine)
    other = people["partner"]

    assert refusal(
        lambda: revoke_token(engine, token.token_id, who=other.acting(), user_id=other.user_id)
    ) == ["token_unknown"]
    assert tokens(engine)[0].works()


def test_the_day_of_its_last_use_is_remembered(engine, text):
    assert tokens(engine)[0].used_on is None

    note_use(engine, token_of(engine, text))

    assert tokens(engine)[0].used_on == moment()[:10]


def test_a_use_is_kept_once_a_day_and_of_no_other_token(engine, an, text):
    add_token(engine, an.user_id, READ, who=an.acting())
    note_use(engine, token_of(engine, text))
    used = token_of(engine, text)
    assert sorted(each.used_on or "" for each in tokens(engine)) == ["", used.used_on]

    with engine.begin() as connection:
        connection.execute(update(TOKENS).values(used_on=None))
    note_use(engine, used)
    assert [each.used_on for each in tokens(engine)] == [None, None]


def test_tokens_are_listed_newest_first_for_one_user_or_all(engine, people, an):
    other = people["partner"]
    made = [add_token(engine, user.user_id, READ, who=SYSTEM) for user in (an, other, an)]
    first, theirs, last = (text.split("_")[1] for text in made)

    assert [token.token_id for token in tokens(engine)] == [last, theirs, first]
    assert [token.token_id for token in tokens(engine, an.user_id)] == [last, first]
    assert [token.token_id for token in tokens(engine, other.user_id)] == [theirs]


def test_a_token_says_what_it_was_given(engine, an, text):
    (token,) = tokens(engine)

    assert (token.grant.label, token.grant.scopes, token.user) == ("night run", RUN.scopes, an)
    assert token.created_at < token.expires_at
    assert token.works()
