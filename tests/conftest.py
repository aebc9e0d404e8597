"""What all tests share: the sample, loaded once, databases of both kinds, and patience on a busy machine."""

import os
from pathlib import Path

import pytest
from databases import (  # noqa: F401  # fixtures
    database_url,
    empty_database_url,
    engine,
    migrated_database,
    migrated_file,
    own_url,
    server,
)
from hypothesis import settings

from impact.catalog.sample.load import load_sample

settings.register_profile("searching", deadline=None)
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable" if os.environ.get("CI") else "searching")


@pytest.fixture(scope="session")
def data():
    """The folder of the sample."""
    return Path(__file__).parents[1] / "static" / "data"


@pytest.fixture(scope="session")
def sample(data):
    """The sample as a catalog, its belts not yet found."""
    return load_sample(data)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """Let no test be skipped where everything has been installed for it."""
    report = (yield).get_result()
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped in CI: {report.longrepr}"
