"""Links that let somebody in once: looking at one uses nothing up, the form behind it does."""

from flask import Blueprint, redirect, render_template, request, url_for

from impact.gate import signing
from impact.gate.passwords import weaknesses
from impact.i18n.issues import say
from impact.store.database import Database
from impact.store.people.links import Purpose, link_user
from impact.web.language import spoken
from impact.web.people.forms import Page, filled
from impact.web.plans import LANG


def register(pages: Blueprint, database: Database) -> None:
    """Add to `pages` what links lead to."""

    @pages.route(f"{LANG}/enter", methods=["GET", "POST"], endpoint="enter")
    def _enter() -> Page:
        key = request.values.get("key", "")
        if request.method == "POST" and signing.enter(database, key):
            return redirect(url_for("web.root", lang=spoken()), 303)
        user = link_user(database, key, Purpose.ENTER)
        return render_template("people/enter.html", user=user, key=key), 200 if user else 403

    @pages.route(f"{LANG}/password", methods=["GET", "POST"], endpoint="password")
    def _password() -> Page:
        return _kept(database) if request.method == "POST" else _form(database, request.args.get("key", ""))


def _kept(database: Database) -> Page:
    """Keep the new password if it will do; else say why not, and leave the link as it is."""
    key, password = filled("key"), filled("password")
    user = link_user(database, key, Purpose.PASSWORD)
    wrong = [say(issue, spoken()) for issue in weaknesses(password, user.name)] if user else []
    if not wrong and signing.set_by_link(database, key, password):
        return redirect(url_for("web.root", lang=spoken()), 303)
    return _form(database, key, wrong)


def _form(database: Database, key: str, wrong: list[str] | None = None) -> Page:
    user = link_user(database, key, Purpose.PASSWORD)
    page = render_template("people/password.html", user=user, key=key, wrong=wrong or [])
    return page, 403 if user is None else 422 if wrong else 200
