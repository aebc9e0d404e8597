"""One thread hears and answers all that is quick; what is slow holds up nobody."""

from concurrent.futures import ThreadPoolExecutor
from queue import Empty, Queue
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


class Clients:
    """Those who ask, and the relay that hears them."""

    def __init__(self, patience_seconds):
        self.relay = Relay(self.hear, patience_seconds)
        self.asked, self.heard_by, self.together = Queue(), set(), []
        self._alone = Lock()
        self.relay.set_thread_count(NUM_THREADS)

    def ask(self, *tasks):
        for task in tasks:
            self.asked.put(task)

    def hear(self):
        self.heard_by.add(current_thread().name)
        self.together.append(not self._alone.acquire(blocking=False))
        try:
            self.relay.add_task(self.asked.get(timeout=0.01))
        except Empty:
            pass
        finally:
            self._alone.release()


@pytest.fixture
def begun():
    """Clients of relays with threads, which are stopped after the test."""
    all_of = []

    def begin(patience_seconds):
        all_of.append(Clients(patience_seconds))
        return all_of[-1]

    yield begin
    for clients in all_of:
        clients.relay.shutdown()
        assert not any(clients.together), "Two heard at once."


def all_done(tasks):
    return all(task.done.wait(SECONDS) for task in tasks)


def test_no_two_quick_ones_are_answered_at_once(begun):
    clients, alone, together = begun(SECONDS), Lock(), []

    def answer():
        together.append(not alone.acquire(blocking=False))
        sleep(0.001)
        alone.release()

    tasks = [Task(answer) for _ in range(50)]
    clients.ask(*tasks)

    assert all_done(tasks)
    assert together == [False] * 50


def test_slow_ones_hold_up_nobody_while_a_thread_is_left(begun):
    clients, over = begun(0.01), Event()
    slow, quick = [Task(over.wait) for _ in range(NUM_THREADS - 1)], [Task() for _ in range(20)]

    clients.ask(*slow, *quick)

    assert all_done(quick)
    assert all(task.began.is_set() and not task.done.is_set() for task in slow)
    assert len({task.by for task in quick} & {task.by for task in slow}) == 0
    over.set()
    assert all_done(slow)


def test_who_was_slow_answers_again_afterwards(begun):
    clients, over = begun(0.01), Event()
    slow = [Task(over.wait) for _ in range(NUM_THREADS)]
    clients.ask(*slow)
    assert all(task.began.wait(SECONDS) for task in slow)
    later = [Task() for _ in range(20)]

    clients.ask(*later)
    over.set()

    assert all_done(later)


def test_one_that_fails_ends_no_thread(begun):
    clients = begun(SECONDS)

    def fail():
        raise RuntimeError("on purpose")

    tasks = [task for _ in range(5) for task in (Task(fail), Task())]
    clients.ask(*tasks)

    assert all_done(tasks)


def test_each_single_one_is_answered_at_once(begun):
    clients = begun(SECONDS)

    for _ in range(20):
        task = Task()
        clients.ask(task)
        assert task.done.wait(SECONDS)


def test_who_answers_what_is_quick_is_who_heard_it(begun):
    clients = begun(SECONDS)
    tasks = [Task() for _ in range(20)]

    clients.ask(*tasks)

    assert all_done(tasks)
    assert {task.by for task in tasks} == clients.heard_by


def test_while_all_threads_are_slow_nobody_hears_and_then_all_goes_on(begun):
    clients, over = begun(0.01), Event()
    slow, last = [Task(over.wait) for _ in range(NUM_THREADS)], Task()
    clients.ask(*slow)
    assert all(task.began.wait(SECONDS) for task in slow)

    clients.ask(last)

    assert not last.began.wait(0.1)
    over.set()
    assert all_done([last])


def test_told_to_stop_all_threads_end(begun):
    relay = begun(0.01).relay
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
