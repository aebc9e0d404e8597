import pytest
from store.people.team import team


@pytest.fixture
def people(engine):
    return team(engine)
