"""A partner sees how its own producers stand: shown or not, why, and the one thing that would change it."""

from datetime import date

import pytest
from applicants import READY, case
from shelves import valley

from impact.programmes.criteria.origin import TypeCriterion
from impact.programmes.criteria.readiness import ContactCriterion, ListingCriterion
from impact.programmes.dossier import Dossier
from impact.programmes.eligibility import cases, judged
from impact.reports.partners import Status, standings_of, status_of
from impact.reports.why import opened

ON = date(2026, 10, 1)
CRITERIA = [ListingCriterion(), ContactCriterion()]


def standings(own, dossiers, criteria=CRITERIA):
    known = list(cases(valley().graph.catalog, dossiers, ON))
    verdicts = {case.product.product_id: judged(case, criteria) for case in known}
    return standings_of(valley(), opened(valley()), own, known, verdicts)


def test_only_its_own_producers_are_there_in_the_order_of_the_catalog():
    found = standings({"P06", "P05"}, {})

    assert [each.row.producer.producer_id for each in found] == ["P05", "P06"]
    assert standings(set(), {}) == ()


def test_who_is_shown_is_told_how_much():
    (apples,) = standings({"P05"}, {"P05-1": READY})

    assert apples.status is Status.SHOWN
    assert apples.row.exposure > 0
    assert apples.change is None
    assert all(verdict.is_eligible for verdict in apples.verdicts)


def test_who_is_not_in_is_told_the_one_thing_that_would_change_it():
    (fish,) = standings({"P03"}, {"P03-1": Dossier(has_shop=True, has_contact=False)})

    assert fish.status is Status.NOT_IN
    assert (fish.change.finding.code, fish.change.num_more) == ("contact_missing", 0)
    assert len(fish.ladder) == 5


def test_who_is_in_and_not_shown_is_told_what_kept_it_back():
    (fish,) = standings({"P03"}, {"P03-1": READY})

    assert fish.status is Status.NOT_SHOWN
    assert [reason.code for reason in fish.reasons] == ["no_interest"]


def test_who_cannot_be_let_in_has_no_change():
    (fish,) = standings({"P03"}, {}, [TypeCriterion(any_of=("craft",)), ListingCriterion()])

    assert (fish.status, fish.change) == (Status.NOT_IN, None)


@pytest.mark.parametrize(
    ("exposure", "is_let_in", "status", "why"),
    [
        (5.0, False, Status.SHOWN, "it is shown, whatever is thought of it since"),
        (0.0, True, Status.NOT_SHOWN, "others took it all"),
        (0.0, False, Status.NOT_IN, "no product of it is let in"),
        (None, True, Status.WAITING, "it came after the plan"),
        (None, False, Status.NOT_IN, "it came after the plan, and is not let in"),
    ],
)
def test_what_became_of_a_producer(exposure, is_let_in, status, why):
    verdict = judged(case(has_shop=is_let_in), [ListingCriterion()])

    assert status_of(exposure, [verdict]) is status, why


def test_one_product_let_in_is_enough_and_without_verdicts_nobody_is_kept_out():
    verdicts = [judged(case(has_shop=has_shop), [ListingCriterion()]) for has_shop in (False, True)]

    assert status_of(None, verdicts) is Status.WAITING
    assert status_of(None, []) is Status.WAITING


def test_products_that_were_not_judged_have_no_verdict():
    known = list(cases(valley().graph.catalog, {}, ON))

    (apples,) = standings_of(valley(), opened(valley()), {"P05"}, known, {})

    assert (apples.verdicts, apples.change) == ((), None)
