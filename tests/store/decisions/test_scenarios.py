"""A scenario freezes its inputs: what moves later changes nothing, and its run can be run again."""

from dataclasses import replace

import numpy as np
import pytest
from shelves import valley
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from store.decisions.offices import PERIOD, WHOLE, scenario

from impact.access import SYSTEM, Actor, Role
from impact.bundles.read import read_bundle
from impact.catalog.sample.load import load_sample
from impact.commands.demo import PROGRAMME, write_sample
from impact.config import DATA
from impact.errors import BadInput, Conflict, Unknown
from impact.matching.solve import Limits, solve
from impact.pipeline import run, with_belts
from impact.programmes.reading import read_programme
from impact.store.audit import Sought, entries
from impact.store.catalogs import load_catalog, save_catalog
from impact.store.database import reading
from impact.store.decisions import scenarios
from impact.store.decisions.scenario import Asked, Inputs, Lock
from impact.store.decisions.scenario_rows import SCENARIOS
from impact.store.decisions.scenarios import Origin
from impact.store.paging import Part
from impact.store.solved.snapshots import SNAPSHOTS

AN = Actor("an", "An", Role.COORDINATOR)
PIN = Lock({"id": "pin-2", "kind": "lock", "product": "P01-1", "placement": "x", "at_most": 5}, "已售罄")
LOWER = replace(WHOLE, programme=replace(WHOLE.programme, seed=8))


def test_a_scenario_comes_back_as_it_was_made(engine):
    made = scenario(engine, AN, replace(WHOLE, locks=(PIN,)), note="第一稿")

    found = scenarios.get(engine, made.scenario_id)
    assert found == made
    assert (found.made_by, found.version, found.frozen_at, found.parent) == ("an", 1, None, None)
    assert [(note.text, note.who) for note in found.notes] == [("第一稿", "an")]
    assert scenarios.get(engine, "nothing") is None


def test_what_moves_in_the_catalog_later_changes_no_scenario(engine):
    catalog = valley().graph.catalog
    save_catalog(engine, catalog)
    made = scenario(engine, AN)

    save_catalog(engine, replace(catalog, products=()))

    assert load_catalog(engine).products == ()
    assert scenarios.question(engine, made.scenario_id) == (catalog, WHOLE.question)


@pytest.mark.slow
def test_a_frozen_run_gives_the_same_plan_again_and_so_does_its_bundle(engine, tmp_path):
    catalog = with_belts(load_sample(DATA))
    programme = read_programme(PROGRAMME)
    asked = Asked(programme, "2026-10")
    made = scenarios.create(engine, Origin("demo", 1), asked, Inputs(catalog), AN)

    first, again = (run(*scenarios.question(engine, made.scenario_id)) for _ in range(2))
    write_sample(first, Limits(), tmp_path)
    bundle = read_bundle(tmp_path / "bundle")
    rerun = solve(bundle.problem, bundle.rules)

    assert first.plan_id == again.plan_id
    assert np.array_equal(first.plan.exposure, again.plan.exposure)
    assert rerun.worth == pytest.approx(first.plan.worth)


def test_the_question_is_asked_in_the_month_of_the_period_with_the_locks_that_hold_in_it(engine):
    gone = Lock({"id": "old", "kind": "lock", "product": "P01-1", "placement": "x"}, "上月", until="2026-10")
    asked = Asked(valley().programme, "2026-11", (PIN, gone))

    _, question = scenarios.question(engine, scenario(engine, AN, asked).scenario_id)

    assert question.month == 11
    assert [rule["id"] for rule in question.rules][-1] == "pin-2"
    assert len(question.rules) == len(valley().programme.rules) + 1


def test_what_is_asked_changes_until_it_is_frozen(engine):
    made = scenario(engine, AN)

    changed = scenarios.change(engine, made.scenario_id, LOWER, AN, expected=1, note="换种子")
    assert (changed.version, changed.asked, changed.catalog) == (2, LOWER, made.catalog)

    frozen = scenarios.freeze(engine, made.scenario_id, AN)
    assert scenarios.freeze(engine, made.scenario_id, AN) == frozen
    with pytest.raises(Conflict, match="scenario_frozen"):
        scenarios.change(engine, made.scenario_id, WHOLE, AN, expected=2)
    assert scenarios.get(engine, made.scenario_id).asked == LOWER


