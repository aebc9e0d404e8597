import pytest
from services import service, signed_in
from shelves import MemoryShelf, valley


@pytest.fixture(scope="session")
def app():
    return service(MemoryShelf((valley(),)))


@pytest.fixture
def client(app):
    return signed_in(app)
