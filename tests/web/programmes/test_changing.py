"""A programme is changed part by part, each change with its reason, and what was is kept."""

import re
from datetime import timedelta
from html import unescape

import pytest
from services import database, send, service, signed_in, user_of
from shelves import valley
from store.decisions.offices import solved

from impact.access import SYSTEM, Role
from impact.i18n import LANGS, label, words
from impact.store.audit import Sought, entries
from impact.store.catalogs import save_catalog
from impact.store.database import reading
from impact.store.decisions import enrolling, plans, programmes, scenarios
from impact.store.decisions.scenario import Asked, Inputs
from impact.store.decisions.scenarios import Origin
from impact.web.programmes.filled import today

WHY = "第一期的达人不够"
START, LATER = today() - timedelta(20), today() + timedelta(60)
"""The programme has begun, and nothing of it is due yet."""
BEGIN = {"template": "mountain_goods", "start": START.isoformat(), "programme_id": "hills"}
PARTS = ("method", "criteria", "quotas", "milestones")
FIELD = re.compile(r"<(?:input|select|textarea)\b[^>]*>")


@pytest.fixture
def app():
    kept = database()
    save_catalog(kept, valley().graph.catalog)
    return service(kept=kept)


@pytest.fixture
def client(app):
    made = signed_in(app, Role.COORDINATOR)
    send(made, "/en/programmes/new", **BEGIN)
    return made


@pytest.fixture
def running(app, client):
    """Has a plan of the programme published."""
    kept, maker = app.extensions["database"], user_of(app, Role.COORDINATOR).acting()
    asked = Asked(valley().programme, "2026-10")
    made = scenarios.create(kept, Origin("hills", 1), asked, Inputs(valley().graph.catalog), maker)
    plan = solved(kept, maker, made).plan_id
    for step, who in ((plans.propose, maker), (plans.approve, SYSTEM), (plans.publish, SYSTEM)):
        step(kept, plan, who)


def document(app):
    return enrolling.document_of(programmes.get(app.extensions["database"], "hills"))


def page_of(part, lang="en"):
    return f"/{lang}/programmes/hills/{part}"


def fields_of(page):
    """What a browser would send of the form on a page, as lists by name."""
    found: dict[str, list[str]] = {}
    for tag in FIELD.findall(page):
        name, value = (re.search(rf' {each}="([^"]*)"', tag) for each in ("name", "value"))
        if name and ("checkbox" not in tag or " checked" in tag):
            found.setdefault(name[1], []).append(value[1] if value else "")
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        found[name] = [chosen[1]]
    return found


def change(client, part, reason=WHY, without=(), **fields):
    """Send the form of a part as it stands, but for some fields."""
    filled = fields_of(client.get(page_of(part)).text)
    filled = {name: values for name, values in filled.items() if name not in (*without, "csrf_token")}
    return send(client, page_of(part), **filled | {"reason": reason} | fields)


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


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("盐原县", "513423 四川省凉山彝族自治州盐源县"),  # a slip of the hand
        ("朝阳区", "220104 吉林省长春市朝阳区"),  # two of one name
        ("513499", "513429"),  # a code that nobody bears
    ],
)
def test_what_is_no_region_is_refused_with_the_nearest_and_stays_in_its_field(client, lang, typed, told):
    rows = re.findall(r'name="(c\d+)\.kind" value="(\w+)"', client.get(page_of("criteria")).text)
    row = next(row for row, each in rows if each == "region")
    filled = fields_of(client.get(page_of("criteria", lang)).text)
    filled |= {f"{row}.asked": ["1"], f"{row}.text": [f"云南 {typed}"], "reason": [WHY]}

    answer = send(client, page_of("criteria", lang), **filled | {"csrf_token": ""})

    said = unescape(answer.text)
    assert answer.status_code == 422
    assert re.search(rf'<a href="#{row}\.text">[^<]*{typed}[^<]*{told}', said)
    assert f'value="云南 {typed}"' in said


def test_a_criterion_that_names_nothing_is_refused(client):
    rows = re.findall(r'name="(c\d+)\.kind" value="(\w+)"', client.get(page_of("criteria")).text)
    row = next(row for row, each in rows if each == "tier")

    answer = change(client, "criteria", **{f"{row}.asked": "1"})

    assert (answer.status_code, f'href="#{row}"' in answer.text) == (422, True)


