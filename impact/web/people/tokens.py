"""All tokens, for admins: what acts for whom, when it was used last, and its end."""

from collections.abc import Collection, Mapping

from flask import Blueprint, abort, redirect, render_template, url_for

from impact.errors import BadInput
from impact.gate import actor
from impact.store.database import Database
from impact.store.people.tokens import REVOKED, Token, revoke_token, tokens
from impact.store.reasons import reasons
from impact.web.people.forms import Page, reason, told
from impact.web.plans import LANG


def register(pages: Blueprint, database: Database) -> None:
    """Add the page of all tokens to `pages`."""

    @pages.get(f"{LANG}/tokens", endpoint="tokens")
    def _tokens() -> str:
        return _page(database, [])

    @pages.post(f"{LANG}/tokens/<token_id>/revoke", endpoint="token_revoked")
    def _token_revoked(token_id: str) -> Page:
        try:
            revoke(database, token_id)
        except BadInput as error:
            return _page(database, told(error)), 422
        return redirect(url_for("web.tokens"), 303)


def revoke(database: Database, token_id: str, *, user_id: str | None = None) -> None:
    """Revoke a token (with `user_id`, one of that user) for the reason in the form; 404 where there is none.

    Raises
    ------
    BadInput
        The form gives no reason.
    """
    if token_id not in {token.token_id for token in tokens(database, user_id)}:
        abort(404)
    revoke_token(database, token_id, who=actor(), user_id=user_id, reason=reason())


def whys(database: Database, shown: Collection[Token]) -> Mapping[str, str]:
    """Return why tokens were revoked."""
    return reasons(database, [token.token_id for token in shown if token.revoked_at], REVOKED)


def _page(database: Database, wrong: list[str]) -> str:
    found = tokens(database)
    return render_template("people/tokens.html", tokens=found, whys=whys(database, found), wrong=wrong)
