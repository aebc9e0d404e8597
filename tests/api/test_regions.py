"""Divisions: listed, and found by what people write."""

import pytest
from api.shelves import reader


@pytest.fixture(scope="module")
def client():
    return reader()


def resolved(client, *texts, **more):
    answer = client.post("/api/v1/regions/resolve", json={"texts": texts, **more})
    return answer.get_json()["items"]


def test_provinces_are_listed_by_code(client):
    page = client.get("/api/v1/regions?level=province&limit=100").get_json()

    codes = [item["adcode"] for item in page["items"]]
    assert codes == sorted(codes)
    assert (len(codes), page["next"], page["items"][0]["full_name"]) == (34, None, "北京市")


def test_the_counties_of_a_prefecture_are_those_it_holds(client):
    page = client.get("/api/v1/regions?parent=530900&limit=3").get_json()
    after = client.get(f"/api/v1/regions?parent=530900&limit=100&cursor={page['next']}").get_json()

    codes = [item["adcode"] for item in (*page["items"], *after["items"])]
    assert "530923" in codes
    assert len(set(codes)) == len(codes) == 8


def test_a_division_has_its_whole_name(client):
    region = client.get("/api/v1/regions/530923").get_json()

    assert (region["full_name"], region["parent"]) == ("云南省临沧市永德县", "530900")


def test_texts_are_resolved_in_the_order_they_came(client):
    county, doubtful = resolved(client, "永德县", "朝阳")

    assert county["region"] == {"adcode": "530923", "full_name": "云南省临沧市永德县"}
    assert (doubtful["region"], doubtful["refused"]["code"]) == (None, "place_ambiguous")
    assert len(doubtful["candidates"]) > 1


def test_one_text_is_resolved_by_its_address(client):
    found = client.get("/api/v1/regions/resolve?text=pu'er&within=530000").get_json()

    assert found["region"]["full_name"] == "云南省普洱市"


def test_knowing_where_a_place_lies_decides(client):
    (found,) = resolved(client, "朝阳", within="110000")

    assert found["region"]["full_name"] == "北京市朝阳区"


@pytest.mark.parametrize(
    ("body", "pointer", "why"),
    [
        ({}, "#/texts", "nothing to resolve"),
        ({"texts": []}, "#/texts", "nothing in it"),
        ({"texts": ["a", 7]}, "#/texts/1", "no text"),
        ({"texts": ["a"], "inside": "110000"}, "#/inside", "a slip"),
        ({"texts": ["a\0b"]}, "#/texts/0", "no text"),
    ],
)
def test_a_refused_body_is_pointed_into(client, body, pointer, why):
    answer = client.post("/api/v1/regions/resolve", json=body)

    assert (answer.status_code, [error["pointer"] for error in answer.get_json()["errors"]]) == (
        422,
        [pointer],
    ), why


def test_a_division_that_is_no_more_is_not_there(client):
    assert client.get("/api/v1/regions/110103").status_code == 404
    within = client.post("/api/v1/regions/resolve", json={"texts": ["a"], "within": "110103"})
    assert within.status_code == 404
