"""For every address: nobody, the wrong role, the wrong partner. Generated from the table and the routes."""

from contextlib import contextmanager
from functools import cache

import pytest
from flask import Flask
from gate.addresses import HOOK, access_of, admitted, asked, populated, refused, things
from services import VOUCHER, bearing, signed_in, token_of
from sqlalchemy import event

from impact.access import Role, Scope
from impact.config import Settings
from impact.gate import guard
from impact.gate.table import ACCESS, API

APP = populated()
ALL = asked(APP, {"GET", "POST", "PUT", "PATCH", "DELETE"})
CLOSED = [one for one in ALL if access_of(one[0]).scope is not None]
READ = asked(APP, {"GET"}) + [one for one in asked(APP, {"GET"}, "zh") if one[2].startswith("/zh/")]
WRITTEN = [one for one in ALL if one[1] != "GET"]
API_ONES = [one for one in CLOSED if one[0].startswith(f"{API}.")]
ANSWERED = {
    "api.solved": {409},
    "api.verified": {404},
    "api.verdict": {404},
    "api.diagnosed": {404},
    "api.swept": {404},
    "api.compare_plan": {409},
    "api.explanation": {404},
    "api.job_file": {404},
    "api.lock_price": {404},
    "api.scenario_frontier": {404},
    "api.standing": {404},
    "web.compared_file": {404},
    "web.affected_file": {404},
    "web.gains_file": {404},
    "web.frontier_file": {404},
    "api.token": {404},
    "outside.leave": {303},
    "outside.back": {303},
    "web.conflict": {404},
    "web.export_file": {404},
    "web.frontier": {404},
    "web.lock_price": {404},
    "web.nowhere": {404},
    "web.portal": {303},
    "web.public_plan": {404},
    "web.root": {302},
    "web.enter": {403},
    "web.password": {403},
    "watching.ready": {200, 503},
}
"""How addresses answer that have nothing to show here; all others answer 200."""
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "TRUNCATE")


def ids(cases):
    return [f"{method} {endpoint}" for endpoint, method, _ in cases]


@cache
def person(role, partner=None):
    """The browser of a signed-in user, one for all tests."""
    return signed_in(APP, role, partner)


@cache
def program(role, partner=None, *scopes):
    """A program with a token of a user, one for all tests."""
    return bearing(APP, token_of(APP, role, *scopes, partner=partner))


def test_the_table_and_the_routes_name_the_same_addresses():
    assert set(APP.view_functions) == set(ACCESS)


def test_a_service_with_an_address_nobody_declared_does_not_start():
    app = Flask("impact")
    app.add_url_rule("/open", "web.open", lambda: "")

    with pytest.raises(ValueError, match=r"missing: web\.open"):
        guard(app, APP.extensions["database"], Settings(""))


@pytest.mark.parametrize(("endpoint", "method", "address"), CLOSED, ids=ids(CLOSED))
def test_nobody_is_sent_away(endpoint, method, address):
    answer = APP.test_client().open(address, method=method)

    if endpoint.startswith(f"{API}."):
        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
        assert answer.headers["WWW-Authenticate"].lower().startswith("bearer")
    else:
        assert (answer.status_code, "/sign-in" in answer.location) == (303, True)


@pytest.mark.parametrize(("endpoint", "method", "address"), CLOSED, ids=ids(CLOSED))
def test_the_wrong_role_is_refused(endpoint, method, address):
    for role, partner in refused(access_of(endpoint)):
        asking = program if endpoint.startswith(f"{API}.") else person

        assert asking(role, partner).open(address, method=method).status_code == 403, role


@pytest.mark.parametrize(("endpoint", "method", "address"), API_ONES, ids=ids(API_ONES))
def test_a_token_without_the_scope_is_refused(endpoint, method, address):
    other = Scope.EVENTS_WRITE if access_of(endpoint).scope is not Scope.EVENTS_WRITE else Scope.READ

    assert program(Role.COORDINATOR, None, other).open(address, method=method).status_code == 403


@pytest.mark.parametrize(("endpoint", "method", "address"), API_ONES, ids=ids(API_ONES))
def test_a_token_that_does_not_work_is_nobody_even_beside_a_cookie(endpoint, method, address):
    shown = {"Authorization": "Bearer impact_0000000000000000_x"}

    assert person(Role.VIEWER).open(address, method=method, headers=shown).status_code == 401


