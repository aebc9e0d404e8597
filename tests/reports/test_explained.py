"""What a plan says of anybody in it adds up: parts to a score, links to a producer, producers to a region."""

import pytest
from reports.hamlets import N_GIFTS, N_TEA, S_GIFTS, hamlet
from shelves import MemoryShelf, valley
from valleys import NORTH, SOUTH

from impact.errors import BadInput, Issue, Unknown
from impact.matching.explain.standing import Verdict
from impact.matching.explain.subject import Kind
from impact.reports.explained import Cases, Many, account, gathered, subject_of

SOLVED = valley()
CASES = Cases(MemoryShelf((SOLVED,)))


def explained(**whom):
    return account(SOLVED, CASES.of(SOLVED), subject_of(SOLVED, **whom))


def test_what_a_producer_has_is_the_sum_of_its_links():
    found = explained(producer="P08")

    assert found.subject.kind is Kind.PRODUCER
    assert sum(link.standing.exposure for link in found.links) == pytest.approx(found.standing.exposure)
    assert sum(link.worth for link in found.links) == pytest.approx(found.standing.worth)


def test_the_parts_of_a_link_are_its_score_and_its_charges_what_it_must_be_worth():
    for link in explained(product="P08-1").links:
        assert sum(link.evidence.parts) == pytest.approx(link.evidence.score)
        assert sum(link.charges.values()) == pytest.approx(link.standing.charge, abs=1e-6)


def test_a_link_is_one_of_those_of_its_product():
    first = explained(product="P08-1").links[0]

    alone = explained(product="P08-1", placement=first.evidence.placement.placement_id)

    assert (alone.subject.kind, alone.links) == (Kind.LINK, (first,))


def test_a_product_that_nothing_links_with_a_placement_is_said_to_be_so():
    linked = {link.evidence.placement.placement_id for link in explained(product="P08-1").links}
    other = next(name for name in SOLVED.problem.placement_ids if name not in linked)

    assert explained(product="P08-1", placement=other).standing.verdict is Verdict.NO_LINK


@pytest.mark.parametrize("whom", [{"producer": "P03"}, {"product": "P03-1"}])
def test_whoever_is_linked_with_nothing_is_told_what_keeps_it_from_all_placements(whom):
    (reason,) = explained(**whom).refused

    assert (reason.code, reason.num_placements) == ("no_interest", len(SOLVED.problem.placement_ids))
    assert explained(product="P08-1", placement=SOLVED.problem.placement_ids[0]).refused == ()


def test_the_regions_of_a_country_have_all_there_is():
    provinces = {region.province for region in SOLVED.graph.catalog.regions}
    found = [gathered(SOLVED, Many.REGION, code) for code in provinces]

    assert sum(each.exposure for each in found) == pytest.approx(SOLVED.plan.exposure.sum())
    assert sum(each.worth for each in found) == pytest.approx(SOLVED.plan.worth)
    assert sum(len(each.members) for each in found) == len(SOLVED.problem.producer_ids)


def test_a_county_has_what_its_producers_have_those_with_most_first():
    found = gathered(SOLVED, Many.REGION, "530923")

    names = [SOLVED.problem.producer_ids[member.number] for member in found.members]
    assert {"P08", "P09"} <= set(names)
    assert [member.exposure for member in found.members] == sorted(
        (member.exposure for member in found.members), reverse=True
    )
    assert found.most == sum(
        each.capacity for each in SOLVED.graph.catalog.producers if each.region == "530923"
    )
    assert found.num_reached == sum(member.exposure > 0 for member in found.members)


def test_segments_have_all_there_is_and_no_more_than_their_attention():
    found = [gathered(SOLVED, Many.SEGMENT, each.segment_id) for each in SOLVED.graph.catalog.segments]

    assert sum(each.exposure for each in found) == pytest.approx(SOLVED.plan.exposure.sum())
    assert all(each.exposure <= each.most * (1 + 1e-9) for each in found)


@pytest.mark.parametrize(
    ("whom", "error"),
    [
        ({}, BadInput),
        ({"placement": "x"}, BadInput),
        ({"producer": "P08", "product": "P08-1"}, BadInput),
        ({"producer": "none"}, Unknown),
        ({"product": "P08-1", "placement": "none"}, Unknown),
    ],
)
def test_who_is_not_one_or_not_there_is_refused(whom, error):
    with pytest.raises(error):
        subject_of(SOLVED, **whom)


@pytest.mark.parametrize("many", list(Many))
def test_a_region_or_a_segment_that_is_not_there_is_refused(many):
    with pytest.raises(Unknown):
        gathered(SOLVED, many, "none")


BY_HAND = hamlet(
    {
        ("green", f"{N_TEA}-live"): 10,
        ("black", f"{N_TEA}-live"): 30,
        ("lantern", f"{N_GIFTS}-live"): 20,
        ("green", f"{N_GIFTS}-mall"): 15,
    }
)


def test_a_region_is_its_producers_and_what_they_could_serve():
    found = gathered(BY_HAND, Many.REGION, NORTH)

    assert (found.kind, found.id, found.exposure, found.num_reached) == (Many.REGION, NORTH, 45, 2)
    assert [(member.number, member.exposure) for member in found.members] == [(0, 25), (2, 20)]
    assert gathered(BY_HAND, Many.REGION, SOUTH).most == 600


def test_a_segment_is_the_products_that_may_be_shown_there_and_its_attention():
    found = gathered(BY_HAND, Many.SEGMENT, N_TEA)

    assert (found.exposure, found.most, found.num_reached) == (40, 200, 2)
    assert [(member.number, member.exposure) for member in found.members] == [(1, 30), (0, 10)]
    assert [member.number for member in gathered(BY_HAND, Many.SEGMENT, S_GIFTS).members] == [0, 1, 2]
    assert gathered(BY_HAND, Many.SEGMENT, S_GIFTS).num_reached == 0


@pytest.mark.parametrize("many", list(Many))
def test_what_is_not_there_is_named(many):
    with pytest.raises(Unknown) as refusal:
        gathered(BY_HAND, many, "moon")

    assert refusal.value.issues == (Issue("id_not_there", column=many.value, params={"id": "moon"}),)


@pytest.mark.parametrize("whom", [{}, {"placement": "x"}, {"producer": "P08", "placement": "x"}])
def test_whom_to_explain_has_to_be_said(whom):
    with pytest.raises(BadInput) as refusal:
        subject_of(SOLVED, **whom)

    assert refusal.value.issues == (Issue("explained_whom"),)


def test_the_case_of_a_plan_is_opened_once():
    assert CASES.of(SOLVED) is CASES.of(SOLVED)


def test_what_charges_next_to_nothing_is_not_told():
    for link in explained(producer="P08").links:
        assert link.charges
        assert all(abs(each) > 1e-9 for each in link.charges.values())
