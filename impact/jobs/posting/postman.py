"""The postman: takes what is due from the outbox, posts it, and says what came of it."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import time

from sqlalchemy.exc import OperationalError
from structlog import get_logger

from impact.jobs.posting.reaching import Unreachable, post, target_of
from impact.jobs.posting.signing import signed
from impact.store.database import Database
from impact.store.webhooks.postings import Letter, PostOffice

AT_ONCE = 8
GONE = 410
log = get_logger(__name__)


class Postman:
    """Posts what is due in one database; `private` lets addresses inside our network be reached."""

    def __init__(self, database: Database, *, private: bool) -> None:
        self._office = PostOffice(database)
        self._private = private

    def work(self, wait: Callable[[float], bool], pause_seconds: float = 1.0) -> None:
        """Post what is due, again and again; `wait` waits so many seconds, and tells when it is over."""
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="postman") as pool:
            while not wait(pause_seconds):
                try:
                    list(pool.map(self._post, self._office.take(AT_ONCE)))
                except OperationalError as error:
                    log.warning("database_gone", reason=str(error.orig))

    def round(self) -> int:
        """Post once what is due; return how many letters that were."""
        letters = self._office.take(AT_ONCE)
        for letter in letters:
            self._post(letter)
        return len(letters)

    def _post(self, letter: Letter) -> None:
        told = {"type": letter.kind, "timestamp": letter.at, "data": dict(letter.data)}
        body = json.dumps(told, ensure_ascii=False).encode()
        headers = signed(letter.secret, letter.news_id, int(time()), body)
        try:
            target = target_of(letter.address, private=self._private)
            status = post(
                target, body, {"Content-Type": "application/json", "User-Agent": "impact", **headers}
            )
        except Unreachable as error:
            self._office.settle(letter, arrived=False, answer=str(error))
        else:
            arrived = 200 <= status < 300
            self._office.settle(letter, arrived=arrived, answer=str(status), gone=status == GONE)
        log.info("news_posted", news_id=letter.news_id, hook_id=letter.hook_id, attempt=letter.attempt)
