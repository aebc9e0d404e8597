"""A lock is priced before it is saved: what the plan loses, who pays; then it is kept with its price."""

import pytest
from services import do_jobs, send, signed_in

from impact.access import Role
from impact.i18n import words
from impact.jobs.queue import Queue
from impact.model import Programme
from impact.pipeline import run
from impact.store.decisions import scenarios, standing
from impact.store.paging import Part

FLOOR = {"id": "floor", "kind": "group_floor", "group": {"tier": ["1", "2"]}, "share": 0.1}


@pytest.fixture(scope="module")
def link(inputs):
    """The link that carries most, by product and placement."""
    found = run(inputs, Programme("hills", "山货", "Hills", 10, (FLOOR,)))
    most, problem = int(found.plan.exposure.argmax()), found.problem
    return {
        "product": problem.product_ids[problem.product_of[most]],
        "placement": problem.placement_ids[problem.placement_of[most]],
    }


@pytest.fixture
def app(hills):
    return hills


@pytest.fixture
def client(coordinator):
    return coordinator


@pytest.fixture
def made(asking):
    return asking()


def typed(link, **more):
    stated = {**link, "at_most": "0", "reason": "harvest is late", "until": "2026-12"} | more
    return {f"lock.{name}": value for name, value in stated.items()}


def page_of(scenario, lang="en"):
    return f"/{lang}/scenarios/{scenario.scenario_id}"


def priced(app, client, scenario, lang="en", **fields):
    """Type a lock, have it priced, and return the address of its price."""
    followed = send(client, page_of(scenario, lang), **fields).location
    do_jobs(app)
    return client.get(followed).location


def found(app, location):
    return scenarios.get(app.extensions["database"], location.partition("#")[0].rpartition("/")[2])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_lock_shows_its_price_before_anything_is_saved(app, client, made, link, lang):
    address = priced(app, client, made, lang, **typed(link))
    page = client.get(address).text

    assert words("lock_price.save", lang) in page
    assert {"zh": "最多得到 0 次曝光", "en": "at most 0"}[lang] in page
    assert 'value="harvest is late"' in page
    assert len(scenarios.listed(app.extensions["database"], Part(10)).items) == 1


def test_a_priced_lock_is_saved_with_its_reason_its_last_month_and_its_price(app, client, made, link):
    address = priced(app, client, made, **typed(link))

    location = send(client, address, reason="harvest is late", until="2026-12").location

    (kept,) = found(app, location).asked.locks
    assert (kept.reason, kept.until, kept.rule["at_most"]) == ("harvest is late", "2026-12", 0)
    assert kept.price > 1
    page = client.get(location).text
    assert "harvest is late" in page
    assert words("scenario.lock_cost", "en", price=kept.price) in page


def test_a_lock_is_taken_away_for_a_reason_and_what_was_typed_stays(app, client, made, link):
    address = priced(app, client, made, **typed(link))
    page = send(client, address, reason="harvest is late").location.partition("#")[0]
    (kept,) = found(app, page).asked.locks

    refused = send(client, page, remove=kept.rule["id"])
    assert refused.status_code == 422
    assert words("issue.lock_removed_reason_missing", "en") in refused.text
    assert f'value="{kept.rule["id"]}" checked' in refused.text

    without = found(app, send(client, page, remove=kept.rule["id"], note="harvest came in").location)
    assert not without.asked.locks
    assert [note.text for note in without.notes] == ["harvest came in"]


def test_the_price_is_what_the_plan_loses_when_the_lock_is_there(app, client, made, link):
    address = priced(app, client, made, **typed(link))
    location = send(client, address, reason="so").location
    (kept,) = found(app, location).asked.locks

    worth = [_worth(app, client, each) for each in (made, found(app, location))]

    assert worth[0] - worth[1] == pytest.approx(kept.price, rel=1e-6)


def _worth(app, client, scenario):
    followed = send(client, page_of(scenario), do="run").location
    do_jobs(app)
    assert client.get(followed).location == page_of(scenario)
    plan = standing.newest(app.extensions["database"], standing.Sought(scenario_id=scenario.scenario_id))
    return client.get(f"/api/v1/plans/{plan.plan_id}").get_json()["objective"]


def test_other_changes_of_the_form_are_saved_first(app, client, made, link):
    address = priced(app, client, made, **typed(link), **{"floor.share": "5"})

    child = found(app, send(client, address, reason="so").location)

    assert child.asked.programme.rules[0]["share"] == 0.05
    assert child.parent != made.scenario_id


def test_a_lock_that_nothing_can_hold_with_is_said_with_the_rules_against_it(app, client, made, link):
    address = priced(app, client, made, **typed(link, at_least="1e14", at_most=""))
    page = client.get(address).text

    assert words("lock_price.too_much", "en") in page
    assert words("lock_price.impossible", "en") not in page
    assert f"/en/scenarios/{made.scenario_id}?lock.product={link['product']}" in page
    assert "lock.at_least=100000000000000&amp;lock.reason=harvest" in page
    assert words("lock_price.save", "en") not in page
    assert send(client, page_of(made), address, reason="so").status_code == 400


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reason": ""}, ""),
        ({"product": "none"}, "lock.product"),
        ({"placement": ""}, "lock.placement"),
        ({"until": "soon"}, ""),
        ({"at_least": "5", "at_most": "1"}, ""),
        ({"at_least": "lots"}, "lock.at_least"),
    ],
)
def test_a_lock_without_a_reason_or_of_nothing_is_refused(app, client, made, link, more, field):
    answer = send(client, page_of(made), **typed(link, **more))

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text or not field
    assert not Queue(app.extensions["database"]).list()


def test_an_empty_field_is_said_to_be_empty_not_to_be_unknown(client, made, link):
    answer = send(client, page_of(made, "zh"), **typed(link, product=""))

    assert words("issue.field_missing", "zh") in answer.text
    assert words("issue.lock_of_unknown", "zh", value="") not in answer.text


def test_saving_wants_the_reason_as_well(app, client, made, link):
    address = priced(app, client, made, **typed(link))

    assert send(client, address, reason=" ", until="2026-12").status_code == 422


def test_two_locks_never_share_a_name(app, client, made, link):
    first = send(client, priced(app, client, made, **typed(link)), reason="so").location
    second = send(client, priced(app, client, found(app, first), **typed(link)), reason="so").location

    assert [lock.rule["id"] for lock in found(app, second).asked.locks] == ["lock-1", "lock-1-2"]


def test_a_lock_that_has_expired_is_said_to_have(app, client, made, link):
    address = priced(app, client, made, **typed(link))

    page = client.get(send(client, address, reason="so", until="2026-01").location).text

    assert words("scenario.expired", "en", until="2026-01") in page


def test_who_reads_sees_the_price_and_cannot_save(app, client, made, link):
    address = priced(app, client, made, **typed(link))

    assert words("lock_price.save", "en") not in signed_in(app, Role.VIEWER).get(address).text


def test_a_price_that_is_not_there_yet_is_followed(app, client, made, link):
    followed = send(client, page_of(made), **typed(link)).location
    price = Queue(app.extensions["database"]).list()[0].job_id

    assert client.get(f"/en/lock-prices/{price}").location == followed
