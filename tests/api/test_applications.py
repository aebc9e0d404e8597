"""Applications over HTTP: a partner moves its own, step by step, and somebody else reviews them."""

import pytest
from services import bearing, token_of
from web.portal.theirs import LATER, SHOWN, UNSEEN, two_partners

from impact.access import Role, Scope

MANY = "/api/v1/applications"


@pytest.fixture(scope="module")
def app():
    return two_partners()


@pytest.fixture
def anji(app):
    return bearing(app, token_of(app, Role.PARTNER, partner="anji"))


@pytest.fixture
def coordinator(app):
    return bearing(app, token_of(app, Role.COORDINATOR))


@pytest.fixture
def approver(app):
    return bearing(app, token_of(app, Role.APPROVER))


def address(client, product, partner="anji"):
    """The address of the application of a product, which begins anew for each test."""
    found = {
        one["product"]: one for one in client.get(f"{MANY}?partner={partner}&limit=100").get_json()["items"]
    }
    return f"{MANY}/{found[product]['product_id']}"


def take(client, where, step, seen=None, **body):
    seen = seen or client.get(where).headers["ETag"]
    return client.post(f"{where}/{step}", json=body, headers={"If-Match": seen})


def test_it_is_applied_for_recommended_and_accepted_by_somebody_else(anji, approver):
    where = address(anji, SHOWN)
    views = [
        take(anji, where, "apply").get_json(),
        take(anji, where, "recommend", accepted=True, reason="推荐函 17").get_json(),
        take(approver, where, "review", accepted=True).get_json(),
    ]

    assert [(view["stage"], view["next"]) for view in views] == [
        ("waits_for_county", "county"),
        ("waits_for_platform", "platform"),
        ("accepted", None),
    ]
    assert [step["reason"] for step in views[-1]["steps"]] == ["", "推荐函 17", ""]
    assert anji.get(where).headers["ETag"] == '"3"'
    assert anji.get(f"{MANY}?stage=accepted").get_json()["items"] == [views[-1]]


def test_after_a_refusal_with_its_reason_one_applies_anew(anji):
    where = address(anji, UNSEEN)
    take(anji, where, "apply")
    silent = take(anji, where, "recommend", accepted=False)
    refused = take(anji, where, "recommend", accepted=False, reason="没有检验报告")
    again = take(anji, where, "apply")

    error = silent.get_json()["errors"][0]
    assert (silent.status_code, error["code"], error["pointer"]) == (
        422,
        "application_reason_missing",
        "#/reason",
    )
    assert (refused.get_json()["stage"], refused.get_json()["next"]) == ("refused_by_county", "apply")
    assert (again.get_json()["stage"], len(again.get_json()["steps"])) == ("waits_for_county", 3)


def test_a_step_that_is_not_due_or_not_of_what_was_seen_is_refused(coordinator):
    where = address(coordinator, LATER, "yongde")
    early = take(coordinator, where, "recommend", accepted=True)
    take(coordinator, where, "apply")
    late = take(coordinator, where, "apply", seen='"0"')
    unseen = coordinator.post(f"{where}/apply")

    assert (early.status_code, early.get_json()["errors"][0]["code"]) == (409, "application_moved")
    assert (late.status_code, unseen.status_code) == (412, 428)


def test_the_same_key_takes_a_step_once(coordinator):
    where = f"{MANY}/P03-1"
    headers = {"If-Match": '"0"', "Idempotency-Key": "apply-once"}
    first, again = (coordinator.post(f"{where}/apply", headers=headers) for _ in range(2))

    assert (first.status_code, again.data, again.headers["Idempotency-Replayed"]) == (200, first.data, "true")
    assert len(coordinator.get(where).get_json()["steps"]) == 1


def test_what_another_partner_lists_is_as_if_it_were_not_there(app, anji, coordinator):
    theirs = address(coordinator, LATER, "yongde")
    nothing = f"{MANY}/nothing-of-this-id"
    for where in (theirs, nothing):
        assert anji.get(where).status_code == 404
        for step, body in (("apply", None), ("recommend", {"accepted": True})):
            answer = anji.post(f"{where}/{step}", json=body, headers={"If-Match": "*"})
            assert answer.status_code == 404, step
    assert anji.get(f"{MANY}?partner=yongde").status_code == 404
    assert {one["partner"] for one in anji.get(MANY).get_json()["items"]} == {"anji"}


def test_who_may_read_does_not_move_and_a_partner_does_not_review(app, anji):
    where = address(anji, SHOWN)
    reading = bearing(app, token_of(app, Role.PARTNER, Scope.READ, partner="anji"))

    assert take(reading, where, "apply").status_code == 403
    assert take(anji, where, "review", accepted=True).status_code == 403


def test_all_that_is_offered_is_listed_page_by_page(coordinator):
    shown, cursor = [], ""
    while cursor is not None:
        page = coordinator.get(f"{MANY}?limit=7&cursor={cursor}").get_json()
        shown, cursor = [*shown, *(one["product_id"] for one in page["items"])], page["next"]

    assert shown == sorted(set(shown))
    assert len(shown) == len(coordinator.get(f"{MANY}?limit=100").get_json()["items"])
