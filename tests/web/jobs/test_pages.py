"""A job can be watched, left alone, stopped, and leads to what came of it."""

import pytest
from services import do_jobs, partner_of, send, service, signed_in
from shelves import MemoryShelf

from impact.access import SYSTEM, Role
from impact.i18n import words
from impact.jobs.queue import Queue
from impact.store.queue.jobs import JobStatus

LIST = "产品,省,市,县\n安吉白茶,浙江省,湖州市,安吉县\n"


@pytest.fixture
def app():
    app = service(MemoryShelf(()))
    partner_of(app.extensions["database"])
    return app


@pytest.fixture
def client(app):
    return signed_in(app, Role.COORDINATOR)


def queue(app):
    return Queue(app.extensions["database"])


def waiting(app, **asked):
    return queue(app).put(
        "import_file",
        {"file": "茶.csv", "dry": True, **asked},
        SYSTEM,
        partner="anji",
        files={"file": LIST.encode()},
    )


def test_a_job_that_waits_is_looked_at_again_with_a_script_and_without(app, client):
    text = client.get(f"/en/jobs/{waiting(app)}").text

    assert words("job_status.queued", "en") in text
    assert '<noscript><meta http-equiv="refresh"' in text
    assert 'hx-trigger="every 1s"' in text


def test_a_job_that_has_ended_is_not_asked_for_again(app, client):
    job_id = waiting(app)
    do_jobs(app)

    text = client.get(f"/en/jobs/{job_id}").text

    assert "refresh" not in text
    assert "hx-get" not in text
    assert f"/en/imports/checks/{job_id}" in text


def test_who_follows_a_job_is_sent_to_what_came_of_it(app, client):
    job_id = waiting(app)
    do_jobs(app)

    by_page = client.get(f"/en/jobs/{job_id}?follow=1")
    by_script = client.get(f"/en/jobs/{job_id}?follow=1", headers={"HX-Request": "true"})

    assert by_page.location == by_script.headers["HX-Redirect"] == f"/en/imports/checks/{job_id}"


def test_a_job_is_stopped_by_a_form(app, client):
    job_id = waiting(app)

    answer = send(client, f"/en/jobs/{job_id}", f"/en/jobs/{job_id}/cancel")

    assert answer.status_code == 303
    assert queue(app).get(job_id).status is JobStatus.CANCELLED
    assert words("job_end.cancelled", "en") in client.get(f"/en/jobs/{job_id}").text


def test_a_job_that_was_not_done_says_why_and_where(app, client):
    job_id = waiting(app, delimiter="?")
    do_jobs(app)

    text = client.get(f"/en/jobs/{job_id}?follow=1").text

    assert words("issue.delimiter_not_offered", "en", value="?") in text
    assert "/en/imports/of/anji" in text


def test_jobs_are_listed_the_newest_first_a_part_at_a_time(app, client):
    ids = [waiting(app) for _ in range(52)]

    first = client.get("/en/jobs").text
    rest = client.get(f"/en/jobs?before={ids[2]}").text

    assert first.index(ids[51]) < first.index(ids[50])
    assert ids[1] not in first
    assert f"before={ids[2]}" in first
    assert ids[1] in rest


def test_jobs_are_listed_the_oldest_first_where_that_is_wanted(app, client):
    ids = [waiting(app) for _ in range(52)]

    first = client.get("/en/jobs?order=oldest").text
    rest = client.get(f"/en/jobs?order=oldest&after={ids[49]}").text

    assert first.index(ids[0]) < first.index(ids[1])
    assert f"after={ids[49]}&amp;order=oldest" in first
    assert (f"/jobs/{ids[49]}" in rest, f"/jobs/{ids[50]}" in rest) == (False, True)
    assert '<option value="oldest" selected>' in rest


def test_an_order_that_is_not_offered_is_refused(client):
    assert client.get("/en/jobs?order=random").status_code == 400


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=import_file", {"stopped", "waiting"}),
        ("kind=run_scenario", set()),
        ("status=cancelled", {"stopped"}),
        ("status=queued&kind=import_file", {"waiting"}),
        ("mine=1", set()),
    ],
)
def test_jobs_are_looked_for_by_what_they_do_how_they_stand_and_whose_they_are(app, client, query, found):
    ids = {"stopped": waiting(app), "waiting": waiting(app)}
    queue(app).cancel(ids["stopped"], SYSTEM)

    page = client.get(f"/en/jobs?{query}").text

    assert {name for name, job_id in ids.items() if job_id in page} == found
    assert (words("jobs.none_such", "en") in page) == (not found)


def test_the_next_part_of_jobs_is_looked_for_alike(app, client):
    for _ in range(52):
        waiting(app)

    page = client.get("/en/jobs?status=queued&kind=import_file").text

    assert 'rel="next" href="/en/jobs?kind=import_file&amp;status=queued&amp;before=' in page


@pytest.mark.parametrize("query", ["kind=dance", "status=asleep"])
def test_jobs_of_no_kind_there_is_are_refused(client, query):
    assert client.get(f"/en/jobs?{query}").status_code == 400


def test_partners_see_their_own_jobs_alone(app):
    job_id = waiting(app)
    anji, yongde = (signed_in(app, Role.PARTNER, name) for name in ("anji", "yongde"))

    assert job_id in anji.get("/en/jobs").text
    assert job_id not in yongde.get("/en/jobs").text
    assert yongde.get(f"/en/jobs/{job_id}").status_code == 404


def test_nobody_has_jobs_at_first(client):
    assert words("jobs.none", "zh") in client.get("/zh/jobs").text
