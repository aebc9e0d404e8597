"""The live catalog is kept over HTTP: nouns created, changed as seen, retired, and what they were."""

from dataclasses import replace

import pytest
from api.refusals import refusal
from api.shelves import coordinating
from services import bearing, database, service, token_of
from shelves import MemoryShelf, valley

from impact.access import Role
from impact.api.resources.nouns.kinds import KINDS
from impact.model import Category
from impact.store.audit import Sought, log_page
from impact.store.catalogs import save_catalog

EDITED = [kind for kind in KINDS if kind.edits]
PRODUCER = {
    "producer_id": "plum",
    "name": "宣威李子",
    "region": "513423",
    "place": {"lat": 27.42, "lng": 101.51},
    "type": "specialty",
    "programme": "mountain_goods",
    "size": "small",
    "tier": "1",
    "capacity": 1000,
}


@pytest.fixture
def app():
    kept = database()
    categories = (Category("tea", "茶叶", "Tea"),)
    save_catalog(kept, replace(valley().graph.catalog, categories=categories))
    return service(MemoryShelf((valley(),)), kept)


@pytest.fixture
def client(app):
    return coordinating(app)


def example_of(wanted):
    (example,) = wanted.model_config["json_schema_extra"]["examples"]
    return example


def test_the_examples_of_the_specification_are_taken_one_after_the_other(client):
    for kind in EDITED:
        made = client.post(f"/api/v1/{kind.nouns}", json=example_of(kind.edits.wanted))
        known = client.get(made.headers["Location"])

        assert (made.status_code, made.headers["ETag"]) == (201, '"1"'), made.text
        assert known.get_json() == made.get_json() | example_of(kind.edits.wanted)


def test_a_noun_is_changed_and_retired_as_it_was_seen_and_stays_in_its_history(client):
    made = client.post("/api/v1/producers", json=PRODUCER)
    address, seen = made.headers["Location"], {"If-Match": made.headers["ETag"]}

    changed = client.patch(address, json={"capacity": 50}, headers=seen)
    again = client.patch(address, json={"capacity": 60}, headers=seen)
    blind = client.delete(address)
    retired = client.delete(address, headers={"If-Match": changed.headers["ETag"]})

    assert [each.status_code for each in (changed, again, blind, retired)] == [200, 412, 428, 204]
    assert changed.get_json() == made.get_json() | {"capacity": 50, "version": 2}
    assert client.get(address).get_json()["retired_at"] is not None
    assert client.get("/api/v1/producers?q=宣威").get_json()["items"] == []
    states = client.get(f"{address}/history").get_json()["items"]
    assert [(each["was"]["version"], each["was"]["capacity"]) for each in states] == [
        (3, 50),
        (2, 50),
        (1, 1000),
    ]
    assert client.delete(address, headers={"If-Match": "*"}).status_code == 409


def test_history_is_shown_page_by_page(client):
    for capacity in (1, 2, 3):
        client.patch("/api/v1/producers/P05", json={"capacity": capacity}, headers={"If-Match": "*"})

    first = client.get("/api/v1/producers/P05/history?limit=3").get_json()
    second = client.get(f"/api/v1/producers/P05/history?limit=3&cursor={first['next']}").get_json()

    assert [each["was"]["capacity"] for each in first["items"]] == [3, 2, 1]
    assert [(each["was"]["capacity"], each["made_by"]) for each in second["items"]] == [(50_000, None)]
    assert second["next"] is None


def test_every_edit_is_in_the_log_with_who_and_in_which_request(app, client):
    told = {"If-Match": "*", "X-Request-Id": "asked"}
    client.patch("/api/v1/channels/mall", json={"name_zh": "商城频道"}, headers=told)

    (entry,) = log_page(app.extensions["database"], Sought(subject="mall"))
    assert (entry.what, entry.role, entry.request_id) == ("channel.change", "coordinator", "asked")
    assert ("商城频道" in entry.after, "商城频道" in entry.before) == (True, False)


def test_an_id_is_given_once(client):
    taken = client.post("/api/v1/producers", json=PRODUCER | {"producer_id": "P05"})

    assert (taken.status_code, taken.get_json()["errors"][0]["code"]) == (409, "noun_taken")


@pytest.mark.parametrize(
    ("changed", "pointer", "code", "why"),
    [
        ({"region": "999999"}, "#/region", "reference_unknown", "no such division"),
        ({"producer_id": "a b"}, "#/producer_id", "field_not_valid", "does not fit into an address"),
        ({"producer_id": "P05\n"}, "#/producer_id", "field_not_valid", "neither does this"),
        ({"name": "李\0子"}, "#/name", "text_with_nul", "no database takes NUL"),
        ({"capacity": -1}, "#/capacity", "field_too_small", "less than nothing"),
        ({"capacity": "12"}, "#/capacity", "field_wrong_type", "a text is no number"),
        ({"place": {"lat": 91, "lng": 0}}, "#/place/lat", "field_too_large", "beyond the pole"),
        ({"tier": "3"}, "#/tier", "field_not_one_of", "no such tier"),
        ({"imputed": ["name"]}, "#/imputed/0", "field_not_one_of", "a name is not imputed"),
        ({"colour": "red"}, "#/colour", "field_unknown", "no such field"),
    ],
)
def test_bad_fields_are_pointed_at_and_nothing_is_kept(client, changed, pointer, code, why):
    refused = client.post("/api/v1/producers", json=PRODUCER | changed)

    (error,) = refused.get_json()["errors"]
    assert (refused.status_code, error["pointer"], error["code"]) == (422, pointer, code), why
    assert client.get("/api/v1/producers/plum").status_code == 404


@pytest.mark.parametrize(
    ("number", "status", "told"),
    [
        ("1e400", 422, ("not_finite", "#/capacity")),
        ("NaN", 400, ("not_json", "#")),
        ("-Infinity", 400, ("not_json", "#")),
        ("1" + "0" * 400, 422, ("not_finite", "#/capacity")),
    ],
)
def test_no_number_that_is_none_is_kept(client, number, status, told):
    sent = f'{{"capacity": {number}}}'
    headers = {"If-Match": "*", "Content-Type": "application/json"}

    found, _, errors = refusal(client.patch("/api/v1/producers/P05", data=sent, headers=headers))

    assert (found, errors) == (status, [told])
    assert client.get("/api/v1/producers/P05").get_json()["capacity"] == 50_000


def test_what_is_changed_may_be_any_field_but_the_id_and_none_is_null(client):
    for body, told in (
        ({"producer_id": "x"}, ("field_unknown", "#/producer_id")),
        ({"name": None}, ("field_wrong_type", "#/name")),
    ):
        refused = client.patch("/api/v1/producers/P05", json=body, headers={"If-Match": "*"})
        assert refusal(refused) == (422, "bad-input", [told])
    same = client.patch("/api/v1/producers/P05", json={}, headers={"If-Match": "*"})
    assert (same.status_code, same.headers["ETag"]) == (200, '"1"')


def test_partners_keep_their_lists_and_not_the_catalog_of_all(app):
    theirs = bearing(app, token_of(app, Role.PARTNER, partner="anji"))

    for method, address in [("POST", "producers"), ("PATCH", "producers/P05"), ("DELETE", "producers/P05")]:
        assert theirs.open(f"/api/v1/{address}", method=method, json=PRODUCER).status_code == 403
