"""A scenario is begun, changed within its sentences and run; each way out of a conflict is a scenario."""

import re
from dataclasses import replace

import pytest
from services import do_jobs, send, signed_in, user_of
from store.decisions.offices import scenario

from impact.access import Role
from impact.i18n import words
from impact.jobs.queue import Queue
from impact.model import Programme
from impact.store.audit import Sought, log_page
from impact.store.decisions import scenarios, standing
from impact.store.decisions.scenario import Asked, Inputs
from impact.store.decisions.scenarios import Origin
from impact.web.programmes.filled import today

PERIOD = "2026-10"
FLOOR = {"id": "floor", "kind": "group_floor", "group": {"tier": ["1", "2"]}, "share": 0.4}
EVERYONE = {"id": "everyone", "kind": "producer_floor", "of_capacity": 0.01}
EACH = {
    "id": "experience",
    "kind": "quality_floor",
    "by": "channel",
    "minimum": {"livestream": 0.7, "mall": 0.75},
}
CAP = {"id": "cap", "kind": "group_cap", "group": {"tier": ["1", "2"]}, "share": 0.1}


@pytest.fixture
def app(stocked):
    return stocked


@pytest.fixture
def client(app):
    return signed_in(app, Role.COORDINATOR)


def asking(app, *rules):
    asked = Asked(Programme("valley", "山谷示例", "Valley sample", 10, rules), PERIOD)
    return scenario(app.extensions["database"], user_of(app, Role.COORDINATOR).acting(), asked)


def page_of(made):
    return f"/en/scenarios/{made.scenario_id}"


def found(app, location):
    return scenarios.get(app.extensions["database"], location.rpartition("/")[2])


def rules(made):
    return {rule["id"]: rule for rule in made.asked.programme.rules}


@pytest.fixture
def solvable(app, sample):
    """Makes a scenario of some producers of the sample, under rules."""
    producers = sample.producers[:60]
    known = {producer.producer_id for producer in producers}
    products = tuple(product for product in sample.products if product.producer_id in known)
    inputs = Inputs(replace(sample, producers=producers, products=products))

    def make(*rules):
        asked = Asked(Programme("hills", "山货", "Hills", 10, rules), PERIOD)
        who = user_of(app, Role.COORDINATOR).acting()
        return scenarios.create(app.extensions["database"], Origin("hills", 1), asked, inputs, who)

    return make


def run(app, client, made, **fields):
    """Run a scenario, and return the page that follows it to what came of it."""
    followed = send(client, page_of(made), do="run", **fields).location
    do_jobs(app)
    return client.get(followed).location


def test_a_scenario_of_a_programme_is_begun_for_a_month(app, client):
    begun = {"template": "blank", "start": "2026-10-01", "programme_id": "hills", "name_zh": "山货"}
    programme = send(client, "/en/programmes/new", **begun).location

    location = send(client, programme, f"{programme}/scenarios", period=PERIOD).location

    assert found(app, location).asked.period == PERIOD
    assert location in client.get(programme).text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_scenario_says_what_its_programme_is_for(client, lang):
    begun = {"template": "crafts", "start": today().isoformat(), "programme_id": "hands"}
    programme = send(client, f"/{lang}/programmes/new", **begun).location

    page = client.get(send(client, programme, f"{programme}/scenarios", period=PERIOD).location).text

    outcome = {"zh": "技艺有人接着做", "en": "it is handed on"}[lang]
    assert re.search(
        rf"<p>{words('scenario.goal', lang, outcome='')}[^<]*{outcome} <a href=\"{programme}#goal\"", page
    )


def test_a_month_that_is_none_is_refused(app, client):
    begun = {"template": "blank", "start": "2026-10-01", "programme_id": "hills", "name_zh": "山货"}
    programme = send(client, "/en/programmes/new", **begun).location

    assert send(client, programme, f"{programme}/scenarios", period="soon").status_code == 400


