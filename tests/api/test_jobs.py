"""Jobs as they stand, where nobody does them."""

import pytest
from api.shelves import reader

from impact.bundles.whole.documents import EXAMPLE


@pytest.fixture(scope="module")
def client():
    return reader()


def asked(client, kind="solve"):
    return client.post(f"/api/v1/{kind}", json=EXAMPLE).get_json()["job_id"]


def test_a_job_that_waits_says_so_and_when_to_look_again(client):
    answer = client.get(f"/api/v1/jobs/{asked(client)}")

    job = answer.get_json()
    assert (job["status"], job["result"], job["files"], job["progress"]) == ("queued", None, [], 0.0)
    assert answer.headers["Retry-After"] == "1"


def test_what_has_not_ended_has_no_result_yet(client):
    answer = client.get(f"/api/v1/solve/{asked(client)}")

    assert (answer.status_code, answer.headers["Retry-After"]) == (409, "1")


def test_who_waits_in_vain_is_told_where_to_look(client):
    answer = client.post("/api/v1/solve", json=EXAMPLE, headers={"Prefer": "wait=1"})

    assert (answer.status_code, answer.get_json()["status"]) == (202, "queued")


def test_a_job_that_waits_is_cancelled_at_once_and_stays_so(client):
    job_id = asked(client)

    cancelled = [client.post(f"/api/v1/jobs/{job_id}/cancel").get_json() for _ in range(2)]

    assert [job["status"] for job in cancelled] == ["cancelled", "cancelled"]
    assert client.get(f"/api/v1/solve/{job_id}").status_code == 409


def test_jobs_are_listed_newest_first_a_page_at_a_time(client):
    mine = [asked(client, "diagnose") for _ in range(3)]

    first = client.get("/api/v1/jobs?kind=diagnose_bundle&limit=2").get_json()
    rest = client.get(f"/api/v1/jobs?kind=diagnose_bundle&limit=2&cursor={first['next']}").get_json()

    assert [job["job_id"] for job in (*first["items"], *rest["items"])] == mine[::-1]
    assert rest["next"] is None
    assert client.get("/api/v1/jobs?status=running").get_json()["items"] == []


@pytest.mark.parametrize(("address", "status"), [("jobs/none", 404), ("jobs?status=lost", 422)])
def test_what_is_no_job_is_not_there(client, address, status):
    assert client.get(f"/api/v1/{address}").status_code == status
