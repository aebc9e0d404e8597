"""Figures that are hard to believe are doubted by place, category and what others say."""

import pytest

from impact.catalog.checking.plausible import (
    NOBODY,
    Figures,
    Others,
    PlausibleRow,
    doubt_beside,
    doubts,
    read_plausible,
)
from impact.catalog.sample.lexicon import read_categories
from impact.catalog.table import Tables

TEA = PlausibleRow(category="tea", kg_per_mu_most=1500, yuan_per_kg_least=10, yuan_per_kg_most=50_000)
SAID = Figures("tea", kg_a_month=1_000, kg_a_year=6_000, area_mu=20, yuan_per_kg=400)


def found(said=SAID, region_km2=1_886.0, limits=TEA):
    return [(column, issue.code) for column, issue in doubts(said, region_km2, limits)]


def test_plain_figures_are_believed():
    assert found() == []


@pytest.mark.parametrize(
    ("said", "doubted"),
    [
        (
            {"area_mu": 3_000_000, "kg_a_year": None},
            ("area", "area_beyond_region"),
        ),  # the county has 2.8 million mu
        ({"kg_a_year": 60_000}, ("annual_output", "output_beyond_area")),  # 3 t a mu
        (
            {"kg_a_year": 5e9, "area_mu": None},
            ("annual_output", "output_beyond_region"),
        ),  # 2.8 million mu yield 4.2e9 kg at most
        (
            {"kg_a_month": 7_000},
            ("monthly_capacity", "capacity_beyond_output"),
        ),  # more in a month than in the year
        ({"yuan_per_kg": 0.8}, ("price", "price_unusual")),
        ({"yuan_per_kg": 80_000}, ("price", "price_unusual")),
    ],
)
def test_a_figure_beyond_what_can_be_is_doubted(said, doubted):
    assert found(SAID._replace(**said)) == [doubted]


def test_a_claim_far_beyond_the_neighbours_is_doubted_once_there_are_enough():
    doubt = doubt_beside(1_000, Others(5, 30))

    assert doubt is not None
    assert (doubt.code, doubt.params) == (
        "capacity_beyond_others",
        {"found": 1_000, "middle": 30, "count": 5},
    )
    assert doubt_beside(1_000, Others(4, 25)) is None
    assert doubt_beside(1_000, Others(5, 50)) is None
    assert doubt_beside(1_000, NOBODY) is None


def test_what_is_not_known_is_not_compared():
    nothing = Figures(None, None, None, None, None)

    assert found(nothing, None, None) == []
    assert found(region_km2=None, limits=PlausibleRow(category="tea")) == []


def test_every_category_that_is_compared_is_one_of_ours(data):
    tables = Tables(data)
    plausible = read_plausible(tables)
    known = {category.category_id for category in read_categories(tables)}
    tables.refuse()

    assert plausible.keys() <= known
    assert plausible["tea"].kg_per_mu_most == 1500
    assert plausible["egg"].kg_per_mu_most is None


@pytest.mark.parametrize(
    ("said", "params"),
    [
        (
            {"area_mu": 3_000_000, "kg_a_year": None},
            {"found": 3_000_000, "most": 2_829_000},
        ),  # 1,500 mu a km²
        ({"kg_a_year": 60_000}, {"found": 3_000, "most": 1_500}),
        ({"kg_a_year": 5e9, "area_mu": None}, {"found": 5e9, "most": 2_829_000 * 1_500}),
        ({"kg_a_month": 7_000}, {"found": 7_000, "most": 6_000}),
        ({"yuan_per_kg": 0.8}, {"found": 0.8, "least": 10, "most": 50_000}),
    ],
)
def test_a_doubt_says_what_a_figure_is_compared_with(said, params):
    ((_, issue),) = doubts(SAID._replace(**said), 1_886.0, TEA)

    assert dict(issue.params) == params


@pytest.mark.parametrize(
    "said",
    [
        {"area_mu": 2_829_000, "kg_a_year": None},  # all of the county
        {"kg_a_year": 30_000, "kg_a_month": None},  # just what a mu can yield
        {"kg_a_month": 6_000},  # all of the year in one month
        {"yuan_per_kg": 10},
        {"yuan_per_kg": 50_000},
    ],
)
def test_a_figure_that_can_just_be_is_believed(said):
    assert found(SAID._replace(**said)) == []


def test_where_the_size_of_a_region_is_unknown_it_is_no_reason_to_doubt():
    assert found(SAID._replace(kg_a_year=5e12, area_mu=None), region_km2=None) == []
    assert found(SAID._replace(area_mu=9e9, kg_a_year=None), region_km2=None) == []


def test_a_price_is_compared_with_the_side_that_is_known():
    cheap = PlausibleRow(category="tea", yuan_per_kg_most=100)

    ((_, issue),) = doubts(SAID, 1_886.0, cheap)

    assert dict(issue.params) == {"found": 400, "least": 0, "most": 100}
    assert found(SAID._replace(yuan_per_kg=0.01), limits=cheap) == []


@pytest.mark.parametrize(
    ("capacity", "others", "doubted"),
    [
        (600, Others(5, 30), False),
        (601, Others(5, 30), True),
        (1_000, Others(4, 30), False),
        (1, NOBODY, False),
    ],
)
def test_a_claim_is_held_against_five_others_and_twenty_times_their_middle(capacity, others, doubted):
    assert (doubt_beside(capacity, others) is not None) is doubted
