"""Requests are counted by the minute, each name by itself."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from impact.gate.limits import Tally

MINUTE = 60 * 29_000_000
"""A moment at which a minute begins."""


class Clock:
    """Stands still until it is set."""

    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def test_each_name_is_counted_by_itself():
    tally = Tally(Clock(MINUTE))

    assert [tally.count(name) for name in ("a", "a", "b", "a")] == [1, 2, 1, 3]


@pytest.mark.parametrize(("later", "told"), [(0, 2), (59.9, 2), (60, 1), (3600, 1), (-1, 1)])
def test_a_count_lasts_until_its_minute_ends(later, told):
    clock = Clock(MINUTE)
    tally = Tally(clock)
    tally.count("a")

    clock.now += later

    assert tally.count("a") == told


@pytest.mark.parametrize(
    ("now", "left"), [(MINUTE, 60), (MINUTE + 0.5, 60), (MINUTE + 59, 1), (MINUTE + 59.9, 1)]
)
def test_it_tells_when_the_minute_ends(now, left):
    tally = Tally(Clock(now))

    assert (tally.ends(), tally.left_seconds()) == (MINUTE + 60, left)


def test_no_request_of_many_threads_is_missed():
    tally = Tally(Clock(MINUTE))

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: tally.count("a"), range(4_000)))

    assert sorted(told) == list(range(1, 4_001))
