"""Scenarios as pages find them, and where who saved one goes while its sums are looked at."""

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from impact.gate import actor
from impact.jobs.queue import Queue
from impact.store.database import Database
from impact.store.decisions import scenarios
from impact.store.decisions.scenario import Scenario
from impact.store.queue.jobs import Job, Sought

LOOK = "foresee_scenario"


def scenario_or_404(database: Database, scenario_id: str) -> Scenario:
    """Find a scenario, or answer that there is none."""
    return scenarios.get(database, scenario_id) or abort(404)


def saved(queue: Queue, scenario: Scenario, anchor: str | None = None) -> Response:
    """Send people to the page of a scenario that was saved, and have its sums looked at, once."""
    if last_look(queue, scenario) is None:
        queue.put(LOOK, {}, actor(), scenario=scenario.scenario_id)
    return redirect(url_for("web.scenario", scenario_id=scenario.scenario_id, _anchor=anchor), 303)


def last_look(queue: Queue, scenario: Scenario) -> Job | None:
    """Return the newest job that looked at the sums of a scenario, None where none did."""
    found = queue.list(Sought(kind=LOOK, scenario=scenario.scenario_id), limit=1)
    return found[0] if found else None