@pytest.mark.parametrize("shown", ["Bearer nonsense", "Basic YTpi", "Bearer", ""])
def test_what_is_no_token_is_nobody_even_beside_a_cookie(shown):
    assert person(Role.VIEWER).get("/api/v1/plans", headers={"Authorization": shown}).status_code == 401


@pytest.mark.parametrize(("endpoint", "method", "address"), READ, ids=ids(READ))
def test_reading_writes_nothing_and_is_answered(endpoint, method, address):
    client = person(*admitted(access_of(endpoint))[0])

    with refusing_writes(APP.extensions["database"]):
        answer = client.open(address, method=method)

    assert answer.status_code in ANSWERED.get(endpoint, {200})
    if endpoint.startswith("web.") and answer.mimetype == "text/html" and answer.status_code == 200:
        assert f'<html lang="{"zh-CN" if address.startswith("/zh/") else "en"}">' in answer.text


WEB_WRITTEN = [one for one in WRITTEN if not one[0].startswith(f"{API}.")]


@pytest.mark.parametrize(("endpoint", "method", "address"), WEB_WRITTEN, ids=ids(WEB_WRITTEN))
def test_a_form_that_is_not_ours_changes_nothing(endpoint, method, address):
    client = person(*admitted(access_of(endpoint))[0])

    with refusing_writes(APP.extensions["database"]):
        assert client.open(address, method=method).status_code == 400


def own_things():
    """Addresses that partners may use, and that name a thing of somebody's."""
    named = set(things(APP)) - {"lang", "filename", "name", "kind", "_rest", "file_name", "news_id"}
    rules = {rule.endpoint: rule for rule in APP.url_map.iter_rules()}
    return [one for one in ALL if access_of(one[0]).own and rules[one[0]].arguments & named]


@pytest.mark.parametrize(("endpoint", "method", "address"), own_things(), ids=ids(own_things()))
def test_what_is_another_partners_is_as_if_it_were_not_there(endpoint, method, address):
    client = person(Role.PARTNER, "yongde")
    theirs = form(client, address, method)
    nothing = form(client, without_things(address), method)

    assert theirs.status_code == nothing.status_code == 404
    assert without_things(theirs.text) == without_things(nothing.text)


@pytest.mark.parametrize(("endpoint", "method", "address"), own_things(), ids=ids(own_things()))
def test_what_is_another_partners_takes_no_other_look_than_what_is_not_there(endpoint, method, address):
    client = person(Role.PARTNER, "yongde")
    form(client, address, method)  # that a token is used is kept once a day

    theirs, nothing = (asked_anew(client, one, method) for one in (address, without_things(address)))

    assert theirs == nothing


OWNED = (
    "own_id",
    "user_id",
    "token_id",
    "job_id",
    "hook_id",
    "check_id",
    "receipt_id",
    "import_id",
    "partner",
    "partner_id",
    "product_id",
)


def without_things(text):
    """The same text about things that are not there."""
    known, text = things(APP), VOUCHER.sub("", text)
    for name in OWNED:
        text = text.replace(known[name], "0" * len(known[name]))
    return text


def form(client, address, method):
    """Ask for an address as a form of ours would, or a program."""
    if address.startswith("/api/"):
        told = {"X-Request-Id": "asked", "If-Match": '"any"'}
        body = HOOK if method == "PUT" else {"accepted": True} if "/recommend" in address else None
        return program(Role.PARTNER, "yongde").open(address, method=method, headers=told, json=body)
    voucher = VOUCHER.search(client.get("/en/account").text)[1]
    return client.open(address, method=method, data={"csrf_token": voucher} if method != "GET" else None)


def asked_anew(client, address, method):
    """What the database is asked for an address; what asks the same as another takes the same time."""
    form(client, address, method)
    asked = []
    with heard(APP.extensions["database"], asked):
        form(client, address, method)
    return asked


@contextmanager
def heard(engine, asked):
    """Add to `asked` what the database is asked meanwhile."""
    event.listen(engine, "before_cursor_execute", hear := lambda *said: asked.append(said[2]))
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", hear)


@contextmanager
def refusing_writes(engine):
    """Let the database answer questions and take nothing."""
    event.listen(engine, "before_cursor_execute", _refuse)
    yield
    event.remove(engine, "before_cursor_execute", _refuse)


def _refuse(connection, cursor, statement, *_):
    assert not statement.lstrip().upper().startswith(WRITES), statement
