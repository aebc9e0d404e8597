"""Who watches is told how the service is; figures go to who may see them."""

import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from impact.app import create_app
from impact.config import Settings

NEAR = {"REMOTE_ADDR": "127.0.0.1"}
FAR = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def client(engine):
    return create_app(engine, Settings("")).test_client()


@pytest.fixture
def guarded(engine):
    return create_app(engine, Settings("", metrics_token="watchword")).test_client()


def test_a_process_that_answers_lives(client):
    assert client.get("/healthz").json == {"alive": True}


def test_what_is_not_ready_says_what_is_missing(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json) == (
        503,
        {"ready": False, "database": True, "migrations": True, "worker": False},
    )


def test_requests_are_told_by_endpoint_never_by_address(client):
    client.get("/healthz?name=王五")
    client.get("/nobody/王五")

    figures = client.get("/metrics", environ_base=NEAR).text

    assert 'impact_requests_total{endpoint="watching.health",method="GET",status="200"} 1.0' in figures
    assert "王五" not in figures


@pytest.mark.parametrize(
    ("headers", "environment", "status"),
    [
        ({}, NEAR, 200),
        ({}, FAR, 404),
        ({"X-Forwarded-For": "127.0.0.1"}, NEAR, 404),
        ({"Authorization": "Bearer watchword"}, FAR, 404),
    ],
)
def test_without_a_token_figures_are_for_this_machine(client, headers, environment, status):
    assert client.get("/metrics", headers=headers, environ_base=environment).status_code == status


@pytest.mark.parametrize(("given", "status"), [("Bearer watchword", 200), ("Bearer wrong", 404), ("", 404)])
def test_with_a_token_figures_are_for_who_has_it(guarded, given, status):
    answer = guarded.get("/metrics", headers={"Authorization": given}, environ_base=FAR)

    assert answer.status_code == status


def test_a_request_is_logged_with_its_name(client):
    with capture_logs(processors=[merge_contextvars]) as told:
        client.get("/healthz?name=王五", headers={"X-Request-Id": "order-7"})

    (event,) = told
    assert (event["event"], event["request_id"], event["status"]) == ("request", "order-7", 200)
    assert "王五" not in str(event)
