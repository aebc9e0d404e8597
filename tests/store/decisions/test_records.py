"""What the service knows of products is kept by product, and goes into who is let in."""

from datetime import date

import pytest
from applicants import ACCEPTED, READY
from shelves import valley

from impact.access import SYSTEM
from impact.catalog.listed.norms import read_norms
from impact.config import DATA
from impact.programmes.criteria.proof import ApplicationCriterion
from impact.programmes.document import Names
from impact.programmes.dossier import Dossier
from impact.programmes.templates import blank
from impact.store.audit import Sought, log_page
from impact.store.catalogs import save_catalog
from impact.store.decisions import enrolling
from impact.store.decisions.records import any_presumed, put_records, records

ON = date(2026, 10, 1)


def test_a_dossier_comes_back_as_it_was(engine):
    put_records(engine, {"P1-1": READY, "P2-1": Dossier()}, SYSTEM)

    assert records(engine) == {"P1-1": READY, "P2-1": Dossier()}


def test_what_is_known_later_takes_the_place_of_what_was(engine):
    put_records(engine, {"P1-1": READY, "P2-1": READY}, SYSTEM, is_presumed=True)
    put_records(engine, {"P1-1": Dossier(has_shop=False)}, SYSTEM)

    assert records(engine) == {"P1-1": Dossier(has_shop=False), "P2-1": READY}


@pytest.mark.parametrize("is_presumed", [True, False])
def test_what_is_presumed_is_known_to_be(engine, is_presumed):
    assert not any_presumed(engine)

    put_records(engine, {"P1-1": READY}, SYSTEM, is_presumed=is_presumed)

    assert any_presumed(engine) is is_presumed


def test_the_log_says_how_many_and_whether_presumed_and_nothing_of_anybody(engine):
    put_records(engine, {"P1-1": READY}, SYSTEM, is_presumed=True)

    (entry,) = log_page(engine, Sought("", "records.put", ""), before=None, limit=9)
    assert entry.after == '{"count":1,"presumed":true}'


def test_an_application_that_was_accepted_lets_in(engine):
    save_catalog(engine, valley().graph.catalog)
    document = blank("hills", Names(zh="山", en="Hills"), ON)
    asked = document.model_copy(update={"eligibility": (ApplicationCriterion(),)})
    kept, ground = enrolling.keep(engine, asked, SYSTEM), enrolling.ground_of(engine, read_norms(DATA), {})
    put_records(engine, {"P05-1": Dossier(application=ACCEPTED)}, SYSTEM)

    found = enrolling.enrolled_in(engine, kept, ON, ground).verdicts

    assert [name for name, verdict in found.items() if verdict.is_eligible] == ["P05-1"]