def test_the_numbers_of_a_sentence_stand_in_it_to_be_set(app, client):
    page = client.get(page_of(asking(app, FLOOR))).text

    assert re.search(r'name="floor\.share"[^>]* value="40"', page)


TOLD = (
    (FLOOR, "优先县至少占全部曝光的 40%。", "Priority counties: at least 40% of all exposure."),
    (CAP | {"share": 0.9}, "优先县最多占全部曝光的 90%。", "Priority counties: at most 90% of all exposure."),
    (
        EVERYONE,
        "每个商家至少得到自身产能 1% 的曝光（在能触达的范围内）。",
        "Every producer gets exposure for at least 1% of its capacity, as far as it can be reached.",
    ),
    (
        EACH,
        "展示商品的平均质量不低于：直播 70%、商城 75%。",
        "The mean quality of what is shown is at least: Livestream 70%, Mall 75%.",
    ),
    (
        {"id": "most", "kind": "placement_cap", "share": 0.6},
        "任何一个商家最多占一个展位的 60%。",
        "No producer gets more than 60% of any placement.",
    ),
    (
        {"id": "parity", "kind": "group_ratio", "by": "type", "minimum": 0.1},
        "按类型比较，谁得到的曝光（按产能计）都不低于得到最多者的 10%。",
        "By type, nobody gets less than 10% of what the best served get for their capacity.",
    ),
    (
        {"id": "level", "kind": "max_min", "share": 0.5},
        "按产能，每个商家至少得到所有人能同时达到的最好水平的 50%。",
        "Everybody gets at least 50% of the best level, for its capacity, at which all can be held.",
    ),
    (
        {"id": "crafts", "kind": "group_floor", "group": {"type": "craft"}, "at_least": 100.0},
        "手艺作坊至少得到 100 次曝光。",
        "Craft workshops: at least 100 exposures.",
    ),
)


def test_every_kind_of_rule_is_told_in_a_sentence(app, client):
    made = asking(app, *(rule for rule, _, _ in TOLD))

    zh, en = (client.get(f"/{lang}/scenarios/{made.scenario_id}").text for lang in ("zh", "en"))

    for rule, in_zh, in_en in TOLD:
        assert (in_zh in zh, in_en in en) == (True, True), rule["id"]


def test_what_is_changed_is_a_child_and_the_scenario_stays(app, client):
    made = asking(app, FLOOR)

    child = found(app, send(client, page_of(made), **{"floor.share": "45.5", "note": "try"}).location)

    assert rules(child)["floor"]["share"] == 0.455
    assert (child.parent, child.notes[0].text) == (made.scenario_id, "try")
    assert rules(found(app, page_of(made)))["floor"]["share"] == 0.4


def test_a_limit_for_each_channel_is_set_channel_by_channel(app, client):
    made = asking(app, EACH)
    page = client.get(page_of(made)).text
    assert re.search(
        r'name="experience\.minimum\.livestream"[^>]* value="70" aria-label="Livestream – ', page
    )

    child = found(app, send(client, page_of(made), **{"experience.minimum.mall": "72.5"}).location)

    assert rules(child)["experience"] == EACH | {"minimum": {"livestream": 0.7, "mall": 0.725}}
    assert send(client, page_of(made), **{"experience.minimum.mall": "75"}).location == page_of(made)


def test_a_limit_for_each_channel_beyond_all_is_refused_at_its_field(app, client):
    answer = send(client, page_of(asking(app, EACH)), **{"experience.minimum.mall": "101"})

    assert answer.status_code == 422
    assert re.search(r'name="experience\.minimum\.mall"[^>]* aria-invalid="true"', answer.text)


def test_what_is_not_changed_makes_no_child(app, client):
    made = asking(app, FLOOR)

    assert send(client, page_of(made), **{"floor.share": "40"}).location == page_of(made)


