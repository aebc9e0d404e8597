"""A real browser on real pages, served on a port of their own."""

import os
import shutil
import threading
from contextlib import contextmanager
from functools import cache

import pytest
from playwright.sync_api import Error, sync_playwright
from services import service, signed_in, token_of, user_of
from shelves import MemoryShelf, valley
from werkzeug.serving import make_server

from impact.access import SYSTEM, Role
from impact.store.people.links import Purpose, make_link

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
"""What axe looks for."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _chromium():
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def app():
    """Pages over a small solved programme."""
    return service(MemoryShelf((valley(),)))


@pytest.fixture(scope="session")
def things(app):
    """What stands in an address for a user, and for the link by which they set their password."""
    user, kept = user_of(app, Role.COORDINATOR), app.extensions["database"]
    token_of(app, Role.COORDINATOR)
    return {"user": user.user_id, "key": make_link(kept, user.user_id, Purpose.PASSWORD, who=SYSTEM)}


@pytest.fixture(scope="session")
def cookies(app, site):
    """What the browser of a signed-in user of each role holds."""

    @cache
    def _cookies(role):
        cookie = signed_in(app, role).get_cookie("impact")
        return [{"name": cookie.key, "value": cookie.value, "url": site}]

    return _cookies


@pytest.fixture(scope="session")
def site(app):
    """The address of pages over a small solved programme."""
    with serving(app) as address:
        yield address


@contextmanager
def serving(app):
    """Serve `app` at the address this gives."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


@pytest.fixture(scope="session")
def browser():
    """Chromium; without one the journeys are skipped, except where everything has to be tried."""
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=_chromium(), args=QUIET)
        except Error as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"No Chromium to try the pages in: {error.message.splitlines()[0]}")
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, site, cookies, things):
    """Open a page of the site; whatever the browser complains about fails the test at its end."""
    complaints, contexts = [], []

    def _visit(path, *, width=1280, scheme="light", scripts=True, role=Role.VIEWER):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
        )
        contexts.append(context)
        if role:
            context.add_cookies(cookies(role))
        page = context.new_page()
        page.on("console", lambda message: _note(complaints, message))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site + path.format(**things), wait_until="networkidle")
        return page

    yield _visit
    for context in contexts:
        context.close()
    assert complaints == []


def _note(complaints, message):
    if message.type in {"error", "warning"}:
        complaints.append(message.text)
