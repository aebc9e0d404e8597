"""The geocoder answers as geopy's do, except that it never guesses and never leaves the machine."""

import pytest
from geopy.geocoders.base import Geocoder

from impact.errors import BadInput
from impact.regions.geocoder import GazetteerGeocoder


@pytest.fixture(scope="module")
def geocoder(china):
    return GazetteerGeocoder(china)


def test_it_is_a_geocoder(geocoder):
    assert isinstance(geocoder, Geocoder)


def test_a_place_is_found_with_its_full_name_and_seat(geocoder):
    location = geocoder.geocode("江苏通州")

    assert location.address == "江苏省南通市通州区"
    assert (location.latitude, location.longitude) == pytest.approx((32.07, 121.07), abs=0.01)
    assert location.raw == {"adcode": "320612", "level": "county", "confidence": 0.9}


def test_an_ambiguous_name_is_refused_with_its_candidates(geocoder):
    with pytest.raises(BadInput) as refusal:
        geocoder.geocode("通州区")

    [issue] = refusal.value.issues
    assert issue.code == "place_ambiguous"
    assert issue.params == {"text": "通州区", "candidates": "北京市通州区, 江苏省南通市通州区"}


def test_all_candidates_are_given_to_who_asks_for_them(geocoder):
    assert [location.address for location in geocoder.geocode("通州区", exactly_one=False)] == [
        "北京市通州区",
        "江苏省南通市通州区",
    ]


@pytest.mark.parametrize("exactly_one", [True, False])
def test_an_unknown_name_is_nothing(geocoder, exactly_one):
    assert geocoder.geocode("无名县", exactly_one=exactly_one) is None


def test_a_division_without_a_known_seat_is_refused_by_name(geocoder):
    with pytest.raises(BadInput) as refusal:
        geocoder.geocode("和安县")

    [issue] = refusal.value.issues
    assert (issue.code, issue.params["region"]) == ("place_without_seat", "新疆维吾尔自治区和田地区和安县")


def test_candidates_without_a_known_seat_are_left_out(geocoder):
    assert geocoder.geocode("和安县", exactly_one=False) is None


def test_the_network_is_closed(geocoder):
    with pytest.raises(ConnectionError):
        geocoder.adapter.get_json("https://example.org", timeout=1, headers={})


def test_it_never_goes_to_the_network(geocoder):
    with pytest.raises(ConnectionError, match="never asks"):
        geocoder._call_geocoder("https://example.org/", lambda answer: answer)


def test_what_means_nothing_is_nowhere(geocoder):
    assert geocoder.geocode("没有这个地方") is None
    assert geocoder.geocode("没有这个地方", exactly_one=False) is None