def test_rules_are_taken_away_and_added(app, client):
    made = asking(app, FLOOR)
    fields = {"new-cap.group": "size=head", "new-cap.share": "15", "new-everyone.of_capacity": "3"}

    child = found(app, send(client, page_of(made), remove="floor", **fields).location)

    assert list(rules(child).values()) == [
        {"id": "cap", "kind": "group_cap", "group": {"size": ["head"]}, "share": 0.15},
        {"id": "everyone", "kind": "producer_floor", "of_capacity": 0.03},
    ]


def test_a_rule_that_is_added_takes_a_name_that_is_free(app, client):
    made = asking(app, FLOOR)

    fields = {"new-floor.group": "tier=1", "new-floor.share": "5"}
    child = found(app, send(client, page_of(made), **fields).location)

    assert list(rules(child)) == ["floor", "floor-2"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("floor.share", "120"),  # more than all
        ("floor.share", "-1"),
        ("floor.share", "nan"),
        ("floor.share", ""),
        ("new-dominance.share", "lots"),
    ],
)
def test_a_number_that_cannot_be_is_refused_at_its_field_and_kept_there(app, client, field, value):
    answer = send(client, page_of(asking(app, FLOOR)), **{field: value, "note": "mine"})

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert 'value="mine"' in answer.text


def test_a_rule_for_a_group_wants_the_group(app, client):
    answer = send(client, page_of(asking(app)), **{"new-floor.share": "5"})

    assert (answer.status_code, 'href="#new-floor.group"' in answer.text) == (422, True)


def test_running_what_was_changed_leads_to_what_came_of_it_beside_its_sentences(app, client, solvable):
    location = run(app, client, solvable(FLOOR), **{"floor.share": "5"})

    child = found(app, location)
    plan = standing.newest(app.extensions["database"], standing.Sought(scenario_id=child.scenario_id))
    assert location == page_of(child)
    assert rules(child)["floor"]["share"] == 0.05
    assert f'href="/en/plans/{plan.plan_id}" role="button"' in client.get(location).text
    job = Queue(app.extensions["database"]).list()[0]
    assert client.get(f"/en/conflicts/{job.job_id}").status_code == 404
    assert words("job_kind.run_scenario", "en") in client.get("/en/jobs").text


def logged_last(app):
    return log_page(app.extensions["database"], Sought(what="scenario.create"))[0].reason


def test_enter_in_a_sentence_solves(app, client):
    """The first button of a form is what Enter presses."""
    form = client.get(page_of(asking(app, FLOOR))).text.partition('class="asking"')[2]

    assert re.search(r"<button [^>]*>", form)[0] == '<button name="do" value="run">'


def test_a_conflict_is_told_in_sentences_and_each_way_out_is_a_scenario(app, client, solvable):
    conflict = run(app, client, solvable(FLOOR, CAP, EVERYONE))

    page = client.get(conflict).text
    assert "Priority counties: at least 40% of all exposure." in page
    assert "Priority counties: at most 10% of all exposure." in page
    without = found(app, send(client, conflict, way="without:cap", reason="the cap was last year's").location)
    assert list(rules(without)) == ["floor", "everyone"]
    assert "the cap was last year&#39;s" in client.get(page_of(without)).text
    assert logged_last(app) == "the cap was last year's"
    eased = found(app, send(client, conflict, way="least_change").location)
    assert rules(eased)["floor"]["share"] - rules(eased)["cap"]["share"] < 1e-6
    assert run(app, client, eased) == page_of(eased)
    for way in ("", "without:none", "other"):
        assert send(client, conflict, way=way).status_code == 400


def test_who_reads_is_offered_no_change(app):
    page = signed_in(app, Role.VIEWER).get(page_of(asking(app, FLOOR))).text

    assert "floor.share" not in page
    assert "40%" in page


@pytest.mark.parametrize("address", ["/en/scenarios/none", "/en/conflicts/none"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404
