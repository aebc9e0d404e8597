"""A programme is changed part by part, each change with its reason, and what was is kept."""

import re

import pytest
from services import signed_in, user_of
from shelves import valley
from store.decisions.offices import solved
from web.programmes.changes import LATER, START, WHY, change, document, fields_of, page_of

from impact.access import SYSTEM, Role
from impact.i18n import LANGS, label, words
from impact.store.audit import Sought, entries
from impact.store.database import reading
from impact.store.decisions import plans, programmes, scenarios
from impact.store.decisions.scenario import Asked, Inputs
from impact.store.decisions.scenarios import Origin

PARTS = ("method", "criteria", "quotas", "milestones")


@pytest.fixture
def running(app, client):
    """Has a plan of the programme published."""
    kept, maker = app.extensions["database"], user_of(app, Role.COORDINATOR).acting()
    asked = Asked(valley().programme, "2026-10")
    made = scenarios.create(kept, Origin("hills", 1), asked, Inputs(valley().graph.catalog), maker)
    plan = solved(kept, maker, made).plan_id
    for step, who in ((plans.propose, maker), (plans.approve, SYSTEM), (plans.publish, SYSTEM)):
        step(kept, plan, who)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("lang", LANGS)
def test_each_part_has_a_form_that_says_what_stands(client, part, lang):
    page = client.get(page_of(part, lang)).text

    assert words(f"programme.change.{part}", lang) in page
    assert page_of(part, lang) in client.get(f"/{lang}/programmes/hills").text


@pytest.mark.parametrize("part", PARTS)
def test_a_form_that_is_sent_as_it_stands_changes_nothing(app, client, part):
    before = document(app)

    assert change(client, part).location == f"/en/programmes/hills#{part}"

    assert document(app) == before


@pytest.mark.parametrize("part", PARTS)
def test_no_part_changes_without_a_reason(app, client, part):
    answer = change(client, part, reason=" ")

    assert answer.status_code == 422
    assert 'href="#reason"' in answer.text


def test_the_method_changes_and_what_was_is_kept_with_the_reason(app, client):
    fields = {"budget.alliance": "1,500", "budget.top_kol": "", "exposures": "2000000"}

    change(client, "method", last=LATER.isoformat(), **fields)

    method = document(app).method
    assert {each.track: each.budget for each in method.tracks} == {
        "field": 300,
        "alliance": 1500,
        "campaign": 12,
    }
    assert (method.exposures, method.window.last.isoformat()) == (2e6, LATER.isoformat())
    with reading(app.extensions["database"]) as connection:
        newest = entries(connection, Sought(subject="hills", what="programme.change"))[0]
    assert newest.reason == WHY
    page = client.get("/en/programmes/hills").text
    assert WHY in page
    assert words("programme_part.method", "en") in page
    old = client.get("/en/programmes/hills?version=1").text
    assert words("programme.is_old", "en", version=1) in old
    assert words("programme.budget.alliance", "en", budget=120) in old


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("budget.field", "many"),
        ("budget.field", "-1"),
        ("exposures", "nan"),
        ("first", "soon"),
        ("first", ""),  # one end alone
        ("last", "2025-01-01"),  # before it begins
    ],
)
def test_a_method_that_cannot_be_is_refused_at_its_field(app, client, field, value):
    before = document(app)

    answer = change(client, "method", **{field: value})

    assert answer.status_code == 422
    assert re.search(rf'href="#({field}|last)"', answer.text)
    assert document(app) == before


def test_criteria_are_dropped_added_and_changed(app, client):
    page = client.get(page_of("criteria")).text
    rows = dict(re.findall(r'name="(c\d+)\.kind" value="(\w+)"', page))
    of = {kind: row for row, kind in rows.items()}

    change(
        client,
        "criteria",
        without=(f"{of['logistics']}.asked",),
        **{
            f"{of['category']}.value": ["tea", "nut"],
            f"{of['contact']}.asked": "1",
            f"{of['region']}.asked": "1",
            f"{of['region']}.text": "云南、620000",
            f"{of['nps']}.text": "20",
        },
    )

    asked = {each.kind: each.model_dump() for each in document(app).eligibility}
    assert "logistics" not in asked
    assert asked["category"]["any_of"] == ("tea", "nut")
    assert set(asked["region"]["any_of"]) == {"530000", "620000"}
    assert (asked["nps"]["at_least"], "contact" in asked) == (20, True)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [("nps", "text", "much"), ("nps", "text", "101"), ("region", "text", "火星"), ("region", "text", "")],
)
def test_a_criterion_that_cannot_be_is_refused_at_its_field(app, client, kind, field, value):
    rows = re.findall(r'name="(c\d+)\.kind" value="(\w+)"', client.get(page_of("criteria")).text)
    row = next(row for row, each in rows if each == kind)

    answer = change(client, "criteria", **{f"{row}.asked": "1", f"{row}.{field}": value})

    assert answer.status_code == 422
    assert f'href="#{row}.{field}"' in answer.text


