"""Children with nothing to do are told to think of the next task, as long as nobody does one."""

import pytest

from impact.jobs.workshop import Workshop


class Child:
    """A child that keeps what it is told."""

    def __init__(self):
        self.told = []

    def say(self, what, content):
        self.told.append((what, content["is_next"]))


def thought_in(engine, *, running, **how):
    """What two children with nothing to do are told, the next job going to the second."""
    workshop, children = Workshop(engine, **how), [Child(), Child()]
    workshop._idle = children
    workshop._running = dict.fromkeys(running)
    workshop._think()
    return [child.told for child in children]


@pytest.mark.parametrize(
    ("how", "running", "told"),
    [
        ({}, (), [[("think", False)], [("think", True)]]),
        ({"thinks_ahead": False}, (), [[("think", False)], [("think", False)]]),
        ({}, ("a job",), [[], []]),
    ],
    ids=["nothing is done", "by setting", "a job is done"],
)
def test_who_gets_the_next_job_looks_further_ahead(engine, how, running, told):
    assert thought_in(engine, running=running, **how) == told
