"""Where a scenario begins: a programme as it is now, with what partners list today, for a month."""

from datetime import date

from flask import Blueprint, abort, request

from impact.catalog.listed.norms import read_norms
from impact.config import DATA
from impact.gate import actor
from impact.jobs.queue import Queue
from impact.store.database import Database
from impact.store.decisions import enrolling
from impact.web.people.forms import Page
from impact.web.plans import LANG
from impact.web.programmes.goals import programme_or_404
from impact.web.scenarios.kept import saved


def register(pages: Blueprint, database: Database, queue: Queue) -> None:
    """Add beginning a scenario to `pages`."""
    ground = enrolling.ground_of(database, read_norms(DATA), {})

    @pages.post(f"{LANG}/programmes/<programme_id>/scenarios", endpoint="scenario_begun")
    def _scenario_begun(programme_id: str) -> Page:
        programme_or_404(database, programme_id)
        made, _ = enrolling.begin(database, programme_id, _first_day(), actor(), ground)
        return saved(queue, made)


def _first_day() -> date:
    """Return the first day of the month that the form says."""
    try:
        return date.fromisoformat(f"{request.form.get('period', '')}-01")
    except ValueError:
        abort(400)
