"""The entrance: signing in by name and password, and signing out."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.gate import signing
from impact.gate.requests import local
from impact.gate.signing import Outcome
from impact.store.database import Database
from impact.web.language import spoken
from impact.web.people.forms import Page, filled
from impact.web.plans import LANG

ANSWERED = {Outcome.WRONG: 403, Outcome.WAIT: 429}


def register(pages: Blueprint, database: Database) -> None:
    """Add the entrance to `pages`."""

    @pages.route(f"{LANG}/sign-in", methods=["GET", "POST"], endpoint="sign_in")
    def _sign_in() -> Page:
        if request.method == "POST":
            return _tried(database)
        return render_template("people/sign_in.html", outcome=None, then=request.args.get("then", ""))

    @pages.post(f"{LANG}/sign-out", endpoint="sign_out")
    def _sign_out() -> Response:
        signing.sign_out(database)
        return redirect(url_for("web.sign_in"), 303)


def _tried(database: Database) -> Page:
    then = filled("then")
    outcome = signing.sign_in(database, filled("name"), filled("password"))
    if outcome is Outcome.IN:
        return redirect(local(then) or url_for("web.root", lang=spoken()), 303)
    return render_template("people/sign_in.html", outcome=outcome, then=then), ANSWERED[outcome]
