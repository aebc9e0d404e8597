"""Who is in is worked out once, and anew as soon as anything it stands on changes."""

from dataclasses import replace
from datetime import date

import pytest
from services import partner_of
from shelves import valley

from impact.access import SYSTEM
from impact.catalog.listed.norms import read_norms
from impact.config import DATA
from impact.programmes.document import Names
from impact.programmes.templates import blank
from impact.store import partners
from impact.store.catalogs import save_catalog
from impact.store.decisions import enrolling
from impact.store.decisions.judged import Judged

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


def test_a_catalog_put_in_its_place_is_judged(engine, judged, version):
    catalog = valley().graph.catalog
    before = judged.of_all(version, ON)

    save_catalog(engine, replace(catalog, products=catalog.products[:-1]))

    assert len(judged.of_all(version, ON).catalog.products) == len(before.catalog.products) - 1
