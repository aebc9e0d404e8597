"""The sample, loaded once for all tests of the catalog."""

from pathlib import Path

import pytest

from impact.catalog.sample import load_sample

DATA = Path(__file__).parents[2] / "static" / "data"


@pytest.fixture(scope="session")
def data():
    return DATA


@pytest.fixture(scope="session")
def sample():
    return load_sample(DATA)
