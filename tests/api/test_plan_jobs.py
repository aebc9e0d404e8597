"""A plan is verified over HTTP, and taken away whole; what is taken away verifies too."""

import pytest
from api.shelves import coordinating
from click.testing import CliRunner
from services import bearing, database, do_jobs, service, token_of
from shelves import valley

from impact.access import Role
from impact.cli import commands
from impact.store.solved.plans import PlanShelf

PLAN = "/api/v1/plans/valley-1"


@pytest.fixture
def app():
    kept = database()
    PlanShelf(kept).keep(valley())
    return service(kept=kept)


@pytest.fixture
def client(app):
    return coordinating(app)


def test_a_plan_is_verified_by_a_job_that_leads_to_its_verdict(app, client):
    asked = client.post(f"{PLAN}/verify")
    do_jobs(app)
    job = client.get(asked.headers["Location"]).get_json()

    assert (asked.status_code, job["status"]) == (202, "succeeded")
    assert client.get(job["result"]).get_json() == {"holds": True, "against": []}


def test_a_plan_is_taken_away_as_a_file_that_verifies(app, client, tmp_path):
    asked = client.post(f"{PLAN}/bundle")
    do_jobs(app)
    (file,) = client.get(asked.headers["Location"]).get_json()["files"]
    (tmp_path / file["name"]).write_bytes(client.get(file["href"]).data)

    ended = CliRunner().invoke(commands, ["verify", str(tmp_path / file["name"])])

    assert (file["name"], ended.exit_code) == ("valley-1-run.zip", 0)


@pytest.mark.parametrize("what", ["verify", "bundle"])
def test_what_is_not_there_is_asked_for_in_vain_and_partners_do_not_ask(app, client, what):
    theirs = bearing(app, token_of(app, Role.PARTNER, partner="anji"))

    assert client.post(f"/api/v1/plans/valley-2/{what}").status_code == 404
    assert client.get("/api/v1/jobs").get_json()["items"] == []
    assert theirs.post(f"{PLAN}/{what}").status_code == 403


def test_a_verdict_is_of_a_job_that_verified(client):
    job = client.post(f"{PLAN}/bundle").get_json()["job_id"]

    assert client.get(f"/api/v1/verdicts/{job}").status_code == 404
