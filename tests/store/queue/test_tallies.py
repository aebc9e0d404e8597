"""What jobs came to is added up by kind when they end."""

from impact.access import SYSTEM
from impact.store.queue import jobs, leases
from impact.store.queue.jobs import JobStatus, Wanted
from impact.store.queue.leases import Ending, Lease
from impact.store.queue.tallies import tallies


def ended(engine, kind, ending):
    """Ask for a job, do it, and end it so."""
    with engine.begin() as connection:
        jobs.put(connection, Wanted(kind), SYSTEM)
        job = leases.claim(connection, "near", (kind,))
        leases.end(connection, Lease(job.job_id, job.attempt), ending)


def test_what_jobs_came_to_is_added_up_by_kind(engine):
    solved = Ending(JobStatus.SUCCEEDED, {"counts": {"new": 2}}, gap=0.5, seconds={"read": 1.5, "solve": 2})

    for kind, ending in (
        ("solve", solved),
        ("import", Ending(JobStatus.FAILED, seconds={"read": 4})),
        ("solve", solved),
        ("solve", Ending(JobStatus.CANCELLED, {"counts": "none"}, gap=0.0)),
    ):
        ended(engine, kind, ending)

    with engine.connect() as connection:
        assert tallies(connection) == {
            ("import", "seconds.read"): (1, 4),
            ("solve", "gap"): (3, 1),
            ("solve", "rows.new"): (2, 4),
            ("solve", "seconds.read"): (2, 3),
            ("solve", "seconds.solve"): (2, 4),
        }
