"""Distances agree with geopy's geodesic, and days on the road with the stated assumptions."""

import numpy as np
import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from impact.model import Place
from impact.regions.distances import arrival_days, distances_km

PLACES = st.builds(Place, lat=st.floats(3, 54), lng=st.floats(73, 136))
HERE, BEIJING, GUANGZHOU = Place(30, 110), Place(39.90281, 116.40115), Place(23.12908, 113.26436)


@given(origin=PLACES, target=PLACES)
def test_distances_within_china_are_within_ten_metres_of_the_geodesic(origin, target):
    [[km]] = distances_km([origin], [target])

    assert km == pytest.approx(geodesic((origin.lat, origin.lng), (target.lat, target.lng)).km, abs=0.010)


@given(origin=PLACES, target=PLACES)
def test_the_way_back_is_as_far(origin, target):
    assert distances_km([origin], [target]) == pytest.approx(distances_km([target], [origin]), abs=1e-9)


def test_a_place_is_no_distance_from_itself():
    assert distances_km([HERE], [HERE]).item() == 0


def test_beijing_lies_a_known_way_from_guangzhou():
    [[km]] = distances_km([BEIJING], [GUANGZHOU])

    assert km == pytest.approx(1883.5, abs=2)


def test_rows_are_origins_and_columns_are_targets():
    km = distances_km([HERE, BEIJING, GUANGZHOU], [BEIJING, GUANGZHOU])

    assert km.shape == (3, 2)
    assert km[1, 0] == km[2, 1] == 0


def test_a_door_around_the_corner_still_takes_the_handling_day():
    assert arrival_days(np.array([0.0, 700 / 1.3])) == pytest.approx([1, 2])
