"""A programme is kept with the reason for its goal; a scenario of it leaves out who is not in."""

from dataclasses import replace
from datetime import date

import pytest
from applicants import ACCEPTED, TODAY
from listings import NINGXIAN, listing
from sqlalchemy import insert, select
from store.decisions.offices import scenario, solved, staff

from impact.access import Actor, Role
from impact.catalog.listed.norms import read_norms
from impact.catalog.sample.load import load_sample
from impact.config import DATA
from impact.errors import BadInput, Conflict, Issue, Unknown
from impact.pipeline import link
from impact.programmes.document import Goal, MilestoneDocument, Names
from impact.programmes.dossier import Dossier
from impact.programmes.templates import drafted
from impact.store.audit import Sought, entries
from impact.store.catalogs import save_catalog
from impact.store.database import reading
from impact.store.decisions import enrolling, plans, programmes, scenarios
from impact.store.decisions.scenario_rows import TAKEN
from impact.store.lists.imports import IMPORTS
from impact.store.lists.listings import Listings

AN = Actor("an", "An", Role.COORDINATOR)
BUREAU = "宁县农业局"
REASON = "本期只验证渠道能否承接，下一期再以增收为目标。"
DRAFT = drafted(DATA, "mountain_goods", "hills", TODAY)
MISTAKEN = Goal(outcome=Names(zh="GMV 过亿", en="More income"), metric="gmv", target=1.0, by=TODAY)
APPLES = {
    "category": "fruit",
    "certificates": [{"kind": "green"}],
    "has_shop": True,
    "cold_chain": "ambient",
    "producer_type": "cooperative",
}


def with_goal(goal: Goal):
    return DRAFT.model_copy(update={"goal": goal})


def test_a_programme_comes_back_as_the_document_it_was(engine):
    enrolling.keep(engine, DRAFT, AN)

    assert enrolling.document_of(programmes.get(engine, "hills")) == DRAFT


def test_a_goal_that_is_a_process_metric_is_kept_only_with_its_reason_in_the_log(engine):
    with pytest.raises(BadInput, match="goal_is_process_metric"):
        enrolling.keep(engine, with_goal(MISTAKEN), AN)
    assert programmes.get(engine, "hills") is None

    enrolling.keep(engine, with_goal(MISTAKEN.model_copy(update={"reason": REASON})), AN)

    with reading(engine) as connection:
        (entry,) = entries(connection, Sought(subject="hills"))
    assert (entry.what, entry.reason) == ("programme.create", REASON)


def test_a_changed_programme_is_the_next_version(engine):
    enrolling.keep(engine, DRAFT, AN)
    changed = DRAFT.model_copy(update={"month": 11})

    assert enrolling.keep(engine, changed, AN, expected=1).version == 2
    with pytest.raises(Conflict):
        enrolling.keep(engine, DRAFT, AN, expected=1)


@pytest.fixture
def listed(engine):
    save_catalog(engine, replace(load_sample(DATA), products=(), producers=()))
    with engine.begin() as connection:
        told = {"file": "a.csv", "sha256": "a", "imported_at": "2026-09-01", "reading": {}, "counts": {}}
        connection.execute(insert(IMPORTS).values(import_id="an-import", partner=BUREAU, **told))
        for name in ("宁县新苹果", "宁县新杏"):
            Listings(connection, BUREAU).put([listing(name, NINGXIAN, **APPLES)], "an-import")
    enrolling.keep(engine, DRAFT, AN)
    return engine


@pytest.fixture
def ground():
    norms = read_norms(DATA)
    return lambda engine, records=None: enrolling.ground_of(engine, norms, records or {})


def test_a_scenario_leaves_out_who_is_not_in_and_says_why(listed, ground):
    version = programmes.get(listed, "hills")
    first, second = enrolling.enrolled_in(listed, version, TODAY, ground(listed)).joined.listing_of
    records = {first: Dossier(application=ACCEPTED)}

    scenario, enrolled = enrolling.begin(listed, "hills", TODAY, AN, ground(listed, records))

    catalog, question = scenarios.question(listed, scenario.scenario_id)
    assert question.excluded == {second: ("application_none",)}
    assert enrolled.programme.excluded == question.excluded
    with reading(listed) as connection:
        assert connection.execute(select(TAKEN.c.import_id)).scalars().all() == ["an-import"]
    assert (scenario.asked.period, question.month, scenario.programme_version) == ("2026-10", 10, 1)
    linked = {
        catalog.products[i].product_id
        for i in set(link(catalog, 10, question.excluded).links.product_of.tolist())
    }
    assert linked == {first}


def test_ids_are_the_same_each_time_and_of_this_database(listed, ground):
    version = programmes.get(listed, "hills")
    once, again = (enrolling.enrolled_in(listed, version, TODAY, ground(listed)) for _ in "ab")

    assert once.joined.listing_of.keys() == again.joined.listing_of.keys()


def test_a_programme_that_is_not_there_has_no_scenario(engine, ground):
    with pytest.raises(Unknown) as refusal:
        enrolling.begin(engine, "nothing", TODAY, AN, ground(engine))
    assert refusal.value.issues == (Issue("programme_unknown", params={"value": "nothing"}),)


BEGUN = MilestoneDocument(
    milestone_id="first",
    name=Names(zh="首单", en="First sales"),
    metric="first_sales",
    target=20.0,
    first=date(2020, 1, 1),
    due=date(2099, 1, 1),
)


def test_what_has_begun_is_measured_as_it_was_while_a_plan_is_published(engine):
    document = DRAFT.model_copy(update={"programme_id": "valley", "milestones": (BEGUN,)})
    enrolling.keep(engine, document, AN)
    otherwise = document.model_copy(update={"milestones": (BEGUN.model_copy(update={"baseline": 5.0}),)})
    assert enrolling.keep(engine, otherwise, AN, expected=1).version == 2

    maker, checker = staff(engine, "maker", Role.COORDINATOR), staff(engine, "checker", Role.APPROVER)
    plan = solved(engine, maker, scenario(engine, maker)).plan_id
    plans.propose(engine, plan, maker)
    plans.approve(engine, plan, checker)
    plans.publish(engine, plan, checker)

    with pytest.raises(BadInput, match="milestone_frozen"):
        enrolling.keep(engine, document, AN, expected=2)
    more = otherwise.model_copy(update={"milestones": (*otherwise.milestones,), "month": 11})
    assert enrolling.keep(engine, more, AN, expected=2).version == 3
