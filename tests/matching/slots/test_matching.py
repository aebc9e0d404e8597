"""Creators are matched by category, region and what they ask for, and every refusal has its reason."""

from dataclasses import replace

import pytest
from stages import slot

from impact.matching.slots.matching import REASONS, WEIGHTS, Offered, match
from impact.matching.slots.model import Track
from impact.model import Place, Producer, Product


def offered(product_id="tea", region="530102", has=(), **product):
    known = {"producer_id": "hill", "name": "tea", "category": "tea", "quality": 0.8, "fame": 0.4, **product}
    producer = Producer(
        known["producer_id"], "hill", region, Place(25, 102), "rural", "mountain_goods", "small", "1", 100
    )
    return Offered(Product(product_id, **known), producer, frozenset(has))


def anas(**asked):
    return slot("ana", Track.ALLIANCE, **{name: frozenset(value) for name, value in asked.items()})


def test_evidence_adds_up_to_the_score_and_value_is_score_times_exposure():
    (candidate,) = match([anas(categories={"tea"}, regions={"530000"})], [offered()]).candidates

    assert candidate.evidence == pytest.approx(
        {"category": 0.35, "region": 0.2, "quality": 0.3 * 0.8, "fame": 0.15 * 0.4}
    )
    assert candidate.value == pytest.approx(100 * sum(candidate.evidence.values()))
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_a_stage_open_to_all_says_less_for_a_product():
    (candidate,) = match([slot("gala")], [offered()]).candidates

    assert candidate.evidence["category"] == pytest.approx(0.35 / 2)
    assert candidate.evidence["region"] == pytest.approx(0.2 / 2)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"categories": {"fish"}}, "other_category"),
        ({"regions": {"510000"}}, "other_region"),
        ({"regions": {"530200"}}, "other_region"),
        ({"regions": {"530103"}}, "other_region"),
        ({"requires": {"organic certificate"}}, "not_ready"),
        ({"categories": {"fish"}, "requires": {"organic certificate"}}, "other_category"),
    ],
)
def test_what_does_not_fit_is_refused_for_the_first_reason(asked, reason):
    matched = match([anas(**asked)], [offered()])

    assert matched.candidates == ()
    assert matched.refused == {("hill", reason): 1}
    assert reason in REASONS


@pytest.mark.parametrize("region", ["530000", "530100", "530102"])
def test_a_region_takes_in_all_that_lies_in_it(region):
    assert len(match([anas(regions={region})], [offered()]).candidates) == 1


@pytest.mark.parametrize(("region", "fits"), [("NM-N", 1), ("NM-N-1A", 1), ("NM-S", 0), ("NM", 0)])
def test_another_countrys_codes_do_not_nest_and_what_holds_a_place_is_told(region, fits):
    offer = replace(offered(region="NM-N-1A"), within=frozenset({"NM-N-1", "NM-N"}))

    assert len(match([anas(regions={region})], [offer]).candidates) == fits


def test_what_a_slot_requires_opens_it():
    asked = anas(requires={"organic certificate"})

    assert len(match([asked], [offered(has=["organic certificate", "samples"])]).candidates) == 1


def test_poor_quality_is_refused():
    strict = replace(slot("gala"), least_quality=0.81)

    assert match([strict], [offered()]).refused == {("hill", "quality_too_low"): 1}
    assert len(match([strict], [offered(quality=0.81)]).candidates) == 1


def test_only_the_best_product_of_a_producer_stands_for_it_whatever_the_order():
    offers = [offered("tea", quality=0.5), offered("oil", quality=0.9), offered("jam", quality=0.9)]

    for order in (offers, offers[::-1]):
        matched = match([slot("gala")], order)

        assert [candidate.product_id for candidate in matched.candidates] == ["jam"]
        assert matched.refused == {("hill", "outranked"): 2}


def test_every_pair_is_a_candidate_or_refused():
    slots = [slot("gala"), anas(categories={"fish"}), slot("late", start_hour=22, least_quality=0.9)]
    offers = [offered("tea"), offered("fish", category="fish"), offered("oil", producer_id="town")]

    matched = match(slots, offers)

    assert len(matched.candidates) + sum(matched.refused.values()) == len(slots) * len(offers)
