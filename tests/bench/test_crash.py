"""Killed at random moments, the service leaves nothing half done, nothing twice and no job without an end.

Fifty moments, half of them on each database; `python -m bench.crash` tries as many as one likes.
"""

import pytest

from bench.crash.__main__ import crash

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("database_url", "moments", "seed"), [("sqlite", 25, 2), ("postgresql", 25, 3)], indirect=["database_url"]
)
def test_whatever_is_killed_when_all_is_true_afterwards(database_url, moments, seed, tmp_path):
    work, false = crash(database_url, moments, seed, tmp_path / "log")

    assert false == []
    assert len(work.job_ids) >= 2
