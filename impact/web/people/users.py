"""Users, for admins: who may come in, as what, and the link by which they do."""

from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for

from impact.access import Role
from impact.errors import BadInput
from impact.gate import actor
from impact.store.database import Database
from impact.store.people.links import Purpose, make_link
from impact.store.people.sessions import let_in, shut_out
from impact.store.people.tokens import REVOKED, tokens
from impact.store.people.users import (
    ADDED,
    CHANGED,
    DISABLED,
    ENABLED,
    User,
    add_user,
    all_users,
    change_post,
    user_with_id,
)
from impact.store.reasons import reasons
from impact.web.people.forms import Page, filled, link_in, note, post_filled, reason, told
from impact.web.plans import LANG


def register(pages: Blueprint, database: Database) -> None:
    """Add the pages about users to `pages`."""

    @pages.route(f"{LANG}/users", methods=["GET", "POST"], endpoint="users")
    def _users() -> Page:
        return _added(database) if request.method == "POST" else _list(database)

    @pages.route(f"{LANG}/users/<user_id>", methods=["GET", "POST"], endpoint="user")
    def _user(user_id: str) -> Page:
        user = user_or_404(database, user_id)
        if request.method == "GET":
            return _one(database, user)
        return _done(
            database, user, lambda: change_post(database, user_id, post_filled(), who=actor(), reason=note())
        )

    @pages.post(f"{LANG}/users/<user_id>/access", endpoint="user_access")
    def _user_access(user_id: str) -> Page:
        user = user_or_404(database, user_id)
        return _done(database, user, lambda: _switch(database, user))

    @pages.post(f"{LANG}/users/<user_id>/link", endpoint="user_link")
    def _user_link(user_id: str) -> Page:
        user = user_or_404(database, user_id)
        return _one(database, user, link=_link(database, user))


def _switch(database: Database, user: User) -> None:
    """Let in who was shut out; shut out, for a reason, who was not."""
    if user.disabled_at:
        let_in(database, user.user_id, who=actor(), reason=note())
    else:
        shut_out(database, user.user_id, who=actor(), reason=reason())


def user_or_404(database: Database, user_id: str) -> User:
    """Find a user, or answer that there is none."""
    return user_with_id(database, user_id) or abort(404)


def _added(database: Database) -> Page:
    identity = filled("identity").strip() or None
    try:
        user = add_user(
            database, filled("name"), post_filled(), who=actor(), identity=identity, reason=note()
        )
    except BadInput as error:
        return _list(database, wrong=told(error)), 422
    return _one(database, user, link=_link(database, user))


def _done(database: Database, user: User, change: Callable[[], None]) -> Page:
    """Change something of `user`, and show them as they are then, or what was wrong with it."""
    try:
        change()
    except BadInput as error:
        return _one(database, user, wrong=told(error)), 422
    return redirect(url_for("web.user", user_id=user.user_id), 303)


def _list(database: Database, wrong: list[str] | None = None) -> str:
    users = all_users(database)
    whys = reasons(database, [user.user_id for user in users if user.disabled_at], DISABLED)
    return render_template("people/users.html", users=users, roles=tuple(Role), whys=whys, wrong=wrong or [])


def _one(database: Database, user: User, *, wrong: list[str] | None = None, link: str = "") -> str:
    own = tokens(database, user.user_id)
    return render_template(
        "people/user.html",
        user=user,
        roles=tuple(Role),
        tokens=own,
        whys=reasons(database, [user.user_id, *(each.token_id for each in own)], DISABLED, ENABLED, REVOKED),
        said_of_post=reasons(database, [user.user_id], ADDED, CHANGED).get(user.user_id, ""),
        wrong=wrong or [],
        link=link,
    )


def _link(database: Database, user: User) -> str:
    """Make the link by which somebody sets their password; it is shown this once."""
    return link_in("web.password", make_link(database, user.user_id, Purpose.PASSWORD, who=actor()))
