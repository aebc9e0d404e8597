from time import perf_counter

from impact.timing import Patience


def test_patience_lasts_until_its_time():
    assert Patience(perf_counter() + 60).lasts()
    assert not Patience(perf_counter() - 1).lasts()


def test_whoever_is_told_to_stop_has_no_patience_left():
    assert Patience(perf_counter() + 60, cancelled=lambda: True).seconds == 0
