"""A service with somebody who does its jobs."""

from contextlib import contextmanager
from threading import Event, Thread

from impact.jobs.workshop import Workshop


@contextmanager
def worker(app):
    """Do what waits in the queue of `app` until the block ends."""
    over = Event()
    working = Thread(target=Workshop(app.extensions["database"], places=1).work, args=(over.is_set,))
    working.start()
    try:
        yield
    finally:
        over.set()
        working.join(20)


def ended(client, job_id: str):
    """Wait for the end of a job."""
    pause = Event()
    for _ in range(1200):
        job = client.get(f"/api/v1/jobs/{job_id}").get_json()
        if job["ended_at"]:
            return job
        pause.wait(0.1)
    raise AssertionError(job)


def answered(client, address: str, **sent):
    """Ask the engine, and wait as long as it takes; return the answer to the question."""
    answer = client.post(f"/api/v1/{address}", **sent)
    if answer.status_code != 202:
        return answer
    job_id = answer.get_json()["job_id"]
    ended(client, job_id)
    return client.get(f"/api/v1/{address.partition('?')[0]}/{job_id}")
