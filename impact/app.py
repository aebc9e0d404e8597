"""The composition root: settings in, a service out."""

import logging
from collections.abc import Callable

import waitress
from flask import Flask

from impact import api, web
from impact.config import STATIC
from impact.reports.solved import Shelf

THREADS = 8
STATIC_SECONDS = 3600


def create_app(shelf: Shelf) -> Flask:
    """Put the pages and the API over the plans on `shelf`."""
    app = Flask("impact", static_folder=STATIC)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = STATIC_SECONDS
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.register_blueprint(web.blueprint(shelf))
    app.register_blueprint(api.blueprint(shelf))
    web.secure(app)
    return app


def serve(app: Flask, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve `app` until interrupted; `ready` hears the address once connections are taken.

    Raises
    ------
    OSError
        If the address is taken.
    """
    logging.getLogger("waitress").setLevel(logging.ERROR)
    server = waitress.create_server(app, host=host, port=port, threads=THREADS)
    ready(f"http://{host}:{server.effective_port}/")
    server.run()
