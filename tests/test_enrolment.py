"""What partners list and a programme's document become what the engine is asked, for a day."""

from dataclasses import replace
from datetime import date

import pytest
from applicants import ACCEPTED, TODAY
from listings import ANJI, NAMING, NINGXIAN, listing

from impact.catalog.listed.norms import read_norms
from impact.enrolment import Ground, dossier_of, enrol
from impact.matching.plan import Status
from impact.pipeline import link, run
from impact.programmes.document import Names
from impact.programmes.dossier import Certificate, Dossier, Nps
from impact.programmes.presumed import presumed
from impact.programmes.templates import blank, drafted, template_names

BUREAU = "宁县农业局"
NOTHING = Dossier(stated=frozenset())
"""What a listing tells that states nothing."""
APPLES = {
    "category": "fruit",
    "producer": "宁县合作社",
    "monthly_capacity": {"amount": 5000.0, "unit": "kg"},
    "certificates": [{"kind": "green", "number": "LB-1"}],
    "valid_until": "2027-12-31",
    "cold_chain": "ambient",
    "has_shop": True,
}


@pytest.fixture(scope="module")
def norms(data):
    return read_norms(data)


@pytest.fixture(scope="module")
def mountain(data):
    return drafted(data, "mountain_goods", "qy", TODAY)


def own(enrolled):
    """The id of the only product that was listed."""
    (product,) = enrolled.joined.listing_of
    return product


@pytest.mark.parametrize(
    ("values", "known"),
    [
        ({}, NOTHING),
        ({"certificates": []}, replace(NOTHING, certificates=())),
        ({"certificates": [{"kind": "gi"}]}, replace(NOTHING, certificates=(Certificate("gi"),))),
        (
            {"certificates": [{"kind": "gi", "number": "A1"}], "valid_until": "2027-12-31"},
            replace(NOTHING, certificates=(Certificate("gi", "A1", date(2027, 12, 31)),)),
        ),
        (
            {"certificates": [{"kind": "gi"}], "valid_until": "unlimited"},
            replace(NOTHING, certificates=(Certificate("gi"),)),
        ),
        ({"has_shop": False}, replace(NOTHING, has_shop=False)),
        ({"shop_link": "https://shop.example.com/a"}, replace(NOTHING, has_shop=True)),
        ({"contact": "王小云"}, replace(NOTHING, has_contact=True)),
        ({"phone": "13800000000"}, replace(NOTHING, has_contact=True)),
        ({"price": {"yuan": 20.0, "per": "kg"}}, replace(NOTHING, stated=frozenset({"price"}))),
        ({"price": None}, NOTHING),
        (
            {"stock": {"amount": 3.0, "unit": "kg"}, "season": [3]},
            replace(NOTHING, stated=frozenset({"capacity", "season"})),
        ),
    ],
)
def test_a_listing_tells_what_it_states_and_nothing_else(values, known):
    assert dossier_of(listing(**values)) == known


def test_who_has_all_but_an_application_is_out_until_it_is_accepted(sample, norms, mountain):
    apples = [(BUREAU, listing("宁县新苹果", NINGXIAN, **APPLES))]
    before = enrol(mountain, sample, apples, TODAY, Ground(norms, NAMING))
    product = own(before)

    after = enrol(
        mountain, sample, apples, TODAY, Ground(norms, NAMING, {product: Dossier(application=ACCEPTED)})
    )

    assert before.programme.excluded[product] == ("application_none",)
    assert product not in after.programme.excluded
    assert after.dossiers[product].certificates == (Certificate("green", "LB-1", date(2027, 12, 31)),)


def test_a_record_goes_before_what_a_listing_says(sample, norms, mountain):
    apples = [(BUREAU, listing("宁县新苹果", NINGXIAN, **APPLES))]
    product = own(enrol(mountain, sample, apples, TODAY, Ground(norms, NAMING)))
    records = {product: Dossier(certificates=(), nps=Nps(-20.0, 100), application=ACCEPTED)}

    found = enrol(mountain, sample, apples, TODAY, Ground(norms, NAMING, records))

    assert found.programme.excluded[product] == ("certificate_missing", "nps_too_low")
    assert found.dossiers[product].has_shop is True


def test_the_next_cycle_is_judged_for_its_own_day(sample, norms, mountain):
    apples = [(BUREAU, listing("宁县新苹果", NINGXIAN, **APPLES))]
    product = own(enrol(mountain, sample, apples, TODAY, Ground(norms, NAMING)))
    ground = Ground(norms, NAMING, {product: Dossier(application=ACCEPTED)})

    later = enrol(mountain, sample, apples, date(2028, 1, 1), ground)

    assert later.programme.excluded[product] == ("certificate_expired",)


def test_who_is_not_in_gets_no_link_and_the_graph_says_why(sample, norms, mountain):
    enrolled = enrol(
        mountain, sample, [(BUREAU, listing("宁县新苹果", NINGXIAN, **APPLES))], TODAY, Ground(norms, NAMING)
    )

    graph = link(enrolled.catalog, 10, enrolled.programme.excluded)

    number = next(i for i, each in enumerate(graph.catalog.products) if each.product_id == own(enrolled))
    assert not (graph.links.product_of == number).any()
    assert graph.refused["ineligible"][number] > 0


def test_a_blank_programme_lets_everybody_in(sample, norms):
    document = blank("own", Names(zh="自定", en="Own"), TODAY)

    assert enrol(document, sample, [], TODAY, Ground(norms, NAMING)).programme == document.programme


def test_what_was_listed_is_not_presumed_ready(sample, norms, mountain):
    first = sample.products[0].product_id

    found = presumed(sample, TODAY, but={first})

    assert first not in found
    assert len(found) == len(sample.products) - 1


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mountain_goods", "industry_belts", "domestic_brands", "crafts"])
def test_a_template_on_the_sample_comes_to_a_plan_that_shows_only_who_is_in(sample, norms, data, name):
    assert name in template_names(data)
    tea = [("安吉县茶办", listing("安吉新白茶", ANJI))]
    enrolled = enrol(
        drafted(data, name, name, TODAY), sample, tea, TODAY, Ground(norms, NAMING, presumed(sample, TODAY))
    )

    solved = run(enrolled.catalog, enrolled.programme)

    assert solved.plan.status is Status.OPTIMAL
    products = solved.graph.catalog.products
    shown = {products[i].product_id for i in solved.problem.product_of[solved.plan.exposure > 0].tolist()}
    assert shown
    assert not shown & enrolled.programme.excluded.keys()
    assert own(enrolled) in enrolled.programme.excluded
