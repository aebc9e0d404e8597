"""Demand, by hand: people × spending × share of category × share of interest."""

import pytest

from impact.catalog.sample.demand import CategoryShareRow, InterestRow, ProvinceRow, Spending, make_segments
from impact.model import Level, Place, Region

SEAT = Place(23.13, 113.26)
GUANGDONG = Region("440000", "广东省", Level.PROVINCE, place=SEAT)


def spending() -> Spending:
    tea = InterestRow(
        interest_id="tea", name_zh="茶", name_en="Tea", national_category="food", category_share=0.02
    )
    province = {
        "province_adcode": "440000",
        "consumption_per_capita_yuan": 12_000,
        "implied_avg_population_10k": 100,
    }
    return Spending(
        interests=(tea,),
        categories=(CategoryShareRow(category="food", share=0.3),),
        provinces=(ProvinceRow(year=2022, **province), ProvinceRow(year=2023, **province)),
    )


def test_a_million_people_who_spend_a_thousand_yuan_a_month_want_six_million_yuan_of_tea():
    [segment] = make_segments(spending(), [GUANGDONG])

    assert segment.demand == pytest.approx(1_000_000 * 1_000 * 0.3 * 0.02)


def test_a_segment_stands_at_the_seat_of_its_province_and_says_its_demand_is_imputed():
    [segment] = make_segments(spending(), [GUANGDONG])

    assert (segment.segment_id, segment.place, segment.imputed) == ("440000-tea", SEAT, {"demand"})


def test_every_province_and_interest_of_the_sample_is_one_segment(sample):
    assert len(sample.segments) == 31 * len(sample.interests)


def test_all_segments_together_want_less_than_all_spending(sample):
    yuan_a_year = 12 * sum(segment.demand for segment in sample.segments)

    people_times_spending = 1.41e9 * 26_796  # the national figure of 2023
    assert 0.2 < yuan_a_year / people_times_spending < 0.5
