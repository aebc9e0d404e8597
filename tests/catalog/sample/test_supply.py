"""A budget is split without loss, by demand and by attention."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.catalog.sample.supply import ChannelRow, exposures_per_order, make_channels, make_placements
from impact.model import Direction, Field, Place, Segment

HERE = Place(30, 110)


def channel(name: str, attention: float, per_order: float = 50) -> ChannelRow:
    return ChannelRow(
        channel_id=name,
        name_zh=name,
        name_en=name,
        direction=Direction.PUSH,
        field=Field.CONTENT,
        attention_share=attention,
        exposures_per_order=per_order,
    )


def segment(name: str, demand: float) -> Segment:
    return Segment(name, "440000", HERE, "tea", demand)


def test_a_segment_that_wants_three_times_as_much_gets_three_times_the_supply():
    placements = make_placements(
        [segment("tea", 300), segment("pets", 100)],
        [channel("live", 0.75), channel("mall", 0.25)],
        budget=1600,
    )

    assert {placement.placement_id: placement.supply for placement in placements} == pytest.approx(
        {"tea-live": 900, "tea-mall": 300, "pets-live": 300, "pets-mall": 100}
    )


@given(
    demands=st.lists(st.floats(1, 1e12), min_size=1, max_size=8),
    first=st.floats(0, 1),
    budget=st.floats(1, 1e12),
)
def test_supplies_add_up_to_the_budget(demands, first, budget):
    segments = [segment(str(number), demand) for number, demand in enumerate(demands)]
    placements = make_placements(segments, [channel("a", first), channel("b", 1 - first)], budget)

    assert sum(placement.supply for placement in placements) == pytest.approx(budget)


def test_exposures_per_order_are_averaged_by_the_orders_they_bring():
    rows = [channel("live", 0.5, per_order=100), channel("search", 0.5, per_order=25)]

    assert exposures_per_order(rows) == pytest.approx(40)  # of 200 exposures, 1 + 4 orders


def test_an_exposure_is_worth_its_part_of_an_order():
    [search] = make_channels([channel("search", 1, per_order=40)], points_per_order=100)

    assert search.value_per_exposure == 2.5


def test_the_sample_gives_65_percent_of_what_producers_can_serve(sample):
    supply = sum(placement.supply for placement in sample.placements)

    assert supply == pytest.approx(0.65 * sum(producer.capacity for producer in sample.producers))


def test_the_sample_splits_each_segment_by_attention(sample):
    by_channel = defaultdict(float)
    for placement in sample.placements:
        by_channel[placement.channel_id] += placement.supply
    total = sum(by_channel.values())

    assert {name: supply / total for name, supply in by_channel.items()} == pytest.approx(
        {"short_video": 0.40, "livestream": 0.25, "mall": 0.20, "search": 0.15}
    )
