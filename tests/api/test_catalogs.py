"""Partners' files over HTTP: checked, taken over, undone, and a template to begin with."""

import io
import json

import pytest
from api.refusals import refusal
from api.shelves import application, coordinating, reader
from api.working import ended, worker
from jobs.test_import_file import BAD, GOOD

FILES = "/api/v1/catalogs?partner=anji"


@pytest.fixture(scope="module")
def client():
    app = application()
    with worker(app):
        yield coordinating(app)


def upload(client, text, do="check", **how):
    answer = client.post(f"{FILES}&do={do}", data=text.encode(), content_type="text/csv", **how)
    assert (answer.status_code, answer.headers["Location"]) == (
        202,
        f"/api/v1/jobs/{answer.get_json()['job_id']}",
    )
    return ended(client, answer.get_json()["job_id"])


def file(client, job, name):
    (href,) = [each["href"] for each in job["files"] if each["name"] == name]
    return client.get(href).data


@pytest.mark.slow
def test_a_file_is_checked_taken_over_and_undone(client):
    checked = upload(client, GOOD)
    assert (checked["status"], checked["import_id"]) == ("succeeded", None)
    assert json.loads(file(client, checked, "check.json"))

    done = upload(client, GOOD, "commit")
    (listed,) = client.get(FILES).get_json()["items"]
    assert (listed["import_id"], listed["counts"]["new"], listed["undone_at"]) == (done["import_id"], 1, None)
    assert done["counts"] == listed["counts"]

    undone = client.post(f"/api/v1/catalogs/{done['import_id']}/undo?reason=sent twice").get_json()
    assert (undone["undone_at"] is not None, undone["undone_because"]) == (True, "sent twice")
    assert client.post(f"/api/v1/catalogs/{done['import_id']}/undo").status_code == 422


@pytest.mark.slow
def test_rows_to_mend_come_back_as_a_file(client):
    whole = upload(client, BAD, "commit")
    partly = upload(client, BAD, "commit_good_rows")

    assert (whole["status"], whole["issues"][0]["code"]) == ("failed", "rows_to_mend")
    assert partly["status"] == "succeeded"
    assert file(client, partly, "rejected.csv")


@pytest.mark.slow
def test_a_form_names_its_file(client):
    sent = {"file": (io.BytesIO(GOOD.encode()), "安吉.csv")}
    job_id = client.post(f"{FILES}&do=commit", data=sent).get_json()["job_id"]
    ended(client, job_id)

    assert client.get(FILES).get_json()["items"][0]["file"] in ("安吉.csv", "upload")


def test_what_cannot_be_asked_is_refused():
    client = reader()
    asked = {"do=burn": "field_not_one_of", "delimiter=ab": "field_not_valid", "nonsense=1": "field_unknown"}

    for query, code in asked.items():
        answer = client.post(f"{FILES}&{query}", data=b"a", content_type="text/csv")
        assert refusal(answer) == (422, "bad-input", [(code, query.partition("=")[0])])
    nobody = client.post("/api/v1/catalogs", data=b"a", content_type="text/csv")
    assert refusal(nobody) == (422, "bad-input", [("job_partner_missing", "")])
    assert client.post(FILES, data=b"a", content_type="image/png").status_code == 415
    assert client.post("/api/v1/catalogs/none/undo").status_code == 404


@pytest.mark.parametrize(("lang", "word"), [("zh", "品"), ("en", "product")])
def test_a_template_speaks_the_language_asked_for(lang, word):
    template = reader().get("/api/v1/catalogs/template", headers={"Accept-Language": lang})

    assert template.mimetype == "text/csv"
    assert word in template.text.lower()
