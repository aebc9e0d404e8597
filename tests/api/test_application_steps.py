"""Steps of many applications over HTTP: each is taken or refused by itself, and answered in its place."""

import pytest
from api.refusals import refusal
from services import bearing, token_of
from web.portal.theirs import two_partners

from impact.access import Role

APPLICATIONS = "/api/v1/applications"


@pytest.fixture
def app():
    return two_partners()


@pytest.fixture
def anji(app):
    return bearing(app, token_of(app, Role.PARTNER, partner="anji"))


@pytest.fixture
def first(anji):
    return anji.get(APPLICATIONS).get_json()["items"][0]["product_id"]


@pytest.fixture
def second(anji):
    return anji.get(APPLICATIONS).get_json()["items"][1]["product_id"]


def take(client, step, *items, **headers):
    return client.post(f"/api/v1/application-steps/{step}", json={"items": items}, headers=headers)


def applying(product_id, seen=0):
    return {"product_id": product_id, "seen": seen}


def judged(product_id, accepted, reason="", seen=1):
    return {**applying(product_id, seen), "accepted": accepted, "reason": reason}


def came_of(answer):
    """How far each came, or why it did not."""
    return [
        each["application"]["stage"]
        if each["taken"]
        else [(error["code"], error["pointer"]) for error in each["errors"]]
        for each in answer.get_json()["items"]
    ]


def test_many_are_moved_at_once_and_answered_in_the_order_they_were_sent(app, anji, first, second):
    approver = bearing(app, token_of(app, Role.APPROVER))

    applied = take(anji, "apply", applying(first), applying(second))
    recommended = take(anji, "recommend", judged(second, False, "没有检验报告"), judged(first, True))
    reviewed = take(approver, "review", judged(first, True, seen=2))

    assert came_of(applied) == ["waits_for_county"] * 2
    assert came_of(recommended) == ["refused_by_county", "waits_for_platform"]
    assert came_of(reviewed) == ["accepted"]
    assert recommended.get_json()["taken"] == 2
    assert reviewed.get_json()["items"][0]["application"] == anji.get(f"{APPLICATIONS}/{first}").get_json()


def test_what_cannot_be_moved_holds_up_nothing_else(anji, first, second):
    answer = take(
        anji, "apply", applying("nobody-s"), applying(first, seen=3), applying(second), applying(second)
    )

    assert (answer.status_code, answer.get_json()["taken"]) == (200, 1)
    assert came_of(answer) == [
        [("noun_unknown", "#/items/0/product_id")],
        [("version_moved", "#/items/1")],
        "waits_for_county",
        [("version_moved", "#/items/3")],
    ]


def test_a_refusal_without_a_reason_is_pointed_at(anji, first):
    take(anji, "apply", applying(first))

    assert came_of(take(anji, "recommend", judged(first, False))) == [
        [("application_reason_missing", "#/items/0/reason")]
    ]


def test_the_same_key_moves_them_once(anji, first):
    once, again = (take(anji, "apply", applying(first), **{"Idempotency-Key": "k"}) for _ in range(2))

    assert came_of(once) == ["waits_for_county"]
    assert (again.data, again.headers["Idempotency-Replayed"]) == (once.data, "true")
    assert len(anji.get(f"{APPLICATIONS}/{first}").get_json()["steps"]) == 1


def test_what_another_partner_lists_is_as_if_it_were_not_there(app, anji, first):
    yongde = bearing(app, token_of(app, Role.PARTNER, partner="yongde"))

    assert came_of(take(yongde, "apply", applying(first))) == came_of(take(yongde, "apply", applying("none")))
    assert anji.get(f"{APPLICATIONS}/{first}").get_json()["steps"] == []


@pytest.mark.parametrize(
    ("items", "told", "why"),
    [
        ([], [("field_not_valid", "#/items")], "none"),
        ([{"product_id": "P1"}], [("field_missing", "#/items/0/seen")], "nothing seen"),
        ([applying("P1", seen=-1)], [("field_too_small", "#/items/0/seen")], "less than nothing"),
        (
            [judged("P1", True)],
            [("field_unknown", f"#/items/0/{name}") for name in ("accepted", "reason")],
            "who applies does not judge",
        ),
        ([applying("P1")] * 501, [("field_not_valid", "#/items")], "too many"),
    ],
)
def test_what_is_no_list_of_steps_is_refused_whole(anji, items, told, why):
    assert refusal(take(anji, "apply", *items)) == (422, "bad-input", told), why
