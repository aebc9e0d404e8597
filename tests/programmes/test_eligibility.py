"""The products of a catalog are judged by where they come from, what is known of them, and the day."""

from datetime import date

from applicants import READY, TODAY

from impact.programmes.criteria.origin import RegionCriterion, TypeCriterion
from impact.programmes.criteria.readiness import ListingCriterion
from impact.programmes.eligibility import cases, verdicts


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
