"""The service is one tree of processes: what falls is put up again, and nobody outlives it."""

import os
import re
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

import pytest
from jobs.offices import zipped

from impact.access import SYSTEM
from impact.jobs.queue import Queue
from impact.store.database import open_database

pytestmark = pytest.mark.slow
SECONDS = 60


@pytest.fixture
def begin(own_url):
    """Begin commands that are ended after the test."""
    begun = []

    def command(*words, stderr=None):
        process = subprocess.Popen(
            [sys.executable, "-m", "impact", "--lang", "en", *words],
            env={**os.environ, "IMPACT_DATABASE_URL": own_url},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
        begun.append(process)
        return process

    yield command
    for process in begun:
        process.kill()
        process.communicate()


def address_of(web):
    return re.search(r"http://([\d.]+:\d+)/", web.stdout.readline()).group(1)


def processes(word: bytes, above: int) -> list[int]:
    """Processes below `above` whose command holds `word`."""
    command_of, parent_of = {}, {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                command_of[int(entry.name)] = (entry / "cmdline").read_bytes()
                parent_of[int(entry.name)] = int(parent)
        except OSError:
            continue
    return sorted(
        pid for pid, command in command_of.items() if word in command and is_below(pid, above, parent_of)
    )


def is_below(pid: int, above: int, parent_of: dict[int, int]) -> bool:
    """Whether a process came of another, be its number larger or smaller."""
    while pid in parent_of and pid != above:
        pid = parent_of[pid]
    return pid == above


def soon(asked, seconds=SECONDS):
    """Wait until what is asked has an answer."""
    late = monotonic() + seconds
    while not (answer := asked()):
        assert monotonic() < late
        sleep(0.1)
    return answer


def gone(pids):
    def lives(pid):
        stat = Path(f"/proc/{pid}/stat")
        try:
            return stat.read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False

    return not any(map(lives, pids))


def put(own_url):
    queue = Queue(open_database(own_url))
    return queue, queue.put("solve_bundle", {}, SYSTEM, files={"bundle.zip": zipped("group_cap")})


def test_one_command_serves_pages_and_does_jobs(begin, own_url):
    web = begin("serve", "--port", "0")
    address = address_of(web)
    queue, job_id = put(own_url)

    job = soon(lambda: (found := queue.get(job_id)).ended and found)

    connection = HTTPConnection(address, timeout=SECONDS)
    connection.request("GET", "/api/v1/openapi.json")
    assert (job.status, connection.getresponse().status) == ("succeeded", 200)


def test_a_worker_that_falls_is_put_up_again(begin, own_url):
    web = begin("serve", "--port", "0")
    address_of(web)
    (first,) = soon(lambda: processes(b"impact.commands.working", web.pid))

    os.kill(first, signal.SIGKILL)
    (second,) = soon(lambda: [pid for pid in processes(b"impact.commands.working", web.pid) if pid != first])

    queue, job_id = put(own_url)
    assert soon(lambda: (found := queue.get(job_id)).ended and found).status == "succeeded"
    assert second != first


def test_nobody_outlives_a_web_that_is_killed(begin):
    web = begin("serve", "--port", "0")
    address_of(web)
    workers = soon(lambda: processes(b"impact.commands.working", web.pid))
    children = soon(lambda: processes(b"impact.jobs.child", web.pid))

    web.kill()

    soon(lambda: gone([*workers, *children]), 10)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_all_end_within_ten_seconds(begin, number):
    web = begin("serve", "--port", "0")
    address_of(web)
    workers = soon(lambda: processes(b"impact.commands.working", web.pid))
    children = soon(lambda: processes(b"impact.jobs.child", web.pid))

    web.send_signal(number)

    web.wait(10)
    soon(lambda: gone([*workers, *children]), 5)


def test_told_to_end_the_web_writes_no_more_than_events(begin):
    web = begin("serve", "--no-worker", "--port", "0", stderr=subprocess.PIPE)
    address_of(web)

    web.terminate()

    _, told = web.communicate(timeout=SECONDS)
    assert [line for line in told.splitlines() if not line.startswith(("{", "Nobody can sign in"))] == []


def test_the_web_alone_does_no_jobs_and_a_worker_alone_does(begin, own_url):
    web = begin("serve", "--no-worker", "--port", "0")
    address_of(web)
    queue, job_id = put(own_url)
    sleep(1)
    assert (processes(b"impact.commands.working", web.pid), queue.get(job_id).status) == ([], "queued")

    worker = begin("worker")
    soon(lambda: queue.get(job_id).ended)
    worker.terminate()

    assert worker.wait(10) == 0
