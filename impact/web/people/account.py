"""One's own account: who one is here, another password, and the tokens that act for one."""

from flask import Blueprint, redirect, render_template, request, url_for

from impact.access import SCOPES_OF, Scope
from impact.errors import BadInput, Issue, refuse_if_any
from impact.gate import actor, signing
from impact.gate.passwords import weaknesses
from impact.i18n.issues import say
from impact.store.database import Database
from impact.store.people.tokens import Grant, add_token, tokens
from impact.web.language import spoken
from impact.web.people.forms import Page, filled, told
from impact.web.people.tokens import revoke, whys
from impact.web.plans import LANG

LASTS_DAYS = {"30": 30, "90": 90, "365": 365}
"""How long a token may be asked to last, by what the form sends."""


def register(pages: Blueprint, database: Database) -> None:
    """Add one's own account to `pages`."""

    @pages.get(f"{LANG}/account", endpoint="account")
    def _account() -> str:
        return _page(database)

    @pages.post(f"{LANG}/account/password", endpoint="own_password")
    def _own_password() -> Page:
        new = filled("password")
        try:
            refuse_if_any(weaknesses(new, actor().name))
        except BadInput as error:
            return _page(database, wrong=told(error)), 422
        if not signing.change_password(database, filled("old"), new):
            return _page(database, wrong=[say(Issue("password_not_right"), spoken())]), 403
        return redirect(url_for("web.account"), 303)

    @pages.post(f"{LANG}/account/tokens", endpoint="own_token")
    def _own_token() -> Page:
        try:
            return _page(database, fresh=add_token(database, actor().actor_id, _grant(), who=actor()))
        except BadInput as error:
            return _page(database, wrong=told(error)), 422

    @pages.post(f"{LANG}/account/tokens/<token_id>/revoke", endpoint="own_token_revoked")
    def _own_token_revoked(token_id: str) -> Page:
        return _revoked(database, token_id)


def _revoked(database: Database, token_id: str) -> Page:
    """Revoke a token of one's own for the reason in the form, or say that there is none."""
    try:
        revoke(database, token_id, user_id=actor().actor_id)
    except BadInput as error:
        return _page(database, wrong=told(error)), 422
    return redirect(url_for("web.account"), 303)


def _page(database: Database, *, wrong: list[str] | None = None, fresh: str = "") -> str:
    who = actor()
    own = tokens(database, who.actor_id)
    return render_template(
        "people/account.html",
        tokens=own,
        whys=whys(database, own),
        scopes=[scope for scope in Scope if scope in SCOPES_OF[who.role]],
        lasts=LASTS_DAYS,
        wrong=wrong or [],
        fresh=fresh,
    )


def _grant() -> Grant:
    """Read from the form what a token may do; scopes that it does not offer are not asked for."""
    asked = set(request.form.getlist("scope"))
    scopes = frozenset(scope for scope in Scope if scope in asked)
    return Grant(filled("label").strip()[:64], scopes, days=LASTS_DAYS.get(filled("days")))
