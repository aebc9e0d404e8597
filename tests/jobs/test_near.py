"""A worker of this machine is known to be gone as soon as its process is."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from impact.jobs.near import host, is_gone, myself


@pytest.fixture
def process():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    yield child
    child.kill()
    child.wait()


def test_a_process_that_runs_is_not_gone(process):
    assert not is_gone(replace(myself(), pid=process.pid), myself())


def test_a_process_that_ended_is_gone(process):
    process.kill()
    process.wait()

    assert is_gone(replace(myself(), pid=process.pid), myself())


def test_a_process_that_nobody_waited_for_is_gone_too(process):
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)

    assert is_gone(replace(myself(), pid=process.pid), myself())


def test_an_earlier_process_of_our_own_number_is_gone():
    me = myself()

    assert is_gone(replace(me, worker_id="earlier"), me)
    assert not is_gone(me, me)


def test_of_another_machine_nothing_is_known():
    assert not is_gone(replace(myself(), host="elsewhere", pid=1 << 22), myself())
    assert host() == host()
