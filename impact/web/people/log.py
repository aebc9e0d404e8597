"""The audit log, for admins: who did what to what, and whether the log is whole."""

from flask import Blueprint, abort, render_template, request

from impact.store.audit import Sought, log_page, looked_through
from impact.store.database import Database
from impact.store.people.users import all_users
from impact.web.plans import LANG

PER_PAGE = 50


def register(pages: Blueprint, database: Database) -> None:
    """Add the page of the log to `pages`."""

    @pages.get(f"{LANG}/log", endpoint="log")
    def _log() -> str:
        sought = Sought(*(request.args.get(name, "") for name in ("who", "what", "subject")))
        found = log_page(database, sought, before=_before(), limit=PER_PAGE)
        return render_template(
            "people/log.html",
            found=found,
            sought=sought,
            older=found[-1].number if len(found) == PER_PAGE else None,
            names={user.user_id: user.name for user in all_users(database)},
            broken=looked_through(database) if "verify" in request.args else None,
        )


def _before() -> int | None:
    text = request.args.get("before", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 10):
        abort(400)
    return int(text) if text else None
