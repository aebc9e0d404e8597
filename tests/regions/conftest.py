"""China's divisions, indexed once for all tests of regions."""

import pytest

from impact.regions.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def china(sample):
    return Gazetteer(sample.regions, sample.former_names)
