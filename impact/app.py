"""The composition root: settings in, a service out."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import waitress
from flask import Flask
from flask_compress import Compress
from waitress import wasyncore

from impact import api, gate, web
from impact.api.service import Service
from impact.catalog.listed.norms import read_norms
from impact.config import DATA, STATIC, Settings
from impact.i18n.divisions import call_divisions
from impact.jobs.queue import Queue
from impact.memory import steady
from impact.reference import read_resolver
from impact.regions.boundaries import Boundaries, read_boundaries
from impact.regions.resolver import Resolver
from impact.reports.solved import Shelf
from impact.store.audit import newest
from impact.store.database import Database
from impact.store.decisions.applicants import Applicants
from impact.store.decisions.life import PlanLife
from impact.store.decisions.naming import PlanNames
from impact.store.decisions.office import Office
from impact.store.decisions.undoing import Imports
from impact.store.directory import Directory
from impact.store.edits.desk import NounDesk
from impact.store.people.keyring import Keyring
from impact.store.replays import Replays
from impact.store.solved.plans import PlanShelf
from impact.store.unmoved import Unmoved
from impact.store.webhooks.hooks import Hooks
from impact.store.webhooks.postings import PostOffice
from impact.threads import Relay, once

THREADS = 4
HEARING_SECONDS = 1.0
"""So long a thread listens to clients that say nothing, before it looks whether it is to end."""
STATIC_SECONDS = 365 * 24 * 3600
"""A static file's address holds a mark of its content, and so may be kept for long."""
PACKED = ("text/html", "text/css", "text/javascript", "text/csv", "application/json", "image/svg+xml")


class Pages(Flask):
    """An application none of whose views is a coroutine: Flask asks that of each, each time."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Call what is given as it is."""
        return func


def create_app(database: Database, settings: Settings, shelf: Shelf | None = None) -> Flask:
    """Put the pages and the API over `database`, and over the plans on `shelf` instead of its own.

    Raises
    ------
    BadInput
        The file of boundaries that `settings` name cannot be used.
    """
    call_divisions(DATA)
    shelf = shelf or PlanShelf(database)
    app = Pages("impact", static_folder=STATIC)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = STATIC_SECONDS
    app.config["COMPRESS_MIMETYPES"] = PACKED
    Compress(app)
    app.url_defaults(_mark_content)
    resolver = once(partial(read_resolver, DATA))
    app.register_blueprint(web.blueprint(shelf, database, resolver, _boundaries(settings)))
    app.register_blueprint(api.blueprint(_service(database, shelf, resolver)))
    gate.guard(app, database, settings)
    return app


def _boundaries(settings: Settings) -> Boundaries | None:
    given = settings.boundaries
    return read_boundaries(given.file, given.credit) if given else None


def _service(database: Database, shelf: Shelf, resolver: Callable[[], Resolver]) -> Service:
    norms = once(partial(read_norms, DATA))
    return Service(
        who=gate.asking,
        shelf=shelf,
        nouns=NounDesk(database),
        replays=Replays(database),
        answers=Unmoved(database),
        resolver=resolver,
        queue=Queue(database),
        hooks=Hooks(database),
        post_office=PostOffice(database),
        office=Office(database, norms),
        applicants=Applicants(database, norms),
        life=PlanLife(database),
        names=PlanNames(database, shelf),
        imports=Imports(database),
        directory=Directory(database),
        keyring=Keyring(database),
        log=partial(newest, database),
    )


def _mark_content(endpoint: str, values: dict[str, object]) -> None:
    """Put the mark of a static file's content into its address: who has the page has its files."""
    if endpoint == "static" and "filename" in values:
        values["v"] = _content_mark(STATIC / str(values["filename"]))


@cache
def _content_mark(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else ""


def serve(app: Flask, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve `app` until interrupted; `ready` hears the address once connections are taken.

    Raises
    ------
    OSError
        If the address is taken.
    """
    logging.getLogger("waitress").setLevel(logging.ERROR)
    sockets: dict[int, object] = {}
    relay = Relay(partial(wasyncore.loop, HEARING_SECONDS, map=sockets, count=1))
    server = waitress.create_server(app, sockets, host=host, port=port, _dispatcher=relay)
    with _kept_for_good():
        relay.run(THREADS, partial(ready, f"http://{host}:{server.effective_port}/"))


@contextmanager
def _kept_for_good() -> Iterator[None]:
    """Spare what is loaded by now the search for what nobody needs, which would halt all for long."""
    steady()
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
