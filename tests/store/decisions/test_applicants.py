"""Who offers what by now, and how far each application is."""

from dataclasses import replace
from datetime import date

import pytest
from applicants import TODAY
from listings import NINGXIAN, listing
from sqlalchemy import insert
from valleys import SOUTH, maker, tea

from impact.access import Actor, Role
from impact.catalog.listed.norms import read_norms
from impact.config import DATA
from impact.errors import Conflict, Issue, Unknown
from impact.programmes.dossier import Stage
from impact.store.catalogs import save_catalog
from impact.store.decisions.applicants import Applicants
from impact.store.decisions.applications import ApplicationStep, Move
from impact.store.lists.imports import IMPORTS
from impact.store.lists.listings import Listings

BUREAU, AN = Actor("bureau", "宁县农业局", Role.PARTNER, "ningxian"), Actor("an", "An", Role.COORDINATOR)
APPLY = Move(ApplicationStep.APPLY, TODAY)


@pytest.fixture
def applicants(engine, sample):
    """One tea that the catalog has, and two kinds of fruit that a partner lists."""
    green = tea("green")
    save_catalog(engine, replace(sample, products=(green,), producers=(maker(green, SOUTH),)))
    with engine.begin() as connection:
        told = {"file": "a.csv", "sha256": "a", "imported_at": "2026-09-01", "reading": {}, "counts": {}}
        connection.execute(insert(IMPORTS).values(import_id="an-import", partner="ningxian", **told))
        for name in ("宁县新苹果", "宁县新杏"):
            Listings(connection, "ningxian").put([listing(name, NINGXIAN, category="fruit")], "an-import")
    norms = read_norms(DATA)
    return Applicants(engine, lambda: norms)


def told(found):
    return [(each.product.name, each.partner) for each in found]


def test_all_that_is_offered_is_there_and_a_partner_sees_its_own(applicants):
    everything = told(applicants.of(None))

    assert sorted(everything) == [("green", None), ("宁县新杏", "ningxian"), ("宁县新苹果", "ningxian")]
    assert sorted(told(applicants.of("ningxian"))) == [("宁县新杏", "ningxian"), ("宁县新苹果", "ningxian")]
    assert told(applicants.of("anji")) == []


def test_a_step_is_taken_of_one_and_counted(applicants):
    first, second = applicants.of("ningxian")
    assert (first.version, first.stage(TODAY)) == (0, Stage.NONE)

    after = applicants.take(first, APPLY, BUREAU, expected=0)

    assert (after.version, after.stage(TODAY)) == (1, Stage.WAITS_FOR_COUNTY)
    assert applicants.get(first.product.product_id, "ningxian") == after
    assert applicants.get(second.product.product_id, "ningxian").version == 0
    assert after.stage(date(2026, 9, 30)) is Stage.NONE


def test_a_step_of_what_was_not_seen_is_refused(applicants):
    first, _ = applicants.of("ningxian")
    applicants.take(first, APPLY, BUREAU, expected=0)

    with pytest.raises(Conflict):
        applicants.take(first, Move(ApplicationStep.COUNTY, TODAY), BUREAU, expected=0)


def test_what_another_offers_is_not_there_for_a_partner(applicants):
    assert applicants.get("green", None).product.name == "green"

    apples = applicants.of("ningxian")[0].product.product_id
    for name, partner in (("green", "ningxian"), (apples, "anji"), ("x", None)):
        with pytest.raises(Unknown) as refusal:
            applicants.get(name, partner)
        assert refusal.value.issues == (Issue("noun_unknown", params={"value": name}),)
