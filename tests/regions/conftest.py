"""China's divisions, loaded once for all tests of regions."""

from pathlib import Path

import pytest

from impact.catalog.sample import load_sample
from impact.regions.gazetteer import Gazetteer

DATA = Path(__file__).parents[2] / "static" / "data"


@pytest.fixture(scope="session")
def data():
    return DATA


@pytest.fixture(scope="session")
def sample():
    return load_sample(DATA)


@pytest.fixture(scope="session")
def china(sample):
    return Gazetteer(sample.regions, sample.former_names)
