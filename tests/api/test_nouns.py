"""The live catalog: listed, filtered, one by one, with what nobody observed said."""

import pytest
from api.refusals import refusal
from api.shelves import reader


@pytest.fixture(scope="module")
def client():
    return reader()


def walked(client, address):
    """Every item of a list, a page of five at a time."""
    seen, cursor = [], ""
    while cursor is not None:
        sign = "&" if "?" in address else "?"
        page = client.get(f"/api/v1/{address}{sign}limit=5&cursor={cursor}").get_json()
        seen, cursor = seen + page["items"], page["next"]
    return seen


@pytest.mark.parametrize(
    ("nouns", "key", "count"),
    [
        ("producers", "producer_id", 12),
        ("products", "product_id", 12),
        ("segments", "segment_id", 20),
        ("channels", "channel_id", 3),
        ("belts", "belt_id", 0),
    ],
)
def test_a_list_is_walked_in_the_order_of_ids_and_each_has_its_address(client, nouns, key, count):
    ids = [item[key] for item in walked(client, nouns)]

    assert ids == sorted(set(ids))
    assert len(ids) == count
    for name in ids[:2]:
        assert client.get(f"/api/v1/{nouns}/{name}").get_json()[key] == name


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("producers?region=621026", ["P11", "P12"]),
        ("producers?tier=1&type=specialty", ["P05", "P06", "P10", "P11"]),
        ("producers?q=安吉", ["P01", "P02"]),
        ("producers?q=%25", []),
        ("products?producer_id=P03", ["P03"]),
        ("products?category=fruit", ["P05", "P11", "P12"]),
        ("segments?region=620000&interest=tea", ["620000-tea"]),
        ("channels?direction=pull", ["search"]),
        ("channels?field=content", ["livestream"]),
    ],
)
def test_a_list_is_filtered_by_what_is_asked(client, asked, ids):
    items = walked(client, asked)

    found = [next(value for name, value in item.items() if name.endswith("_id")) for item in items]
    assert [name.removesuffix("-1") for name in found] == ids


def test_a_producer_says_which_fields_nobody_observed(client):
    producer = client.get("/api/v1/producers/P05").get_json()

    assert (producer["name"], producer["capacity"], producer["imputed"]) == (
        "盐源苹果",
        50_000,
        ["capacity", "size"],
    )


@pytest.mark.parametrize(
    ("asked", "status", "told", "why"),
    [
        ("producers/P99", 404, [("noun_unknown", "")], "no such producer"),
        ("belts/tea", 404, [("noun_unknown", "")], "no such belt"),
        ("producers?cursor=%00", 422, [("field_not_valid", "cursor")], "no cursor at all"),
        ("producers?q=a%00b", 422, [("field_not_valid", "q")], "no database takes NUL"),
        ("producers?colour=red", 422, [("field_unknown", "colour")], "not asked by colour"),
        ("channels?direction=sideways", 422, [("field_not_valid", "direction")], "no such direction"),
        ("producers/a%00b", 404, [], "nobody is called so"),
    ],
)
def test_what_is_not_there_or_not_ours_is_refused(client, asked, status, told, why):
    found, _, errors = refusal(client.get(f"/api/v1/{asked}"))

    assert (found, errors) == (status, told), why
