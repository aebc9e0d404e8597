"""Partners over HTTP: created, changed as they were seen, retired; what they list comes back as a file."""

import csv
import io

import pytest
from api.refusals import refusal
from api.shelves import application, coordinating
from jobs.test_import_file import GOOD
from openpyxl import load_workbook
from services import bearing, do_jobs, partner_of, token_of

from impact.access import Role
from impact.api.resources.people.partners import PartnerWanted

FILES = "/api/v1/catalogs?partner=anji&do=commit"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DEQING = {"partner_id": "deqing", "name_zh": "德清县农业农村局", "name_en": "Deqing", "region": "330521"}


@pytest.fixture
def app():
    return application()


@pytest.fixture
def client(app):
    return coordinating(app)


def send(client, app, text=GOOD):
    answer = client.post(FILES, data=text.encode(), content_type="text/csv")
    do_jobs(app)
    return answer


def test_a_partner_is_created_changed_and_retired_as_it_was_seen(client):
    made = client.post("/api/v1/partners", json=DEQING)
    address, seen = made.headers["Location"], {"If-Match": made.headers["ETag"]}

    changed = client.patch(address, json={"name_en": "Deqing bureau"}, headers=seen)
    again = client.patch(address, json={"name_en": "Other"}, headers=seen)
    blind = client.delete(address)
    retired = client.delete(address, headers={"If-Match": changed.headers["ETag"]})

    assert [each.status_code for each in (made, changed, again, blind, retired)] == [201, 200, 412, 428, 204]
    assert changed.get_json() == made.get_json() | {"name_en": "Deqing bureau", "version": 2}
    assert client.get(address).get_json()["retired_at"] is not None
    assert [each["partner_id"] for each in client.get("/api/v1/partners").get_json()["items"]] == [
        "anji",
        "deqing",
    ]


def test_the_example_of_the_specification_is_as_specified():
    (example,) = PartnerWanted.model_config["json_schema_extra"]["examples"]

    assert PartnerWanted.model_validate(example).partner_id == "anji"


@pytest.mark.parametrize(
    ("changed", "status", "code", "place", "why"),
    [
        ({"partner_id": "anji"}, 409, "partner_taken", "", "there is one"),
        ({"partner_id": "a/b"}, 422, "field_not_valid", "#/partner_id", "does not fit into an address"),
        ({"name_zh": ""}, 422, "field_not_valid", "#/name_zh", "a partner has a name"),
        ({"region": "1"}, 422, "field_not_valid", "#/region", "no code"),
        ({"phone": "1"}, 422, "field_unknown", "#/phone", "whom one writes to is not kept here"),
    ],
)
def test_who_cannot_be_a_partner_is_refused(client, changed, status, code, place, why):
    answer = client.post("/api/v1/partners", json=DEQING | changed)

    kind = {409: "conflict", 422: "bad-input"}[status]
    assert refusal(answer) == (status, kind, [(code, place)]), why


def test_a_field_that_is_stated_is_not_null_but_the_region(client):
    told = {"If-Match": "*"}

    assert client.patch("/api/v1/partners/anji", json={"name_zh": None}, headers=told).status_code == 422
    assert client.patch("/api/v1/partners/anji", json={"region": None}, headers=told).status_code == 200


def test_files_are_taken_of_partners_that_are_there_and_not_retired(client, app):
    unknown = client.post(FILES.replace("anji", "nobody"), data=b"a", content_type="text/csv")
    client.delete("/api/v1/partners/anji", headers={"If-Match": "*"})
    retired = client.post(FILES, data=b"a", content_type="text/csv")

    assert (unknown.status_code, unknown.get_json()["errors"][0]["code"]) == (404, "partner_unknown")
    assert (retired.status_code, retired.get_json()["errors"][0]["code"]) == (409, "partner_retired")


def test_what_a_partner_lists_comes_as_a_file_in_both_forms_and_languages(client, app):
    send(client, app)
    address = "/api/v1/catalogs/anji/export"

    zh = client.get(address)
    en = client.get(address, headers={"Accept": XLSX, "Accept-Language": "en"})
    header, row = csv.reader(io.StringIO(zh.data.decode("utf-8-sig")))
    sheet = list(load_workbook(io.BytesIO(en.data)).active.values)

    assert dict(zip(header, row, strict=True))["商品名称"] == "安吉白茶"
    assert dict(zip(*sheet, strict=True))["Product"] == "安吉白茶"
    assert client.get(address, headers={"If-None-Match": zh.headers["ETag"]}).status_code == 304


def test_an_export_sent_again_changes_nothing(client, app):
    send(client, app)
    exported = client.get("/api/v1/catalogs/anji/export").data

    job = send(client, app, exported.decode("utf-8-sig")).get_json()["job_id"]

    assert client.get(f"/api/v1/jobs/{job}").get_json()["counts"]["unchanged"] == 1


def test_a_partner_sees_itself_and_its_own_list_and_nobody_elses(app):
    partner_of(app.extensions["database"], "deqing")
    theirs = bearing(app, token_of(app, Role.PARTNER, partner="anji"))

    seen = {
        address: theirs.get(f"/api/v1/{address}").status_code
        for address in (
            "partners/anji",
            "partners/deqing",
            "partners",
            "catalogs/anji/export",
            "catalogs/deqing/export",
        )
    }
    assert list(seen.values()) == [200, 404, 403, 200, 404]
