"""Who may sign in: names, roles, partners, and that somebody can always let others in."""

from dataclasses import replace

import pytest

from impact.access import SCOPES_OF, SYSTEM, Role
from impact.errors import BadInput
from impact.store.audit import entries
from impact.store.people.sessions import set_password, shut_out
from impact.store.people.users import (
    LONGEST_NAME,
    Post,
    add_user,
    all_users,
    change_post,
    user_identified,
    user_named,
    user_with_id,
)


def refusal(act):
    with pytest.raises(BadInput) as refused:
        act()
    return [issue.code for issue in refused.value.issues]


@pytest.mark.parametrize("typed", ["ada", " ADA ", "Ａｄａ"])
def test_a_user_is_found_however_the_name_is_typed(engine, people, typed):
    assert user_named(engine, typed) == people["admin"]


def test_a_new_user_has_no_password(people):
    assert people["coordinator"].password is None


def test_a_user_acts_with_all_their_role_may_do_and_as_their_partner(people):
    actor = people["partner"].acting("request-1")

    assert (actor.actor_id, actor.partner, actor.request_id) == (
        people["partner"].user_id,
        "yongde",
        "request-1",
    )
    assert actor.scopes == SCOPES_OF[Role.PARTNER]


@pytest.mark.parametrize(
    ("name", "post", "codes", "why"),
    [
        ("ADA", Post(Role.VIEWER), ["user_name_taken"], "the same but for case"),
        ("", Post(Role.VIEWER), ["user_name_not_valid"], "no name"),
        ("x" * (LONGEST_NAME + 1), Post(Role.VIEWER), ["user_name_not_valid"], "too long"),
        ("-force", Post(Role.VIEWER), ["user_name_not_valid"], "looks like an option"),
        ("a\nb", Post(Role.VIEWER), ["user_name_not_valid"], "two lines"),
        ("bo", Post(Role.PARTNER), ["user_needs_partner"], "of which partner?"),
        ("bo", Post(Role.VIEWER, "yongde"), ["user_has_partner"], "viewers see all partners"),
        ("bo", Post(Role.PARTNER, "yonde"), ["partner_unknown"], "a slip in the id"),
        ("bo", Post(Role.PARTNER, "deqing"), ["partner_retired"], "it is one no more"),
        ("ada", Post(Role.PARTNER), ["user_name_taken", "user_needs_partner"], "all faults are said"),
    ],
)
def test_what_cannot_be_a_user_is_refused(engine, people, name, post, codes, why):
    assert refusal(lambda: add_user(engine, name, post, who=SYSTEM)) == codes, why
    assert len(all_users(engine)) == len(people)


@pytest.mark.parametrize(("partner", "code"), [("yonde", "partner_unknown"), ("deqing", "partner_retired")])
def test_nobody_is_moved_to_a_partner_that_is_none(engine, people, partner, code):
    user, post = people["partner"], Post(Role.PARTNER, partner)

    assert refusal(lambda: change_post(engine, user.user_id, post, who=SYSTEM)) == [code]
    assert user_with_id(engine, user.user_id).post.partner == "yongde"


def test_an_outside_identity_belongs_to_one_user(engine):
    cy = add_user(engine, "cy", Post(Role.VIEWER), who=SYSTEM, identity="provider|7")

    assert user_identified(engine, "provider|7") == cy
    assert refusal(lambda: add_user(engine, "di", Post(Role.VIEWER), who=SYSTEM, identity="provider|7")) == [
        "user_identity_taken"
    ]


def test_the_last_admin_stays(engine, people):
    ada = people["admin"].user_id

    assert refusal(lambda: shut_out(engine, ada, who=SYSTEM)) == ["user_last_admin"]
    assert refusal(lambda: change_post(engine, ada, Post(Role.VIEWER), who=SYSTEM)) == ["user_last_admin"]

    add_user(engine, "bo", Post(Role.ADMIN), who=SYSTEM)
    shut_out(engine, ada, who=SYSTEM)
    assert user_with_id(engine, ada).disabled_at


def test_another_role_is_kept_and_logged_with_the_one_before(engine, people):
    user = people["partner"]

    change_post(engine, user.user_id, Post(Role.VIEWER), who=people["admin"].acting())

    assert user_with_id(engine, user.user_id) == replace(user, post=Post(Role.VIEWER))
    with engine.connect() as connection:
        entry = entries(connection, limit=1)[0]
    assert (entry.who, entry.what, entry.subject) == (people["admin"].user_id, "user.change", user.user_id)
    assert entry.before == '{"partner":"yongde","role":"partner"}'
    assert entry.after == '{"partner":null,"role":"viewer"}'


def test_somebody_unknown_cannot_be_changed(engine):
    assert refusal(lambda: shut_out(engine, "nobody", who=SYSTEM)) == ["user_unknown"]
    assert refusal(lambda: set_password(engine, "nobody", "hash", who=SYSTEM)) == ["user_unknown"]


def test_no_password_and_no_name_enters_the_log(engine, people):
    set_password(engine, people["coordinator"].user_id, "argon2-hash", who=SYSTEM)

    with engine.connect() as connection:
        log = str(entries(connection))
    assert "argon2-hash" not in log
    assert "小安" not in log