def test_a_criterion_that_names_nothing_is_refused(client):
    rows = re.findall(r'name="(c\d+)\.kind" value="(\w+)"', client.get(page_of("criteria")).text)
    row = next(row for row, each in rows if each == "tier")

    answer = change(client, "criteria", **{f"{row}.asked": "1"})

    assert (answer.status_code, f'href="#{row}"' in answer.text) == (422, True)


@pytest.mark.parametrize(("name", "value"), [("c0.kind", "other"), ("c0.value", "x"), ("c0.type", "x")])
def test_what_no_form_offers_is_refused(client, name, value):
    assert change(client, "criteria", **{name: value}).status_code == 400


def test_milestones_are_added_moved_and_taken_away(app, client):
    new = {"m3.zh": "用工", "m3.metric": "jobs", "m3.target": "30", "m3.first": START.isoformat()}

    change(client, "milestones", **{"m0.target": "250", "m1.gone": "1", **new, "m3.due": LATER.isoformat()})

    kept = {each.milestone_id: each for each in document(app).milestones}
    assert set(kept) == {"first-sales", "goods-nps", "milestone-1"}
    assert kept["first-sales"].target == 250
    assert (kept["milestone-1"].metric, kept["milestone-1"].name.en) == ("jobs", "用工")


@pytest.mark.parametrize(
    ("name", "value"),
    [("zh", ""), ("target", ""), ("target", "x"), ("baseline", "nan"), ("first", ""), ("due", "2025-09-01")],
)
def test_a_milestone_that_cannot_be_is_refused_at_its_field(client, name, value):
    answer = change(client, "milestones", **{"m0.en": "", f"m0.{name}": value})

    assert (answer.status_code, f'href="#m0.{name}"' in answer.text) == (422, True)


def test_a_metric_that_there_is_not_is_refused(client):
    assert change(client, "milestones", **{"m0.metric": "fame"}).status_code == 400


@pytest.mark.usefixtures("running")
def test_what_has_begun_says_that_it_is_frozen_and_is(app, client):
    before = document(app)

    answer = change(client, "milestones", **{"m0.baseline": "50"})

    assert answer.status_code == 422
    assert words("programme.milestone_begun", "en") in client.get(page_of("milestones")).text
    assert words("issue.milestone_frozen", "en", value="first-sales") in answer.text.replace("&#34;", '"')
    assert document(app) == before


def test_a_goal_that_reads_like_a_method_is_flagged_again_whatever_changes(app, client):
    kept = app.extensions["database"]
    told = document(app)
    goal = told.goal.model_copy(update={"metric": "gmv", "reason": ""})
    mistaken = told.model_copy(update={"goal": goal})
    programmes.change(kept, "hills", mistaken.model_dump(mode="json"), SYSTEM, expected=1)

    answer = change(client, "method", **{"budget.field": "1"})

    assert answer.status_code == 422
    assert words("issue.goal_is_process_metric", "en", found=label("metric", "gmv", "en")) in answer.text


def test_a_form_of_an_older_version_overwrites_nothing(app, client):
    change(client, "method", **{"budget.field": "1"})

    answer = change(client, "method", version="1", **{"budget.field": "2"})

    assert answer.status_code == 422
    assert document(app).method.tracks[0].budget == 1
    assert words("programme.moved", "en", version=2) in answer.text
    assert fields_of(answer.text)["version"] == ["2"]
    assert fields_of(answer.text)["budget.field"] == ["2"]


def test_who_is_told_of_something_else_still_has_not_seen_the_newer_version(client):
    change(client, "method", **{"budget.field": "1"})

    answer = change(client, "method", version="1", reason=" ", **{"budget.field": "2"})

    assert words("issue.change_reason_missing", "en") in answer.text
    assert fields_of(answer.text)["version"] == ["1"]


def test_who_reads_can_change_nothing(app, client):
    viewer = signed_in(app, Role.VIEWER)

    assert viewer.get(page_of("method")).status_code == 403
    assert page_of("method") not in viewer.get("/en/programmes/hills").text


@pytest.mark.parametrize("address", ["hills/other", "none/method", "hills?version=9"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(f"/en/programmes/{address}").status_code == 404
