"""What all tests share: the sample, loaded once, and patience on a busy machine."""

from pathlib import Path

import pytest
from hypothesis import settings

from impact.catalog.sample import load_sample

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def data():
    """The folder of the sample."""
    return Path(__file__).parents[1] / "static" / "data"


@pytest.fixture(scope="session")
def sample(data):
    """The sample as a catalog, its belts not yet found."""
    return load_sample(data)
