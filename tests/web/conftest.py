from pathlib import Path

import pytest
from flask import Flask
from shelves import MemoryShelf, valley

from impact import web

STATIC = Path(__file__).parents[2] / "static"


@pytest.fixture(scope="session")
def app():
    app = Flask("impact", static_folder=str(STATIC), static_url_path="/static")
    app.register_blueprint(web.blueprint(MemoryShelf((valley(),))))
    web.secure(app)
    return app


@pytest.fixture
def client(app):
    return app.test_client()
