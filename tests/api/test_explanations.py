"""A plan is explained over HTTP: at once from its own figures, by a job where solving again has to tell."""

import pytest
from api.refusals import refusal
from api.shelves import coordinating
from services import do_jobs
from web.judging.worlds import PLAN, first_placement, judged

ADDRESS = f"/api/v1/plans/{PLAN}/explain"
SOME = {"product": "P08-1", "placement": first_placement()}


@pytest.fixture(scope="module")
def app():
    return judged()


@pytest.fixture
def client(app):
    return coordinating(app)


def told(client, **about):
    return client.get(ADDRESS, query_string=about).get_json()


def test_what_is_told_of_a_producer_adds_up_link_by_link(client):
    found = told(client, producer="P08")

    assert (found["kind"], found["id"], found["members"]) == ("producer", "P08", [])
    assert sum(link["exposure"] for link in found["links"]) == pytest.approx(found["exposure"])
    for link in found["links"]:
        assert sum(link["parts"].values()) == pytest.approx(link["score"])
        assert sum(link["charges"].values()) == pytest.approx(link["charge"], abs=1e-6)


def test_a_link_is_one_of_those_of_its_product(client):
    (link,) = told(client, **SOME)["links"]

    assert link in told(client, product="P08-1")["links"]


@pytest.mark.parametrize("about", [{"region": "530923"}, {"segment": SOME["placement"].rpartition("-")[0]}])
def test_a_region_and_a_segment_are_the_sum_of_their_members(client, about):
    found = told(client, **about)

    assert [found["kind"]] == list(about)
    assert sum(member["exposure"] for member in found["members"]) == pytest.approx(found["exposure"])
    assert found["verdict"] is None


def test_what_would_change_it_comes_of_a_job(app, client):
    asked = client.post(ADDRESS, query_string={"product": "P08-1"})
    job = asked.headers["Location"]
    assert client.get(f"/api/v1/explanations/{asked.get_json()['job_id']}").status_code == 409
    do_jobs(app)

    found = client.get(client.get(job).get_json()["result"]).get_json()

    assert found["subject"] == {"kind": "product", "id": "P08-1", "placement": None}
    assert found["removal"]["lost"] >= found["removal"]["at_least"] - 1e-6
    assert len(found["input_sha256"]) == 64
    assert all(
        change["exposure"] >= found["changes"]["wanted"] - 1e-3 for change in found["changes"]["found"]
    )


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({}, (422, "bad-input", [("explained_whom", "")])),
        ({"placement": "x"}, (422, "bad-input", [("explained_whom", "")])),
        ({"producer": "P08", "region": "530923"}, (422, "bad-input", [("explained_whom", "")])),
        ({"nobody": "x"}, (422, "bad-input", [("field_unknown", "nobody")])),
        ({"producer": "none"}, (404, "unknown", [("id_not_there", "producer_id")])),
        ({"segment": "none"}, (404, "unknown", [("id_not_there", "segment")])),
    ],
)
def test_what_is_nobody_is_refused(client, about, told):
    assert refusal(client.get(ADDRESS, query_string=about)) == told


@pytest.mark.parametrize(
    ("about", "status"), [({}, 422), ({"producer": "none"}, 404), ({"region": "530923"}, 422)]
)
def test_nobody_is_not_solved_again_for(client, about, status):
    assert client.post(ADDRESS, query_string=about).status_code == status
    assert client.get("/api/v1/plans/none/explain?producer=P08").status_code == 404
    assert client.get("/api/v1/explanations/none").status_code == 404
