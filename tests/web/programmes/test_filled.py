"""What forms of programmes say is read the same wherever the service runs."""

import time

import pytest

from impact.api.resources.programmes.lines import day
from impact.web.programmes.filled import today


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Etc/GMT-14", "Asia/Shanghai"])
def test_pages_and_programs_mean_the_same_day(monkeypatch, zone):
    """Of the two zones at the ends of the world one has another day than the middle, whatever the hour."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()

        first, told = today(), day(None)

        assert told in (first, today())
    time.tzset()
