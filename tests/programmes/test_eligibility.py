"""The products of a catalog are judged by where they come from, what is known of them, and the day."""

from dataclasses import replace
from datetime import date

import pytest
from applicants import READY, TODAY, case
from valleys import NORTH, SOUTH, maker, market, tea

from impact.programmes.criteria.origin import RegionCriterion, TypeCriterion
from impact.programmes.criteria.proof import ApplicationCriterion, CertificateCriterion
from impact.programmes.criteria.readiness import ContactCriterion, ListingCriterion
from impact.programmes.dossier import NOTHING_KNOWN
from impact.programmes.eligibility import cases, judged, verdicts


def test_every_product_gets_a_verdict(sample):
    found = verdicts(sample, {}, [TypeCriterion(any_of=("craft",))], TODAY)

    assert list(found) == [product.product_id for product in sample.products]
    assert sum(each.is_eligible for each in found.values()) == 20
    assert all(each.reasons for each in found.values() if not each.is_eligible)


def test_a_region_takes_in_all_that_lies_in_it(sample):
    wide = verdicts(sample, {}, [RegionCriterion(any_of=("620000",))], TODAY)
    narrow = verdicts(sample, {}, [RegionCriterion(any_of=("621000",))], TODAY)
    inside = lambda found: {each.product_id for each in found.values() if each.is_eligible}  # noqa: E731

    assert inside(narrow) < inside(wide)


def test_what_is_known_of_a_product_counts_for_it_alone(sample):
    first, second = sample.products[:2]

    found = verdicts(sample, {first.product_id: READY}, [ListingCriterion()], TODAY)

    assert found[first.product_id].is_eligible
    assert [each.code for each in found[second.product_id].reasons] == ["shop_unknown"]


def test_a_case_knows_all_that_it_lies_in(sample):
    regions = {region.adcode: region for region in sample.regions}
    for one in cases(sample, {}, date(2026, 1, 1)):
        assert one.within[0] == one.producer.region
        assert regions[one.within[-1]].parent is None


def test_without_criteria_everybody_is_in(sample):
    assert all(each.is_eligible for each in verdicts(sample, {}, [], TODAY).values())


def test_reasons_begin_with_what_nobody_can_change_and_go_on_by_rung():
    criteria = [
        ApplicationCriterion(),
        ContactCriterion(),
        TypeCriterion(any_of=("craft",)),
        ListingCriterion(),
        CertificateCriterion(any_of=("gi",)),
    ]

    verdict = judged(case(dossier=NOTHING_KNOWN), criteria)

    assert [each.code for each in verdict.reasons] == [
        "type_out",
        "certificate_unknown",
        "shop_unknown",
        "contact_unknown",
        "application_none",
    ]


@pytest.mark.parametrize(
    ("types", "is_out_of_reach"),
    [
        (("craft",), True),  # it is a specialty and stays one, whatever else it does
        (("specialty",), False),  # a shop is all it lacks
    ],
)
def test_one_reason_that_nobody_can_change_is_enough_to_be_out_of_reach(types, is_out_of_reach):
    criteria = [TypeCriterion(any_of=types), ListingCriterion()]

    assert judged(case(has_shop=False), criteria).is_out_of_reach is is_out_of_reach


def test_who_is_in_is_not_out_of_reach():
    assert not judged(case(), [TypeCriterion(any_of=("specialty",))]).is_out_of_reach


def test_only_those_asked_for_are_judged():
    catalog = market([tea("green"), tea("black"), tea("white")])

    assert list(verdicts(catalog, {}, [], TODAY, only={"white", "green"})) == ["green", "white"]
    assert list(verdicts(catalog, {}, [], TODAY, only=())) == []


@pytest.mark.parametrize(
    ("region", "within"),
    [
        ("110101", ("110101", NORTH)),
        (NORTH, (NORTH,)),
        ("999999", ()),  # not a division that the catalog knows
        (None, ()),
    ],
)
def test_a_case_lies_in_its_region_and_in_those_around_it(region, within):
    green = tea("green")
    catalog = market([green], [replace(maker(green, SOUTH), region=region)])
    county = replace(catalog.regions[0], adcode="110101", parent=NORTH)

    (one,) = cases(replace(catalog, regions=(*catalog.regions, county)), {}, TODAY)

    assert one.within == within
