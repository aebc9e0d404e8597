"""A form that came too late: from a page of an earlier session. What was typed is held, to be sent again.

Only what a page of ours sent is held: whoever sends it again vouches for it.
"""

from flask import make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from impact.gate.requests import page_asked

MOST_BYTES = 500_000
"""What is longer is not held: it is a file, which has to be chosen again anyway."""
SECRET = frozenset({"password", "old"})
VOUCHER = "csrf_token"


def sign_in_first(_: Unauthorized) -> Response:
    """Hold the form of somebody whose session has ended; send whoever brought none to the entrance."""
    return _held(401) if _is_holdable() else redirect(url_for("web.sign_in", then=page_asked()), 303)


def vouch_again(_: CSRFError) -> Response:
    """Hold a form that no page of this session vouches for; where it cannot be, say that its page is old."""
    return (
        _held(400)
        if _is_holdable()
        else make_response(render_template("error.html", said="old", code=400), 400)
    )


def _held(status: int) -> Response:
    typed = [each for each in request.form.items(multi=True) if each[0] != VOUCHER]
    page = render_template("people/held.html", typed=typed, files=[*request.files])
    return make_response(page, status)


def _is_holdable() -> bool:
    """Tell whether a page of ours sent a form that is short and holds no password."""
    if request.method != "POST" or f"{request.origin}/" != request.host_url:
        return False
    return (request.content_length or 0) <= MOST_BYTES and SECRET.isdisjoint(request.form)
