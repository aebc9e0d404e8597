"""What the specification says of letters is what is posted."""

from dataclasses import fields

import pytest
from api.shelves import application, coordinating
from services import token_of
from store.decisions.offices import scenario, solved

from impact.access import SYSTEM, Role
from impact.api.contract.specification import SIGNED
from impact.api.resources.letters import LETTERS, WarnedMilestone
from impact.bundles.whole.documents import EXAMPLE
from impact.jobs.posting.signing import signed
from impact.store.happened.warnings import AtRisk
from impact.store.webhooks.hooks import News
from impact.store.webhooks.postings import PostOffice

PLAN = "/api/v1/plans/valley-1-2026-10"


@pytest.fixture(scope="module")
def client():
    app = application()
    solved(app.extensions["database"], SYSTEM, scenario(app.extensions["database"], SYSTEM))
    return coordinating(app)


def test_each_kind_of_news_has_its_letter():
    assert set(LETTERS) == set(News)
    assert set(WarnedMilestone.model_fields) == {field.name for field in fields(AtRisk)}


def test_what_happens_is_told_as_specified(client):
    kinds = [str(kind) for kind in News]
    client.post("/api/v1/webhooks", json={"address": "https://example.org/in", "kinds": kinds})
    job = client.post("/api/v1/solve", json=EXAMPLE).get_json()
    client.post(f"/api/v1/jobs/{job['job_id']}/cancel")
    for step in ("propose", "approve", "publish", "withdraw"):
        role = Role.COORDINATOR if step == "propose" else Role.APPROVER
        acting = {"Authorization": f"Bearer {token_of(client.application, role)}", "If-Match": "*"}
        client.post(f"{PLAN}/{step}", json={"reason": "As told."}, headers=acting)

    letters = PostOffice(client.application.extensions["database"]).take(10)
    assert {letter.kind for letter in letters} == {"job.ended", "plan.published", "plan.withdrawn"}
    for letter in letters:
        told = {"type": letter.kind, "timestamp": letter.at, "data": dict(letter.data)}
        LETTERS[letter.kind].model_validate(told)


def test_letters_are_in_the_document_with_what_they_are_signed_by(client):
    document = client.get("/api/v1/openapi.json").get_json()

    assert set(document["webhooks"]) == set(LETTERS)
    for letter in document["webhooks"].values():
        assert [each["name"] for each in letter["post"]["parameters"]] == list(SIGNED)
        (content,) = letter["post"]["requestBody"]["content"].values()
        assert content["schema"]["$ref"].rpartition("/")[2] in document["components"]["schemas"]
    assert list(signed("whsec_AAAA", "n1", 0, b"")) == list(SIGNED)


def test_the_names_of_schemas_stay(client):
    names = client.get("/api/v1/openapi.json").get_json()["components"]["schemas"]

    assert {"Step", "Stage", "JobView", "PlanView"} - set(names) == set()
    assert [name for name in names if "__" in name] == [
        "impact__bundles__diagnosis_document__Verdict",
        "impact__bundles__explanations__explanation__PayerLine",
        "impact__bundles__whole__documents__PayerLine",
        "impact__matching__explain__standing__Verdict",
    ]
