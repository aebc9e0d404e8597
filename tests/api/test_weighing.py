"""What a lock would cost is asked over HTTP; nothing of the scenario changes by asking."""

import pytest
from api.refusals import refusal
from api.shelves import application, coordinating
from services import do_jobs, user_of
from store.decisions.offices import scenario, solved
from web.judging.worlds import first_placement

from impact.access import Role

LOCK = {"id": "late", "product": "P08-1", "placement": first_placement(), "at_most": 0.0, "kind": "lock"}


@pytest.fixture
def app():
    return application()


@pytest.fixture
def made(app):
    """A scenario of the valley that has its plan."""
    kept, who = app.extensions["database"], user_of(app, Role.COORDINATOR).acting()
    made = scenario(kept, who)
    solved(kept, who, made)
    return made


@pytest.fixture
def client(app):
    return coordinating(app)


def price(app, client, made, **lock):
    asked = client.post(f"/api/v1/scenarios/{made.scenario_id}/locks/price", json={"rule": LOCK | lock})
    assert asked.status_code == 202
    do_jobs(app)
    return client.get(asked.headers["Location"]).get_json()


def test_a_lock_is_priced_and_who_pays_is_said(app, client, made):
    job = price(app, client, made)
    found = client.get(job["result"]).get_json()

    assert found["lock"]["product"] == "P08-1"
    assert found["worth"] - found["worth_with"] == pytest.approx(found["lost"])
    assert 0 <= found["lost"] <= found["at_most"] + 1e-6
    producers = [line for line in found["payers"] if line["attribute"] == "producer"]
    assert sum(line["worth_change"] for line in producers) == pytest.approx(-found["lost"], abs=1e-3)
    assert client.get(f"/api/v1/scenarios/{made.scenario_id}").get_json()["locks"] == []


def test_a_lock_that_nothing_can_hold_with_comes_to_nothing(app, client, made):
    job = price(app, client, made, at_least=1e14, at_most=1e14)

    assert (job["status"], job["files"][0]["name"]) == ("infeasible", "conflict.json")


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({}, [("field_missing", f"#/rule/{name}") for name in ("id", "product", "placement")]),
        (LOCK | {"kind": "group_floor"}, [("field_not_one_of", "#/rule/kind")]),
        (LOCK | {"at_least": 5.0, "at_most": 1.0}, [("field_not_valid", "#/rule")]),
        (LOCK | {"at_least": "5"}, [("field_wrong_type", "#/rule/at_least")]),
    ],
)
def test_what_is_no_lock_is_refused(client, made, rule, told):
    address = f"/api/v1/scenarios/{made.scenario_id}/locks/price"

    assert refusal(client.post(address, json={"rule": rule})) == (422, "bad-input", told)


def test_a_scenario_or_a_price_that_is_not_there_is_not_found(client):
    assert client.post("/api/v1/scenarios/none/locks/price", json={"rule": LOCK}).status_code == 404
    assert client.get("/api/v1/lock-prices/none").status_code == 404


def test_a_rule_is_moved_step_by_step_and_nothing_is_changed(app, client, made):
    rule = made.asked.programme.rules[0]["id"]
    address = f"/api/v1/scenarios/{made.scenario_id}/frontier"
    asked = client.post(address, query_string={"rule": rule, "points": 3})
    do_jobs(app)

    job = client.get(asked.headers["Location"]).get_json()
    found = client.get(job["result"]).get_json()
    assert (asked.status_code, found["frontier"]["rule"]) == (202, rule)
    worth = [point["worth"] for point in found["points"]]
    assert worth == sorted(worth, reverse=True)
    assert client.get(f"/api/v1/scenarios/{made.scenario_id}").get_json()["version"] == made.version


@pytest.mark.parametrize(
    ("query", "told"),
    [({}, ("field_missing", "rule")), ({"rule": "x", "points": 1}, ("field_too_small", "points"))],
)
def test_a_sweep_that_cannot_be_is_refused(client, made, query, told):
    address = f"/api/v1/scenarios/{made.scenario_id}/frontier"

    assert refusal(client.post(address, query_string=query)) == (422, "bad-input", [told])
    assert client.post("/api/v1/scenarios/none/frontier?rule=x").status_code == 404
    assert client.get("/api/v1/frontiers/none").status_code == 404
