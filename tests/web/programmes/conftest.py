"""A service over the valley, and somebody who has begun a programme there."""

import pytest
from services import send, signed_in
from web.programmes.changes import BEGIN

from impact.access import Role


@pytest.fixture
def app(stocked):
    return stocked


@pytest.fixture
def client(app):
    made = signed_in(app, Role.COORDINATOR)
    send(made, "/en/programmes/new", **BEGIN)
    return made
