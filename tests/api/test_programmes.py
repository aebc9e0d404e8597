"""Programmes over HTTP, and the whole way from one to a published plan."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from api.refusals import refusal
from api.shelves import coordinating
from services import database, do_jobs, service, token_of
from shelves import valley

from impact.access import SYSTEM, Role
from impact.store.catalogs import save_catalog
from impact.store.decisions import programmes

TODAY = date.today()
BEGUN = {"programme_id": "hills", "start": "2026-10-01"}
UNMEASURED = {"reason": "Nobody has measured a baseline yet."}
MANY, NO_SCENARIO = "/api/v1/programmes", "/api/v1/scenarios/none"
BRANCH = {"period": "2026-10"}
DRAFTS = "/api/v1/programme-templates/mountain_goods/programmes"
HILLS = "/api/v1/programmes/hills"
OPEN = {
    "format": "impact-programme/1",
    "programme_id": "open",
    "name": {"zh": "人人都在", "en": "Everybody"},
    "month": 10,
}


@pytest.fixture(scope="module")
def known():
    """A client of a service that has one programme."""
    client = opened()
    client.post(DRAFTS, json=BEGUN)
    return client


@pytest.fixture
def client():
    return opened()


def opened(catalog=None):
    kept = database()
    save_catalog(kept, catalog or valley().graph.catalog)
    return coordinating(service(kept=kept))


@pytest.fixture
def scenario(client):
    """The address of a scenario that everybody is in."""
    return begun(client)


def begun(client):
    """Begin a scenario that everybody is in, and return its address."""
    client.post("/api/v1/programmes", json=OPEN)
    return client.post("/api/v1/programmes/open/scenarios", json={"on": "2026-10-05"}).headers["Location"]


def test_a_programme_is_begun_from_a_template_and_changed_by_who_saw_it(client):
    drafted = client.post(DRAFTS, json=BEGUN)
    seen = client.get(drafted.headers["Location"])
    document = seen.get_json()["document"] | {"seed": 7}
    changed = client.put(HILLS, json=document, headers={"If-Match": seen.headers["ETag"]})
    late = client.put(HILLS, json=document | {"seed": 8}, headers={"If-Match": seen.headers["ETag"]})

    assert (drafted.status_code, seen.get_json()["version"]) == (201, 1)
    assert (changed.get_json()["version"], changed.get_json()["changed"]) == (2, ["/seed"])
    assert late.status_code == 412
    assert [one["programme_id"] for one in client.get("/api/v1/programmes").get_json()["items"]] == ["hills"]
    assert "mountain_goods" in client.get("/api/v1/programme-templates").get_json()["items"]


@pytest.mark.parametrize(
    ("method", "address", "sent", "status", "told", "why"),
    [
        ("POST", MANY, OPEN | {"month": 13}, 422, ("field_too_large", "#/month"), "no such month"),
        (
            "POST",
            MANY,
            OPEN | {"programme_id": "a/b"},
            422,
            ("field_not_valid", "#/programme_id"),
            "no address",
        ),
        ("POST", MANY, OPEN | {"programme_id": "hills"}, 409, ("programme_taken", ""), "taken"),
        ("POST", DRAFTS, BEGUN, 409, ("programme_taken", ""), "begun before"),
        ("POST", DRAFTS, BEGUN | {"start": "2026-02-29"}, 422, ("field_not_valid", "#/start"), "no such day"),
        ("POST", DRAFTS.replace("mountain", "sea"), BEGUN, 404, None, "no such template"),
        ("PUT", HILLS, OPEN, 422, ("field_not_one_of", "#/programme_id"), "an id does not change"),
        ("PUT", HILLS.replace("hills", "open"), OPEN, 404, ("programme_unknown", ""), "not there"),
        ("POST", f"{MANY}/none/scenarios", {}, 404, ("programme_unknown", ""), "no such programme"),
        ("GET", f"{MANY}/none/eligibility", None, 404, ("programme_unknown", ""), "no such programme"),
        ("GET", f"{HILLS}/eligibility?on=2026-13-01", None, 422, ("field_not_valid", "on"), "no such day"),
        ("GET", NO_SCENARIO, None, 404, ("scenario_unknown", ""), "no such scenario"),
        ("POST", f"{NO_SCENARIO}/run", None, 404, ("scenario_unknown", ""), "no such scenario"),
        (
            "POST",
            f"{NO_SCENARIO}/branch",
            {"period": "2026-10"},
            404,
            ("scenario_unknown", ""),
            "no such scenario",
        ),
    ],
)
def test_what_cannot_be_is_refused(known, method, address, sent, status, told, why):
    answer = known.open(address, method=method, json=sent, headers={"If-Match": "*"})

    found, _, errors = refusal(answer)
    assert (found, errors) == (status, [told] if told else []), why


def region(*codes):
    return {"eligibility": [{"kind": "region", "any_of": codes}]}


def goal(**more):
    told = {"outcome": {"zh": "卖出", "en": "Sold"}, "metric": "first_sales", "target": 100.0}
    return {"goal": told | {"by": (TODAY + timedelta(60)).isoformat()} | more}


@pytest.mark.parametrize(
    ("sent", "told", "why"),
    [
        (region("513423", "513499"), ("region_not_one", "#/eligibility/0/any_of/1"), "no such code"),
        (region("盐源县"), ("region_not_one", "#/eligibility/0/any_of/0"), "a name, whose code is told"),
        (region("999999"), ("region_unknown", "#/eligibility/0/any_of/0"), "nothing is like it"),
        (goal(by="2020-01-01"), ("day_passed", "#/goal/by"), "its day is over"),
        (goal(baseline=200.0), ("target_not_above", "#/goal/target"), "it would become worse"),
        (goal(metric="nps_goods", target=200.0), ("figure_above_most", "#/goal/target"), "no such score"),
    ],
)
def test_what_cannot_be_meant_is_refused_where_it_is_new(client, sent, told, why):
    answer = client.post(MANY, json=OPEN | sent)

    status, _, errors = refusal(answer)
    assert (status, errors) == (422, [told]), why


def test_what_stood_before_is_not_refused_anew(client):
    over = goal(by="2020-01-01")["goal"] | {"baseline": None, "reason": ""}
    document = OPEN | {"goal": over} | region("100000")
    programmes.create(client.application.extensions["database"], "open", document, SYSTEM)

    answer = client.put(f"{MANY}/open", json=document | {"seed": 7}, headers={"If-Match": "*"})

    assert (answer.status_code, answer.get_json()["version"]) == (200, 2)


def test_an_id_that_does_not_change_is_told(known):
    answer = known.put(HILLS, json=OPEN, headers={"If-Match": "*", "Accept-Language": "en"})

    assert answer.get_json()["errors"][0]["detail"] == "“open” is not known; write hills."


def test_who_is_in_is_told_product_by_product_with_reasons(client):
    client.post(DRAFTS, json=BEGUN)

    first = client.get(f"{HILLS}/eligibility?on=2026-10-05&limit=5").get_json()
    rest = client.get(f"{HILLS}/eligibility?on=2026-10-05&limit=100&cursor={first['next']}").get_json()

    names = [line["product_id"] for line in (*first["items"], *rest["items"])]
    assert names == sorted(product.product_id for product in valley().graph.catalog.products)
    for line in first["items"]:
        assert line["eligible"] == all(found["met"] for found in line["findings"])
        assert all(found["code"] for found in line["findings"])


def test_a_scenario_is_asked_otherwise_until_it_is_run_then_branched(client, scenario):
    product, placement = "P03-1", valley().problem.placement_ids[0]
    lock = {"id": "mine", "kind": "lock", "product": product, "placement": placement, "at_most": 0.0}
    wanted = {"period": "2026-10", "seed": 3, "locks": [{"rule": lock, "reason": "Sold out."}]}

    changed = client.put(scenario, json=wanted, headers={"If-Match": '"1"'})
    ran = client.post(f"{scenario}/run")
    late = client.put(scenario, json=wanted, headers={"If-Match": "*"})
    branch = client.post(f"{scenario}/branch", json=wanted | {"note": "What if?"})

    assert (changed.get_json()["seed"], changed.get_json()["locks"][0]["reason"]) == (3, "Sold out.")
    assert (ran.status_code, late.status_code, branch.status_code) == (202, 409, 201)
    assert branch.get_json()["parent"] == scenario.rpartition("/")[2]
    assert branch.get_json()["notes"][0]["text"] == "What if?"
    listed = client.get("/api/v1/scenarios?programme_id=open").get_json()["items"]
    assert [one["parent"] for one in listed] == [scenario.rpartition("/")[2], None]


def test_a_scenario_that_nobody_is_in_is_not_run_and_the_reason_is_told(client):
    client.post("/api/v1/programmes", json=OPEN | {"eligibility": [{"kind": "region", "any_of": ["540000"]}]})
    scenario = client.post("/api/v1/programmes/open/scenarios", json={"on": "2026-10-05"}).headers["Location"]

    answer = client.post(f"{scenario}/run", headers={"Accept-Language": "en"})

    assert refusal(answer) == (422, "bad-input", [("nobody_eligible", "")])
    (told,) = answer.get_json()["errors"]
    num_products = len(valley().graph.catalog.products)
    assert told["params"] == {"count": num_products, "code": "region_out", "most": num_products}
    assert "outside the programme's regions" in told["detail"]
    assert client.get(scenario).get_json()["frozen_at"] is None


def test_a_lock_without_a_reason_is_refused(client, scenario):
    lock = {"id": "mine", "kind": "lock", "product": "a", "placement": "b"}
    for reason in ("", " "):
        wanted = {"period": "2026-10", "locks": [{"rule": lock, "reason": reason}]}
        answer = client.put(scenario, json=wanted, headers={"If-Match": "*"})
        assert refusal(answer) == (422, "bad-input", [("field_not_valid", "#/locks/0/reason")])


def test_from_a_programme_to_a_published_plan(sample):
    few = tuple(
        product for product in sample.products if product.producer_id == sample.producers[0].producer_id
    )
    client = opened(replace(sample, producers=sample.producers[:1], products=few))
    scenario, app = begun(client), client.application
    job = client.post(f"{scenario}/run?seconds=20").get_json()
    do_jobs(app)
    ended = client.get(f"/api/v1/jobs/{job['job_id']}").get_json()
    plan = f"/api/v1/plans/{ended['plan_id']}"
    states = []
    for step, role in (("propose", Role.COORDINATOR), ("approve", Role.APPROVER), ("publish", Role.APPROVER)):
        acting = {"Authorization": f"Bearer {token_of(app, role)}"}
        seen = client.get(f"{plan}/standing").headers["ETag"]
        answer = client.post(f"{plan}/{step}", json=UNMEASURED, headers={**acting, "If-Match": seen})
        states.append(answer.get_json()["state"])

    assert (ended["status"], ended["result"]) == ("succeeded", plan)
    assert client.get(plan).get_json()["status"] in ("optimal", "within_gap")
    assert states == ["proposed", "approved", "published"]
