import pytest
from services import database, service, signed_in
from shelves import MemoryShelf, valley

from impact.store.catalogs import save_catalog


@pytest.fixture(scope="session")
def app():
    return service(MemoryShelf((valley(),)))


@pytest.fixture
def client(app):
    return signed_in(app)


@pytest.fixture
def stocked():
    """A service of its own over the valley's catalog, without a plan."""
    kept = database()
    save_catalog(kept, valley().graph.catalog)
    return service(kept=kept)
