"""Clients ask for all there is to ask, each waiting for its answer, and note how long that took."""

from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import perf_counter, sleep

import pytest

from bench.clients import request, seconds_taken

ASKED = Counter()


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        ASKED[self.path, self.headers["Authorization"]] += 1
        sleep(0.02 if self.path == "/slow" else 0)
        self.send_response(404 if self.path == "/nothing" else 200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b"x" * 100_000)

    def log_message(self, *_):
        pass


@pytest.fixture
def port():
    ASKED.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever).start()
        yield server.server_port
        server.shutdown()


def asked(address):
    return request(address, {"Authorization": "Bearer t"})


def test_all_is_asked_once_and_its_answer_timed(port):
    taken = seconds_taken(port, [asked(f"/{number}") for number in range(40)], 4)

    assert len(taken) == 40
    assert min(taken) > 0
    expected = {(f"/{number}", "Bearer t"): 1 for number in range(40)}
    assert dict(ASKED) == expected


def test_a_slow_answer_takes_so_long(port):
    assert all(seconds >= 0.02 for seconds in seconds_taken(port, [asked("/slow")] * 6, 3))


def test_who_pauses_asks_no_earlier(port):
    began = perf_counter()

    seconds_taken(port, [asked("/")] * 8, 2, 0.05)

    assert perf_counter() - began >= 3 * 0.05


def test_a_refusal_is_no_measurement(port):
    with pytest.raises(ValueError, match=r"Expected 200, got b'HTTP/1\.1 404"):
        seconds_taken(port, [asked("/nothing")], 1)
