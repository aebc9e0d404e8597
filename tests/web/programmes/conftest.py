"""A service over the valley, and somebody who has begun a programme there."""

import pytest
from services import database, send, service, signed_in
from shelves import valley
from web.programmes.changes import BEGIN

from impact.access import Role
from impact.store.catalogs import save_catalog


@pytest.fixture
def app():
    kept = database()
    save_catalog(kept, valley().graph.catalog)
    return service(kept=kept)


@pytest.fixture
def client(app):
    made = signed_in(app, Role.COORDINATOR)
    send(made, "/en/programmes/new", **BEGIN)
    return made
