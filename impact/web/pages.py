"""The addresses of all pages, and the page for what went wrong."""

from collections.abc import Callable
from typing import NoReturn

from flask import Blueprint, abort, make_response, redirect, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from impact.i18n.naming import plan_called
from impact.jobs.queue import Queue
from impact.regions.boundaries import Boundaries
from impact.regions.resolver import Resolver
from impact.reports.solved import Shelf
from impact.store.database import Database
from impact.store.decisions.naming import PlanNames
from impact.web import (
    about,
    admin,
    atlas,
    deciding,
    desk,
    exports,
    imports,
    jobs,
    people,
    plan_list,
    plans,
    portal,
    producers,
    programmes,
    scenarios,
    tabs,
)
from impact.web.home import home
from impact.web.judging import affected, comparing, explaining
from impact.web.judging import files as judged
from impact.web.language import preferred, speak, spoken
from impact.web.people.held import sign_in_first, vouch_again

SAID = (400, 403, 404, 405, 413, 429, 500)
"""Errors that have words of their own; others are told as the nearest of their hundred."""
OUTSIDE = (404, 405)
"""Errors of addresses that belong to nobody."""


def blueprint(
    shelf: Shelf, database: Database, resolver: Callable[[], Resolver], boundaries: Boundaries | None
) -> Blueprint:
    """Make the pages over the plans of `shelf` and the people of `database`.

    What is typed of places is read by a `resolver`; maps show `boundaries`.
    """
    queue = Queue(database)
    pages = Blueprint("web", __name__, template_folder="templates")
    names = PlanNames(database, shelf)
    speak(pages)
    pages.add_app_template_global(lambda plan_id: plan_called(names.of, plan_id, spoken()), "plan_called")
    pages.add_url_rule("/", "root", lambda: redirect(home(preferred())))
    desk.register(pages, database, queue, names)
    plans.register(pages, shelf)
    plan_list.register(pages, shelf, database)
    deciding.register(pages, shelf, database)
    exports.register(pages, shelf, database, queue, names)
    producers.register(pages, shelf)
    explaining.register(pages, shelf, database)
    atlas.register(pages, shelf, boundaries)
    portal.register(pages, shelf, database)
    tabs.register(pages, shelf, database, queue)
    comparing.register(pages, shelf, database)
    affected.register(pages, shelf, database)
    judged.register(pages, shelf, database)
    about.register(pages)
    people.register(pages, database)
    admin.register(pages, database)
    jobs.register(pages, queue)
    imports.register(pages, database, queue)
    programmes.register(pages, database, resolver)
    scenarios.register(pages, shelf, database, queue)
    pages.add_url_rule("/<any(zh, en):lang>/<path:_rest>", "nowhere", _nowhere)
    pages.register_error_handler(Unauthorized, sign_in_first)
    pages.register_error_handler(CSRFError, vouch_again)
    pages.register_error_handler(HTTPException, error_page)
    pages.register_error_handler(InternalServerError, error_page)
    for code in OUTSIDE:
        pages.app_errorhandler(code)(error_page)
    return pages


def error_page(error: HTTPException) -> AnyResponse:
    """Tell a visitor what went wrong and where to go from here."""
    code = error.code or 500
    if code < 400:
        return error.get_response()
    said = code if code in SAID else code // 100 * 100
    page = make_response(render_template("error.html", said=str(said), code=code), code)
    page.headers.extend(header for header in error.get_headers() if header[0] == "Retry-After")
    return page


def _nowhere(_rest: str) -> NoReturn:
    abort(404)
