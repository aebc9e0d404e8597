import pytest
from services import service
from shelves import MemoryShelf, valley


@pytest.fixture(scope="session")
def app():
    return service(MemoryShelf((valley(),)))


@pytest.fixture
def client(app):
    return app.test_client()
