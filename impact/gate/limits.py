"""How often one may ask: so many times a minute for whoever is known, else for an address."""

from collections import Counter
from collections.abc import Callable, Iterator
from math import ceil
from threading import Lock
from time import time

from flask import Flask, Response, abort, g, request
from werkzeug.exceptions import TooManyRequests

from impact.gate.visitors import visiting

TRIES_A_MINUTE = 30
"""So often an address may try what lets somebody in, whoever it says it is."""
GUESSED = frozenset({"web.sign_in", "web.enter", "web.password"})
MINUTE_SECONDS = 60


class Tally:
    """Counts by name within the present minute, and forgets them with it."""

    def __init__(self, clock: Callable[[], float] = time) -> None:
        self._clock, self._lock = clock, Lock()
        self._minute, self._counts = 0, Counter[str]()

    def count(self, name: str) -> int:
        """Count once more; return how often that was in this minute."""
        minute = self._now()
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, Counter()
            self._counts[name] += 1
            return self._counts[name]

    def ends(self) -> int:
        """Return when the present minute ends, in seconds since 1970."""
        return (self._now() + 1) * MINUTE_SECONDS

    def left_seconds(self) -> int:
        """Return in how many seconds it ends, at least one."""
        return max(ceil(self.ends() - self._clock()), 1)

    def _now(self) -> int:
        return int(self._clock() // MINUTE_SECONDS)


def limit(app: Flask, requests_a_minute: int) -> None:
    """Answer 429 to who asks too often. Each process counts for itself."""
    tally = Tally()

    @app.before_request
    def _count() -> None:
        if request.endpoint in (None, "static"):
            return
        left = {most: most - tally.count(f"{most} {_asker()}") for most in _limits(requests_a_minute)}
        g.limit, g.left = min(left.items(), key=lambda each: each[1])
        if g.left < 0:
            abort(TooManyRequests.code)

    @app.after_request
    def _tell(response: Response) -> Response:
        if "limit" in g:
            response.headers["X-RateLimit-Limit"] = str(g.limit)
            response.headers["X-RateLimit-Remaining"] = str(max(g.left, 0))
            response.headers["X-RateLimit-Reset"] = str(tally.ends())
            if response.status_code == TooManyRequests.code:
                response.headers["Retry-After"] = str(tally.left_seconds())
        return response


def _limits(requests_a_minute: int) -> Iterator[int]:
    yield requests_a_minute
    if request.endpoint in GUESSED and request.method == "POST":
        yield min(TRIES_A_MINUTE, requests_a_minute)


def _asker() -> str:
    who = visiting()
    if who is None:
        return f"address {request.remote_addr}"
    return f"token {who.token}" if who.token else f"user {who.actor_id}"
