"""Coordinates of Chinese maps come back to where they are, and known pairs agree."""

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from impact.model import Place
from impact.regions.datums import Datum, from_wgs84, to_wgs84

SHIFTED = st.sampled_from([Datum.GCJ02, Datum.BD09])
IN_CHINA = st.builds(Place, lat=st.floats(4, 53.5), lng=st.floats(73.6, 135))


def metres(one: Place, other: Place) -> float:
    return geodesic((one.lat, one.lng), (other.lat, other.lng)).m


@pytest.mark.parametrize(
    ("datum", "earth", "given"),
    [
        # published with other converters: the worked examples of eviltransform and coordtransform
        (Datum.GCJ02, Place(31.1774276, 121.5272106), Place(31.17530398364597, 121.531541859215)),
        (Datum.GCJ02, Place(22.543847, 113.912316), Place(22.540796131694766, 113.9171764808363)),
        (Datum.GCJ02, Place(39.911954, 116.377817), Place(39.91334545536069, 116.38404722455657)),
        (Datum.GCJ02, Place(39.915, 116.404), Place(39.91640428150164, 116.41024449916938)),
    ],
)
def test_known_pairs_agree_to_a_metre(datum, earth, given):
    assert metres(from_wgs84(earth, datum), given) < 1
    assert metres(to_wgs84(given, datum), earth) < 1


def test_baidu_shifts_what_is_shifted_already():
    shifted = Place(39.915, 116.404)
    baidu = from_wgs84(to_wgs84(shifted, Datum.GCJ02), Datum.BD09)

    assert (baidu.lat, baidu.lng) == pytest.approx((39.92133699351021, 116.41036949371029), abs=1e-8)


@given(place=IN_CHINA, datum=SHIFTED)
def test_there_and_back_is_within_a_metre(place, datum):
    assert metres(to_wgs84(from_wgs84(place, datum), datum), place) < 0.01


@given(place=IN_CHINA, datum=SHIFTED)
def test_the_shift_is_some_hundred_metres_to_two_kilometres(place, datum):
    assert metres(from_wgs84(place, datum), place) < 2_500


@given(place=st.builds(Place, lat=st.floats(-89, 89), lng=st.floats(-179, 71)), datum=st.sampled_from(Datum))
def test_outside_china_nothing_is_shifted(place, datum):
    assert from_wgs84(place, datum) == place
    assert to_wgs84(place, datum) == place