@pytest.mark.parametrize(("name", "value"), [("c0.kind", "other"), ("c0.value", "x"), ("c0.type", "x")])
def test_what_no_form_offers_is_refused(client, name, value):
    assert change(client, "criteria", **{name: value}).status_code == 400


QUOTAS = {
    "new-floor.group": "type=craft",
    "new-floor.share": "12.5",
    "new-most.group": "size=head",
    "new-most.at_most": "2,000,000",
    "new-quality.minimum": "70",
}


@pytest.mark.parametrize("lang", LANGS)
def test_quotas_and_rules_are_sentences_with_their_numbers_in_them(client, lang):
    page = client.get(page_of("quotas", lang)).text

    fields = fields_of(page)
    assert fields["priority-counties.share"] == ["40"]
    assert fields["everyone.of_capacity"] == ["3"]
    assert fields["new-least.at_least"] == [""]
    assert words("scenario.add_lede", lang) in page


def test_quotas_change_are_taken_away_and_added_as_quotas_and_rules_as_rules(app, client):
    answer = change(client, "quotas", **{"priority-counties.share": "45", "remove": ["everyone"], **QUOTAS})

    assert answer.location == "/en/programmes/hills#quotas"
    told = document(app)
    assert [(quota.id, quota.least_share, quota.most) for quota in told.quotas] == [
        ("priority-counties", 0.45, None),
        ("floor", 0.125, None),
        ("most", None, 2e6),
    ]
    assert told.quotas[1].group == {"type": ("craft",)}
    assert [rule["id"] for rule in told.rules] == ["dominance", "no-giants", "quality"]
    page = client.get("/en/programmes/hills").text
    assert words("programme_part.quotas", "en") in page
    assert WHY in page


def test_a_new_scenario_starts_from_the_quotas_as_they_are_by_then(app, client):
    change(client, "quotas", **{"priority-counties.share": "45"})

    location = send(
        client, "/en/programmes/hills", "/en/programmes/hills/scenarios", period="2026-12"
    ).location

    made = scenarios.get(app.extensions["database"], location.rpartition("/")[2])
    assert made.asked.programme.rules[0] == {
        "id": "priority-counties",
        "kind": "group_floor",
        "group": {"tier": ["1", "2"]},
        "share": 0.45,
    }


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"priority-counties.share": "120"}, "priority-counties.share"),  # more than all
        ({"priority-counties.share": ""}, "priority-counties.share"),  # it would be no quota
        ({"new-least.group": "tier=1", "new-least.at_least": "many"}, "new-least.at_least"),
        ({"new-floor.share": "10"}, "new-floor.group"),  # for nobody
        ({"new-floor.share": "10", "new-floor.group": "tier=9"}, "new-floor.group"),  # for nobody known
    ],
)
def test_a_quota_that_cannot_be_is_refused_at_its_field_and_nothing_typed_is_lost(app, client, fields, field):
    before = document(app)

    answer = change(client, "quotas", **fields | {"new-dominance.share": "33"})

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}"' in answer.text
    assert fields_of(answer.text)["new-dominance.share"] == ["33"]
    assert document(app) == before


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


@pytest.mark.parametrize(
    ("part", "fields", "field"),
    [
        ("milestones", {"m2.due": "2020-02-01", "m2.first": "2020-01-01"}, "m2.due"),  # it is over
        ("milestones", {"m1.gone": "1", "m2.target": "-20"}, "m2.target"),  # it would become worse
        ("milestones", {"m2.target": "400"}, "m2.target"),  # no net promoter score
        ("milestones", {"m0.baseline": "-1"}, "m0.baseline"),  # no count
        ("method", {"first": "2020-01-01", "last": "2020-02-01"}, "last"),  # it is over, too
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(app, client, part, fields, field):
    before = document(app)

    answer = change(client, part, **fields)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert document(app) == before


def test_where_a_day_has_passed_all_else_can_still_be_changed(app, client):
    kept, told = app.extensions["database"], document(app)
    gone = today() - timedelta(1)
    steps = tuple(each.model_copy(update={"due": gone}) for each in told.milestones)
    over = told.model_copy(update={"milestones": steps, "goal": told.goal.model_copy(update={"by": gone})})
    programmes.change(kept, "hills", over.model_dump(mode="json"), SYSTEM, expected=1)

    assert change(client, "milestones", **{"m0.target": "250"}).status_code == 303
    assert change(client, "method", **{"budget.field": "1"}).status_code == 303
    assert document(app).milestones[0].target == 250


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
