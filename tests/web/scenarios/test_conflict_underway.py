"""A conflict is told while its ways out are still being tried; each can be taken as soon as it is there."""

import pytest
from services import send

from impact.bundles.plan_document import document_of_conflict
from impact.i18n import words
from impact.jobs.kinds.run_scenario import CONFLICT
from impact.matching.plan import Conflict, Relaxation
from impact.matching.solve import Limits
from impact.store.queue.job_files import keep_files
from impact.store.queue.jobs import JobStatus
from impact.store.queue.leases import Ending, Lease, Progress, claim, end, tell

CAP = {"id": "cap", "kind": "group_cap", "group": {"tier": ["1", "2"]}, "share": 0.05}
FLOOR = {"id": "floor", "kind": "group_floor", "group": {"tier": ["1", "2"]}, "share": 0.1}
EASED = Relaxation("floor", "floor", 0.1, 0.05, verified=True)


class Underway:
    """A job that has just proved a conflict."""

    def __init__(self, app, client, scenario):
        self._engine = app.extensions["database"]
        page = f"/en/scenarios/{scenario.scenario_id}"
        self.followed = send(client, page, do="run").location
        with self._engine.begin() as connection:
            job = claim(connection, "worker", ["run_scenario"])
            self.job_id, self._lease = job.job_id, Lease(job.job_id, job.attempt)
            tell(connection, self._lease, Progress("diagnose", 0.9))
        self.page = f"/en/conflicts/{self.job_id}"

    def shows(self, *relaxations, is_minimal=False):
        conflict = Conflict(("floor", "cap"), relaxations, 1.0, (), is_minimal)
        found = document_of_conflict(conflict, Limits(), "")
        with self._engine.begin() as connection:
            keep_files(connection, self.job_id, {CONFLICT: found.model_dump_json().encode()})

    def ends(self, status):
        with self._engine.begin() as connection:
            end(connection, self._lease, Ending(status))


@pytest.fixture
def underway(hills, coordinator, asking):
    return Underway(hills, coordinator, asking(FLOOR, CAP))


def said(code):
    return words(f"conflict.{code}", "en")


def test_who_follows_a_job_is_sent_to_the_conflict_once_that_is_proved(coordinator, underway):
    assert coordinator.get(underway.followed).status_code == 200

    underway.shows()

    assert coordinator.get(underway.followed).location.endswith(underway.page)
    by_script = coordinator.get(underway.followed, headers={"HX-Request": "true"})
    assert by_script.headers["HX-Redirect"].endswith(underway.page)


def test_a_job_that_is_looked_at_links_what_is_known_so_far(coordinator, underway):
    job = f"/en/jobs/{underway.job_id}"
    assert words("job.so_far", "en") not in coordinator.get(job).text

    underway.shows()

    assert underway.page in coordinator.get(job).text


def test_before_it_is_known_which_rules_it_takes_none_is_offered_to_be_left_out(coordinator, underway):
    underway.shows()

    page = coordinator.get(underway.page).text

    assert said("seeking") in page
    assert said("without") not in page
    assert 'hx-trigger="every 1s"' in page
    assert '<meta http-equiv="refresh" content="2">' in page


def test_a_way_out_is_a_button_as_soon_as_it_is_there(coordinator, underway):
    underway.shows(EASED)

    page = coordinator.get(underway.page).text

    assert said("narrowing") in page
    assert said("rules_so_far") in page
    assert said("take") in page
    assert said("without") not in page
    assert send(coordinator, underway.page, way="least_change").status_code == 303


def test_once_it_is_known_which_rules_it_takes_each_can_be_left_out(coordinator, underway):
    underway.shows(EASED, is_minimal=True)

    page = coordinator.get(underway.page).text

    assert said("trying") in page
    assert said("take") in page
    assert said("without") in page


def test_a_job_that_ends_before_is_followed_no_more_and_what_it_proved_stays(coordinator, underway):
    underway.shows()
    underway.ends(JobStatus.CANCELLED)

    page = coordinator.get(underway.page).text

    assert said("cut_short") in page
    assert said("rules_untried") in page
    assert said("rules_so_far") not in page
    assert "hx-trigger" not in page
    assert coordinator.get(underway.followed).status_code == 200