def test_a_change_of_what_somebody_else_changed_meanwhile_is_refused(engine):
    made = scenario(engine, AN)
    scenarios.change(engine, made.scenario_id, LOWER, AN, expected=1)

    with pytest.raises(Conflict, match="version_moved"):
        scenarios.change(engine, made.scenario_id, WHOLE, AN, expected=1)


def test_a_branch_asks_something_else_of_the_same_inputs(engine):
    made = scenarios.freeze(engine, scenario(engine, AN).scenario_id, AN)

    child = scenarios.branch(engine, made.scenario_id, LOWER, SYSTEM, note="如果")

    assert (child.parent, child.catalog, child.asked) == (made.scenario_id, made.catalog, LOWER)
    assert (child.made_by, child.version, child.frozen_at) == ("system", 1, None)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (replace(WHOLE, period="10"), "period_not_valid"),
        (replace(WHOLE, period="2026-13"), "period_not_valid"),
        (replace(WHOLE, locks=(replace(PIN, reason=" "),)), "reason_missing"),
        (replace(WHOLE, locks=(replace(PIN, until="soon"),)), "period_not_valid"),
        (replace(WHOLE, locks=(replace(PIN, rule={"id": "x", "kind": "churn"}),)), "lock_not_valid"),
    ],
)
def test_what_cannot_be_asked_is_refused(engine, asked, code):
    with pytest.raises(BadInput, match=code):
        scenario(engine, AN, asked)
    assert scenarios.listed(engine, Part()).items == ()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda engine: scenarios.change(engine, "nothing", WHOLE, AN, expected=1),
        lambda engine: scenarios.branch(engine, "nothing", WHOLE, AN),
        lambda engine: scenarios.freeze(engine, "nothing", AN),
        lambda engine: scenarios.question(engine, "nothing"),
    ],
)
def test_an_unknown_scenario_is_said_to_be_unknown(engine, attempt):
    with pytest.raises(Unknown, match="scenario_unknown"):
        attempt(engine)


def test_scenarios_are_listed_the_newest_first_page_by_page(engine):
    made = [scenario(engine, AN).scenario_id for _ in range(3)]

    first = scenarios.listed(engine, Part(limit=2), programme_id="valley")
    rest = scenarios.listed(engine, Part(limit=2, after=first.next), programme_id="valley")

    assert [each.scenario_id for each in (*first.items, *rest.items)] == made[::-1]
    assert (rest.next, scenarios.listed(engine, Part(), programme_id="other").items) == (None, ())


def test_inputs_that_were_tampered_with_are_not_believed(engine):
    made = scenario(engine, AN)
    with engine.begin() as connection:
        connection.execute(update(SNAPSHOTS).values(body=b"something else"))

    with pytest.raises(ValueError, match="tampered"):
        scenarios.question(engine, made.scenario_id)


def test_a_scenario_and_what_it_froze_are_never_deleted(engine):
    scenario(engine, AN)

    for table in (SCENARIOS, SNAPSHOTS):
        with pytest.raises(DBAPIError, match="kept for good"), engine.begin() as connection:
            connection.execute(delete(table))


def test_every_change_is_in_the_log_with_what_was_asked(engine):
    made = scenario(engine, AN)
    scenarios.change(engine, made.scenario_id, LOWER, AN, expected=1, note="why")

    with reading(engine) as connection:
        changed, created = entries(connection, Sought(subject=made.scenario_id))
    assert (created.what, changed.what, changed.reason) == ("scenario.create", "scenario.change", "why")
    assert f'"period":"{PERIOD}"' in created.after
    assert ('"seed":7' in changed.before, '"seed":8' in changed.after) == (True, True)
