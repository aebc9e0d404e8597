"""All tokens, for admins: what acts for whom, when it was used last, and its end."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.errors import BadInput
from impact.gate import actor
from impact.store.database import Database
from impact.store.people.tokens import revoke_token, tokens
from impact.web.plans import LANG


def register(pages: Blueprint, database: Database) -> None:
    """Add the page of all tokens to `pages`."""

    @pages.get(f"{LANG}/tokens", endpoint="tokens")
    def _tokens() -> str:
        return render_template("people/tokens.html", tokens=tokens(database))

    @pages.post(f"{LANG}/tokens/<token_id>/revoke", endpoint="token_revoked")
    def _token_revoked(token_id: str) -> Response:
        revoke(database, token_id)
        return redirect(url_for("web.tokens"), 303)


def revoke(database: Database, token_id: str, *, user_id: str | None = None) -> None:
    """Revoke a token (with `user_id`, one of that user), or answer that there is none."""
    try:
        revoke_token(database, token_id, who=actor(), user_id=user_id)
    except BadInput:
        abort(404)
