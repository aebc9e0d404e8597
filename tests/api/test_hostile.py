"""Whatever stands at whatever place of a document is taken or refused by name, and breaks nothing."""

import copy
import json
from collections.abc import Iterator
from datetime import date

import pytest
from api.shelves import reader
from api.test_keeping import PRODUCER

from impact.bundles.whole.documents import EXAMPLE
from impact.config import DATA
from impact.programmes.templates import drafted

HOSTILE = (
    '"a\\u0000b"',  # no database takes NUL
    '"x\\ud800"',  # half a character
    "1e400",  # more than a double holds
    "1" + "0" * 400,
    "-1",
    "9223372036854775808",  # one more than eight bytes hold
    "NaN",
    "null",
    "true",
    "[[[[]]]]",
    '{"a": {"a": {}}}',
    '{"\\ud800": 1}',
    '""',
    '"' + "长" * 50_000 + '"',
    '"(a+)+$"',
    '"2026-02-30"',
    '"9999-12-31"',
    "5e-324",
)
EACH_PLACE = 3
"""So many of them are tried at each place, going round."""
LOCK = {"id": "pin", "kind": "lock", "product": "P05-1", "placement": "620000-tea-mall", "at_most": 5}
SCENARIO = {
    "period": "2026-10",
    "locks": [{"rule": LOCK, "reason": "说好的", "until": "2026-12"}],
    "rules": [{"id": "rural", "kind": "group_floor", "group": {"tier": ["1", "2"]}, "share": 0.3}],
    "seed": 3,
    "note": "x",
}


def programme():
    """The richest document there is: a template's, with all its parts."""
    return json.loads(drafted(DATA, "mountain_goods", "hills", date.today(), None).model_dump_json())


@pytest.fixture(scope="module")
def client():
    client = reader()
    client.post("/api/v1/programmes", json=programme())
    begun = client.post("/api/v1/programmes/hills/scenarios", json={"on": "2026-10-05"})
    client.scenario = begun.get_json()["scenario_id"]
    return client


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place of a document, the whole first."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else [])
    for step, each in inner:
        yield from places(each, (*path, step))


def with_at(document: object, path: tuple[str | int, ...], raw: str) -> str:
    """Write a document with something else at a place."""
    whole = {"": copy.deepcopy(document)}
    *way, last = ("", *path)
    inner = whole
    for step in way:
        inner = inner[step]
    inner[last] = "@"
    return json.dumps(whole[""], ensure_ascii=False).replace('"@"', raw)


def bodies(document: object) -> Iterator[str]:
    for number, path in enumerate(places(document)):
        for turn in range(EACH_PLACE):
            yield with_at(document, path, HOSTILE[(number * EACH_PLACE + turn) % len(HOSTILE)])


@pytest.mark.parametrize(
    ("method", "address", "document"),
    [
        ("PUT", "programmes/hills", programme()),
        ("PUT", "scenarios/{scenario}", SCENARIO),
        ("POST", "scenarios/{scenario}/branch", SCENARIO),
        ("POST", "scenarios/{scenario}/locks/price", {"rule": LOCK}),
        ("PATCH", "producers/P05", {name: PRODUCER[name] for name in PRODUCER if name != "producer_id"}),
        ("POST", "solve", EXAMPLE),
    ],
)
def test_nothing_that_is_sent_breaks_the_service(client, method, address, document):
    told = {"If-Match": "*", "Content-Type": "application/json"}

    for body in bodies(document):
        sent = body.encode("utf-8", "surrogatepass")
        address_of_it = f"/api/v1/{address.format(scenario=client.scenario)}"
        answer = client.open(address_of_it, method=method, data=sent, headers=told)

        assert answer.status_code < 500, body[:500]
        if answer.status_code in (400, 422):
            assert all(error["code"] for error in answer.get_json()["errors"]), body[:500]


def test_what_was_taken_can_be_read_again(client):
    for address in ("programmes/hills", f"scenarios/{client.scenario}", "producers/P05"):
        assert client.get(f"/api/v1/{address}").status_code == 200
    assert client.get("/api/v1/programmes/hills/eligibility?on=2026-10-05").status_code == 200
