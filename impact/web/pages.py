"""The addresses of all pages, and the page for what went wrong."""

from typing import NoReturn

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as AnyResponse

from impact.reports.solved import Shelf
from impact.web import about, plans, producers
from impact.web.language import preferred, speak

SAID = (400, 404, 405, 500)
"""Errors that have words of their own; others are told as the nearest of their hundred."""
OUTSIDE = (404, 405)
"""Errors of addresses that belong to nobody."""


def blueprint(shelf: Shelf) -> Blueprint:
    """Make the pages over `shelf`."""
    pages = Blueprint("web", __name__, template_folder="templates")
    speak(pages)
    pages.add_url_rule("/", "root", lambda: redirect(url_for("web.plans", lang=preferred())))
    plans.register(pages, shelf)
    producers.register(pages, shelf)
    about.register(pages)
    pages.add_url_rule("/<any(zh, en):lang>/<path:_rest>", "nowhere", _nowhere)
    pages.register_error_handler(HTTPException, error_page)
    pages.register_error_handler(InternalServerError, error_page)
    for code in OUTSIDE:
        pages.app_errorhandler(code)(error_page)
    return pages


def error_page(error: HTTPException) -> AnyResponse | tuple[str, int]:
    """Tell a visitor what went wrong and where to go from here."""
    code = error.code or 500
    if code < 400:
        return error.get_response()
    said = code if code in SAID else code // 100 * 100
    return render_template("error.html", said=str(said), code=code), code


def _nowhere(_rest: str) -> NoReturn:
    abort(404)
