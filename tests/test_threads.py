"""One thread answers all that is quick; what is slow holds up nobody."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock, current_thread
from time import sleep

import pytest

from impact.threads import Relay, once

NUM_THREADS = 4
SECONDS = 30


class Task:
    """Something to do, which says when it began and when it is done."""

    def __init__(self, what=lambda: None):
        self.what, self.began, self.done, self.by = what, Event(), Event(), ""

    def service(self):
        self.by = current_thread().name
        self.began.set()
        try:
            self.what()
        finally:
            self.done.set()

    def cancel(self):
        pass


@pytest.fixture
def begun():
    """Relays with threads, which are stopped after the test."""
    relays = []

    def begin(patience_seconds):
        relays.append(Relay(patience_seconds))
        relays[-1].set_thread_count(NUM_THREADS)
        return relays[-1]

    yield begin
    for relay in relays:
        relay.shutdown()


def all_done(tasks):
    return all(task.done.wait(SECONDS) for task in tasks)


def test_no_two_quick_ones_are_answered_at_once(begun):
    relay, alone, together = begun(SECONDS), Lock(), []

    def answer():
        together.append(not alone.acquire(blocking=False))
        sleep(0.001)
        alone.release()

    tasks = [Task(answer) for _ in range(50)]
    for task in tasks:
        relay.add_task(task)

    assert all_done(tasks)
    assert together == [False] * 50


def test_slow_ones_hold_up_nobody_while_a_thread_is_left(begun):
    relay, over = begun(0.01), Event()
    slow, quick = [Task(over.wait) for _ in range(NUM_THREADS - 1)], [Task() for _ in range(20)]

    for task in [*slow, *quick]:
        relay.add_task(task)

    assert all_done(quick)
    assert all(task.began.is_set() and not task.done.is_set() for task in slow)
    assert len({task.by for task in quick} & {task.by for task in slow}) == 0
    over.set()
    assert all_done(slow)


def test_who_was_slow_answers_again_afterwards(begun):
    relay, over = begun(0.01), Event()
    slow = [Task(over.wait) for _ in range(NUM_THREADS)]
    for task in slow:
        relay.add_task(task)
    assert all(task.began.wait(SECONDS) for task in slow)
    later = [Task() for _ in range(20)]

    for task in later:
        relay.add_task(task)
    over.set()

    assert all_done(later)


def test_one_that_fails_ends_no_thread(begun):
    relay = begun(SECONDS)

    def fail():
        raise RuntimeError("on purpose")

    tasks = [task for _ in range(5) for task in (Task(fail), Task())]
    for task in tasks:
        relay.add_task(task)

    assert all_done(tasks)


def test_each_single_one_is_answered_at_once(begun):
    relay = begun(SECONDS)

    for _ in range(20):
        task = Task()
        relay.add_task(task)
        assert task.done.wait(SECONDS)


def test_told_to_stop_all_threads_end(begun):
    relay = begun(0.01)
    assert len(relay.threads) == NUM_THREADS

    relay.shutdown()

    assert not relay.threads


def test_what_many_threads_want_at_once_is_read_once():
    read = []

    def reading():
        sleep(0.05)
        read.append(len(read))
        return read[-1]

    told = once(reading)
    with ThreadPoolExecutor(NUM_THREADS) as pool:
        got = list(pool.map(lambda _: told(), range(20)))

    assert (read, got) == ([0], [0] * 20)


def test_what_could_not_be_read_is_read_again():
    left = [ValueError("not yet")]

    def reading():
        if left:
            raise left.pop()
        return "read"

    told = once(reading)
    with pytest.raises(ValueError, match="not yet"):
        told()

    assert told() == "read"
