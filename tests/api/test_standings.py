"""A plan's life over HTTP: each step of the version that was seen, and others told of the last ones."""

import pytest
from api.refusals import refusal
from api.shelves import application, coordinating
from services import token_of, user_of
from store.decisions.offices import scenario, solved

from impact.access import SYSTEM, Role

PLAN = "/api/v1/plans/valley-1-2026-10"


@pytest.fixture
def client():
    app = application()
    solved(app.extensions["database"], SYSTEM, scenario(app.extensions["database"], SYSTEM))
    return coordinating(app)


def as_role(client, role):
    """What a client sends to act as another role."""
    return {"Authorization": f"Bearer {token_of(client.application, role)}"}


def acting(client, step):
    return as_role(client, Role.COORDINATOR if step == "propose" else Role.APPROVER)


def take(client, step, seen="*", **body):
    headers = {"If-Match": seen, **acting(client, step)}
    return client.post(f"{PLAN}/{step}", json=body, headers=headers)


def test_a_plan_is_proposed_approved_published_and_withdrawn(client):
    states = [client.get(f"{PLAN}/standing").get_json()["state"]]
    for step in ("propose", "approve", "publish"):
        seen = client.get(f"{PLAN}/standing").headers["ETag"]
        states.append(take(client, step, seen).get_json()["state"])
    last = take(client, "withdraw", reason="The harvest failed.").get_json()

    assert states == ["solved", "proposed", "approved", "published"]
    assert last["state"] == "withdrawn"
    assert [step["step"] for step in last["steps"]] == ["solve", "propose", "approve", "publish", "withdraw"]
    assert last["steps"][-1]["reason"] == "The harvest failed."


def test_others_are_told_of_what_is_published_and_withdrawn(client):
    wanted = {"address": "https://example.org/in", "kinds": ["plan.published", "plan.withdrawn"]}
    hook_id = client.post("/api/v1/webhooks", json=wanted).get_json()["hook_id"]
    for step in ("propose", "approve", "publish"):
        take(client, step)
    take(client, "withdraw", reason="The harvest failed.")

    told = client.get(f"/api/v1/webhooks/{hook_id}/postings").get_json()["items"]
    assert [each["kind"] for each in told] == ["plan.withdrawn", "plan.published"]


@pytest.mark.parametrize(
    ("step", "seen", "body", "status", "told", "why"),
    [
        ("approve", "*", {}, 409, [("plan_stands_otherwise", "")], "nobody proposed it"),
        ("propose", '"9"', {}, 412, [("version_moved", "")], "it is another version"),
        ("propose", '"x"', {}, 412, [], "no version of ours"),
        ("propose", None, {}, 428, [], "which version?"),
        ("propose", "*", {"because": "so"}, 422, [("field_unknown", "#/because")], "a slip"),
        ("supersede", "*", {}, 404, [], "only publishing another does that"),
    ],
)
def test_a_step_that_cannot_be_taken_is_refused(client, step, seen, body, status, told, why):
    headers = acting(client, step) | ({} if seen is None else {"If-Match": seen})

    found, _, errors = refusal(client.post(f"{PLAN}/{step}", json=body, headers=headers))
    assert (found, errors) == (status, told), why
    standing = client.get(f"{PLAN}/standing")
    assert (standing.get_json()["state"], standing.headers["ETag"]) == ("solved", '"1"')


def test_withdrawing_wants_a_reason_and_unknown_plans_are_not_there(client):
    take(client, "propose")

    refused = take(client, "withdraw")
    assert (refused.status_code, refused.get_json()["errors"][0]["code"]) == (422, "reason_missing")
    assert client.get("/api/v1/plans/none/standing").status_code == 404
    assert client.post("/api/v1/plans/none/propose", json={}, headers={"If-Match": "*"}).status_code == 404


def test_the_log_says_who_did_what_newest_first(client):
    take(client, "propose")

    admin, who = as_role(client, Role.ADMIN), user_of(client.application, Role.COORDINATOR).user_id
    first = client.get("/api/v1/audit?what=plan.propose&limit=1", headers=admin).get_json()
    second = client.get("/api/v1/audit", headers=admin).get_json()
    one = client.get("/api/v1/audit?what=plan.propose", headers=admin).get_json()["items"]

    assert (first["items"][0]["what"], first["items"][0]["who"]) == ("plan.propose", who)
    hashes = [entry["hash"] for entry in second["items"]]
    assert first["items"][0]["previous"] in hashes
    assert [entry["subject"] for entry in one] == ["valley-1-2026-10"]
