"""The command that does the jobs of a database; the web begins this module by itself, without the others."""

import signal
import sys
from threading import Event, Thread

import click

from impact.config import Settings
from impact.jobs.lookout import Lookout
from impact.jobs.posting.postman import Postman
from impact.jobs.workshop import PLACES, Workshop
from impact.logs import log_to_stderr
from impact.store.database import open_database


@click.command("worker")
@click.option(
    "--places", type=click.IntRange(1, 64), default=PLACES, show_default=True, help="How many jobs at a time."
)
@click.option("--tied", is_flag=True, hidden=True, help="End where standard input ends.")
def worker(places: int, *, tied: bool) -> None:
    """Do what waits in the queue, and tell hooks what happened, until told to end.

    What is under way then goes back to the queue.
    """
    log_to_stderr()
    ending = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    if tied:
        Thread(target=_wait_for_end, args=(ending,), daemon=True).start()
    settings = Settings.read()
    database = open_database(settings.database_url)
    postman = Postman(database, private=settings.webhooks_inside)
    for work in (postman.work, Lookout(database).work):
        Thread(target=work, args=(ending.wait,), daemon=True).start()
    Workshop(database, places, thinks_ahead=settings.thinks_ahead).work(ending.is_set)


def _wait_for_end(ending: Event) -> None:
    """Hear that who started this process is gone: it holds the other end of standard input."""
    sys.stdin.buffer.read()
    ending.set()


if __name__ == "__main__":
    worker()
