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
