"""Webhooks over HTTP: added, changed as they were seen, ended, and what they were told posted again."""

import pytest
from api.shelves import reader
from services import bearing, partner_of, service, token_of

from impact.access import Role
from impact.bundles.whole.documents import EXAMPLE
from impact.store.webhooks.postings import PostOffice

WANTED = {"address": "https://example.org/in", "kinds": ["job.ended"]}


@pytest.fixture
def client():
    return reader()


def added(client, **more):
    return client.post("/api/v1/webhooks", json=WANTED | more)


def test_a_webhook_is_added_with_a_secret_that_is_not_shown_again(client):
    answer = added(client)
    hook = client.get(answer.headers["Location"])

    assert (answer.status_code, answer.get_json()["secret"][:6]) == (201, "whsec_")
    assert "secret" not in hook.get_json()
    assert answer.headers["ETag"] == hook.headers["ETag"]
    assert client.get("/api/v1/webhooks").get_json()["items"] == [hook.get_json()]


def test_a_webhook_is_changed_and_ended_as_it_was_seen(client):
    made = added(client)
    address, seen = made.headers["Location"], {"If-Match": made.headers["ETag"]}

    changed = client.put(address, json=WANTED | {"kinds": ["plan.published"]}, headers=seen)
    again = client.put(address, json=WANTED, headers=seen)
    blind = client.delete(address)
    ended = client.delete(address, headers={"If-Match": changed.headers["ETag"]})

    assert [each.status_code for each in (changed, again, blind, ended)] == [200, 412, 428, 204]
    assert client.get(address).get_json()["ended_at"] is not None
    assert client.get(address).get_json()["kinds"] == ["plan.published"]


def test_the_end_of_a_job_is_put_into_the_outbox_and_posted_again_when_asked(client):
    hook_id = added(client).get_json()["hook_id"]
    job_id = client.post("/api/v1/solve", json=EXAMPLE).get_json()["job_id"]
    client.post(f"/api/v1/jobs/{job_id}/cancel")

    (told,) = client.get(f"/api/v1/webhooks/{hook_id}/postings").get_json()["items"]
    office = PostOffice(client.application.extensions["database"])
    (letter,) = office.take(10)
    office.settle(letter, arrived=True, answer="200")
    again = client.post(f"/api/v1/webhooks/{hook_id}/postings/{told['news_id']}/again")

    assert (told["kind"], told["status"]) == ("job.ended", "waiting")
    assert (letter.data["job_id"], letter.data["status"]) == (job_id, "cancelled")
    assert (again.status_code, again.get_json()["status"]) == (202, "waiting")


@pytest.mark.parametrize(
    ("body", "pointer", "why"),
    [
        ({"kinds": ["job.ended"]}, "#/address", "where?"),
        (WANTED | {"address": "ftp://example.org"}, "#/address", "not over the web"),
        (WANTED | {"kinds": []}, "#/kinds", "of what?"),
        (WANTED | {"kinds": ["weather"]}, "#/kinds/0", "no such news"),
    ],
)
def test_a_webhook_that_cannot_be_is_refused(client, body, pointer, why):
    answer = client.post("/api/v1/webhooks", json=body)

    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, pointer), why


def test_what_is_not_there_is_not_found(client):
    hook_id = added(client).get_json()["hook_id"]

    assert client.get("/api/v1/webhooks/none").status_code == 404
    assert client.get("/api/v1/webhooks/none/postings").status_code == 404
    assert client.post(f"/api/v1/webhooks/{hook_id}/postings/none/again").status_code == 404


def test_a_partners_program_is_told_of_that_partner_alone_whatever_it_asks_for():
    app = service()
    partner_of(app.extensions["database"], "deqing")
    client = bearing(app, token_of(app, Role.PARTNER, partner="anji"))

    made = added(client)
    changed = client.put(made.headers["Location"], json=WANTED, headers={"If-Match": made.headers["ETag"]})
    theirs, nobodys = added(client, partner="deqing"), added(client, partner="nobody")

    assert [each.get_json()["partner"] for each in (made, changed)] == ["anji", "anji"]
    assert (theirs.status_code, theirs.get_json()["errors"][0]["code"]) == (422, "partner_unknown")
    assert theirs.get_json()["errors"][0].keys() == nobodys.get_json()["errors"][0].keys()
    assert client.get("/api/v1/webhooks").get_json()["items"] == [changed.get_json()]
