"""A service with a partner and nothing listed, and who imports there."""

import pytest
from services import partner_of, service, signed_in
from shelves import MemoryShelf

from impact.access import Role


@pytest.fixture
def app():
    app = service(MemoryShelf(()))
    partner_of(app.extensions["database"])
    return app


@pytest.fixture
def client(app):
    return signed_in(app, Role.COORDINATOR)
