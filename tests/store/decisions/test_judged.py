"""Who is in is worked out once, and anew as soon as anything it stands on changes."""

from dataclasses import replace
from datetime import date

import pytest
from services import partner_of
from shelves import valley

from impact.access import SYSTEM, Role
from impact.catalog.listed.norms import read_norms
from impact.config import DATA
from impact.programmes.document import Names
from impact.programmes.dossier import Dossier, Stage
from impact.programmes.templates import blank
from impact.store import partners
from impact.store.catalogs import save_catalog
from impact.store.decisions import enrolling
from impact.store.decisions.applications import ApplicationStep, Move, move
from impact.store.decisions.judged import ELSEWHERE, Judged
from impact.store.decisions.records import put_records
from impact.store.edits.desk import NounDesk
from impact.store.edits.editions import EDITED
from impact.store.people.users import Post, add_user

ON = date(2026, 10, 1)


@pytest.fixture
def version(engine):
    save_catalog(engine, valley().graph.catalog)
    return enrolling.keep(engine, blank("hills", Names(zh="山货", en="Hills"), ON), SYSTEM)


@pytest.fixture
def judged(engine, version):
    return Judged(engine, enrolling.ground_of(engine, read_norms(DATA), {}))


def test_what_nobody_touched_is_judged_once(judged, version):
    assert judged.of_all(version, ON) is judged.of_all(version, ON)


def test_one_partner_and_another_day_are_judged_apart(engine, judged, version):
    partner_of(engine, "anji")

    found = judged.of_all(version, ON)

    assert judged.of_partner(version, ON, "anji") is not found
    assert judged.of_all(version, date(2026, 11, 1)) is not found


def test_whatever_the_log_tells_of_has_it_judged_anew(engine, judged, version):
    before = judged.of_all(version, ON)

    partners.create(engine, partners.Partner("new", "新", "New"), SYSTEM)

    assert judged.of_all(version, ON) is not before


def someone_added(engine):
    add_user(engine, "reader", Post(Role.VIEWER), who=SYSTEM)


def record_put(engine):
    put_records(engine, {"P05-1": Dossier(has_shop=True)}, SYSTEM)


def application_made(engine):
    move(engine, ["P05-1"], Move(ApplicationStep.APPLY, ON), SYSTEM)


@pytest.mark.parametrize("done", [someone_added, record_put, application_made])
def test_what_moves_neither_catalog_nor_lists_leaves_them_as_they_were_read(engine, judged, version, done):
    before = judged.of_all(version, ON)

    done(engine)

    after = judged.of_all(version, ON)
    assert after is not before
    assert after.joined is before.joined
    assert after.verdicts["P01-1"] is before.verdicts["P01-1"]


def test_records_and_applications_are_known_at_once(engine, judged, version):
    judged.of_all(version, ON)

    record_put(engine)
    application_made(engine)

    known = judged.of_all(version, ON).dossiers["P05-1"]
    assert (known.has_shop, known.application.stage(ON)) == (True, Stage.WAITS_FOR_COUNTY)


def test_an_edited_noun_is_read_anew(engine, judged, version):
    judged.of_all(version, ON)

    NounDesk(engine).change("producers", "P05", {"capacity": 9.0}, SYSTEM, expected=1)

    known = {each.producer_id: each for each in judged.of_all(version, ON).catalog.producers}
    assert known["P05"].capacity == 9


def test_a_catalog_put_where_none_was_is_judged(engine):
    version = enrolling.keep(engine, blank("hills", Names(zh="山货", en="Hills"), ON), SYSTEM)
    judged = Judged(engine, enrolling.ground_of(engine, read_norms(DATA), {}))
    assert not judged.of_all(version, ON).verdicts

    save_catalog(engine, valley().graph.catalog)

    assert judged.of_all(version, ON).verdicts


def test_nothing_that_moves_catalog_or_lists_counts_as_done_elsewhere():
    assert ELSEWHERE.isdisjoint({*EDITED.values(), "import", "interests", "partner", "retention", "backup"})


def test_a_catalog_put_in_its_place_is_judged(engine, judged, version):
    catalog = valley().graph.catalog
    before = judged.of_all(version, ON)

    save_catalog(engine, replace(catalog, products=catalog.products[:-1]))

    assert len(judged.of_all(version, ON).catalog.products) == len(before.catalog.products) - 1
