import pytest
from services import database
from store.people.team import team


@pytest.fixture
def engine():
    return database()


@pytest.fixture
def people(engine):
    return team(engine)
