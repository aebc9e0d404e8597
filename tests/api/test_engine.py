"""The engine over HTTP: a bundle in, and what came of it out, at once where that is wanted."""

import json

import pytest
from api.refusals import refusal
from api.shelves import application, coordinating
from api.working import answered, ended, worker

from impact.bundles.whole.documents import EXAMPLE, BundleDocument
from impact.bundles.whole.packing import pack_bundle

pytestmark = pytest.mark.slow
WAITING = {"Prefer": "wait=30"}
CONFLICT = {
    "format": "impact-problem/1",
    "rules": [
        {"id": "much", "kind": "group_floor", "group": {"type": "rural"}, "at_least": 80},
        {"id": "more", "kind": "group_floor", "group": {"type": "urban"}, "at_least": 50},
    ],
}


@pytest.fixture(scope="module")
def client():
    app = application()
    with worker(app):
        yield coordinating(app)


@pytest.fixture(scope="module")
def solved(client):
    return answered(client, "solve", json=EXAMPLE).get_json()


def test_a_small_bundle_is_solved_while_the_client_waits(client):
    answers = (client.post("/api/v1/solve", json=EXAMPLE, headers=WAITING) for _ in range(5))
    answer = next(each for each in answers if each.status_code == 200)

    found = answer.get_json()
    assert (answer.status_code, answer.headers["Preference-Applied"]) == (200, "wait=30")
    assert (found["plan"]["status"], found["plan"]["objective"]) == ("optimal", pytest.approx(85))
    assert [(line["product_id"], line["exposure"]) for line in found["allocation"]] == [
        ("hill", 30),
        ("town", 70),
    ]


def test_who_does_not_wait_is_told_where_to_look(client, solved):
    answer = client.post("/api/v1/solve?seconds=20&engine=exact", json=EXAMPLE)

    job = ended(client, answer.get_json()["job_id"])
    assert (answer.status_code, answer.headers["Retry-After"]) == (202, "1")
    assert answer.headers["Location"] == f"/api/v1/jobs/{job['job_id']}"
    assert (job["status"], job["progress"], job["issues"]) == ("succeeded", 1.0, [])
    assert client.get(job["result"]).get_json()["allocation"] == solved["allocation"]
    assert client.get(job["files"][0]["href"]).data[:2] == b"PK"


def test_a_bundle_may_come_as_a_zip(client, tmp_path, solved):
    pack_bundle(BundleDocument.model_validate_json(json.dumps(EXAMPLE)), tmp_path / "bundle.zip")

    content = (tmp_path / "bundle.zip").read_bytes()
    answer = answered(client, "solve", data=content, content_type="application/zip")

    assert answer.get_json()["allocation"] == solved["allocation"]


def test_that_rules_conflict_is_an_answer(client):
    asked = {**EXAMPLE, "problem": CONFLICT}
    found = answered(client, "solve", json=asked)
    diagnosis = answered(client, "diagnose", json=asked).get_json()

    assert (found.status_code, found.get_json()["plan"]["status"]) == (200, "infeasible")
    assert set(found.get_json()["plan"]["conflict"]["rules"]) == {"much", "more"}
    assert (diagnosis["verdict"], set(diagnosis["conflict"]["rules"])) == ("conflict", {"much", "more"})


def test_rules_that_can_hold_together_are_told_to(client):
    answer = answered(client, "diagnose?seconds=10", json=EXAMPLE)

    assert answer.get_json()["verdict"] == "can_hold"


def test_a_plan_verifies_and_one_that_was_changed_does_not(client, solved):
    changed = json.loads(json.dumps(solved))
    changed["plan"]["objective"] = 86.0

    true, false = (
        answered(client, "verify", json={"bundle": EXAMPLE, "solved": each}).get_json()
        for each in (solved, changed)
    )

    assert true == {"holds": True, "against": []}
    assert (false["holds"], bool(false["against"])) == (False, True)


def test_a_rule_is_swept_with_who_pays(client):
    answer = answered(client, "frontier?rule=rural-floor&points=3", json=EXAMPLE).get_json()

    assert answer["frontier"]["rule"] == "rural-floor"
    assert [point["limit"] for point in answer["points"]] == pytest.approx([0.0, 0.5, 1.0])
    assert {payer["value"] for payer in answer["payers"]} == {"rural", "urban"}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"links": [{**EXAMPLE["links"][0], "producer_id": "lake"}]}, "#/links/0/producer_id"),
        ({"placements": [{"placement_id": "live", "supply": -5}]}, "#/placements/0/supply"),
        (
            {
                "problem": {
                    **EXAMPLE["problem"],
                    "rules": [{"id": "a", "kind": "group_floor", "group": {"tier": "1"}, "share": 0.1}],
                }
            },
            "#/problem/rules",
        ),
    ],
)
def test_what_the_engine_refuses_is_pointed_at_in_what_was_sent(client, change, pointer):
    answer = answered(client, "solve", json={**EXAMPLE, **change})

    assert answer.status_code == 422, answer.text
    assert pointer in [error["pointer"] for error in answer.get_json()["errors"]]


@pytest.mark.parametrize(
    ("asked", "code", "parameter", "why"),
    [
        ("solve?seconds=0", "field_too_small", "seconds", "no time"),
        ("solve?engine=magic", "field_not_one_of", "engine", "no such method"),
        ("solve?gap=nan", "field_too_large", "gap", "no number"),
        ("frontier", "field_missing", "rule", "which rule?"),
        ("frontier?rule=rural-floor&points=1", "field_too_small", "points", "no line through one point"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_done(client, asked, code, parameter, why):
    answer = client.post(f"/api/v1/{asked}", json=EXAMPLE)

    assert refusal(answer) == (422, "bad-input", [(code, parameter)]), why


def test_a_rule_that_is_not_there_cannot_be_swept(client):
    answer = answered(client, "frontier?rule=nobody", json=EXAMPLE)

    assert (answer.status_code, answer.get_json()["errors"][0]["code"]) == (422, "rule_not_there")


def test_asked_again_under_its_key_it_is_one_job(client):
    key = {"Idempotency-Key": "solve-1"}
    first, again = (client.post("/api/v1/solve", json=EXAMPLE, headers=key) for _ in range(2))

    assert first.get_json()["job_id"] == again.get_json()["job_id"]
    assert again.headers["Location"] == first.headers["Location"]


def test_a_file_or_a_result_that_is_not_there_is_not_found(client):
    job_id = client.post("/api/v1/diagnose", json=EXAMPLE).get_json()["job_id"]
    ended(client, job_id)

    for address in (f"solve/{job_id}", f"jobs/{job_id}/files/bundle.zip", "jobs/none", "solve/none"):
        assert client.get(f"/api/v1/{address}").status_code == 404, address
