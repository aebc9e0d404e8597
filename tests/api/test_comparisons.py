"""A plan is compared over HTTP with the published one, or any other."""

import pytest
from api.refusals import refusal
from api.shelves import coordinating
from web.judging.worlds import two_plans

APP, PUBLISHED, OTHER = two_plans()


@pytest.fixture
def client():
    return coordinating(APP)


def compared(client, plan, **query):
    return client.get(f"/api/v1/plans/{plan}/compare", query_string=query)


def test_it_is_held_against_the_published_plan(client):
    found = compared(client, OTHER).get_json()

    assert (found["baseline"], found["plan"]) == (PUBLISHED, OTHER)
    assert [rule["after"] for rule in found["changed_in"]["rules"]] == [None]
    (loser,) = found["gains"]["producer"]
    assert loser["change"] == pytest.approx(loser["after"] - loser["before"])
    assert found["changed_out"]["taken"] == pytest.approx(-loser["change"])
    assert set(found["gains"]) == {"producer", "region", "type", "tier", "size"}


def test_another_can_be_named(client):
    there, back = (
        compared(client, plan, **{"with": other}).get_json()
        for plan, other in ((OTHER, PUBLISHED), (PUBLISHED, OTHER))
    )

    assert there["changed_out"]["taken"] == pytest.approx(back["changed_out"]["added"])
    assert back["changed_in"]["rules"][0]["before"] is None


@pytest.mark.parametrize(
    ("plan", "query", "told"),
    [
        (PUBLISHED, {}, (409, "nothing-published", [])),
        ("none", {}, (404, "plan-not-found", [])),
        (OTHER, {"with": "none"}, (404, "plan-not-found", [])),
        (OTHER, {"other": PUBLISHED}, (422, "bad-input", [("field_unknown", "other")])),
    ],
)
def test_what_cannot_be_compared_is_refused(client, plan, query, told):
    assert refusal(compared(client, plan, **query)) == told
