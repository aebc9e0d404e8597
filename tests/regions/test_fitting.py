"""Names are fitted together from large to small; what does not fit is doubted, and never bent."""

import pytest
from regions.test_gazetteer import two_provinces

from impact.errors import Issue
from impact.model import Level, Region
from impact.regions.fitting import Fitting, Reading
from impact.regions.gazetteer import Gazetteer

EAST, LAKE, WEST_HILL, NORTH, OTHER_HILL = (
    two_provinces().region(code) for code in ("100000", "100100", "100101", "200000", "200001")
)


def fitting(*more):
    """Names are fitted together over the two provinces, with `more` divisions in them."""
    return Fitting(Gazetteer([*two_provinces().regions, *more]))


FIT = fitting()


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [(EAST, WEST_HILL, True), (WEST_HILL, EAST, True), (LAKE, LAKE, True), (EAST, OTHER_HILL, False)],
)
def test_divisions_are_related_where_one_holds_the_other(one, other, related):
    assert FIT.related(one, other) is related


@pytest.mark.parametrize(
    ("before", "named", "meant", "sure", "why"),
    [
        ([EAST], [(WEST_HILL, 0.9), (OTHER_HILL, 0.9)], [WEST_HILL], 0.9, "the one of the east"),
        ([EAST, NORTH], [(WEST_HILL, 0.8), (OTHER_HILL, 0.9)], [WEST_HILL, OTHER_HILL], 0.9, "either"),
        ([WEST_HILL, OTHER_HILL], [(NORTH, 1.0)], [OTHER_HILL], 0.95, "the county before its province"),
        ([LAKE], [(LAKE, 1.0)], [LAKE], 0.95, "said twice"),
        ([EAST], [(EAST, 1.0), (LAKE, 0.5)], [LAKE], 0.5, "what goes deeper says more"),
    ],
)
def test_a_name_means_what_lies_in_those_before_it(before, named, meant, sure, why):
    reading = FIT.inside(Reading(tuple(before), 0.95), named)

    assert reading is not None
    assert (list(reading.regions), reading.confidence) == (meant, sure), why


def test_a_name_of_elsewhere_is_not_inside():
    assert FIT.inside(Reading((LAKE,)), [(OTHER_HILL, 1.0)]) is None


def test_a_county_of_the_province_but_not_of_the_city_is_doubted():
    pond = Region("100200", "小湖市", Level.PREFECTURE, "100000", province="100000")

    reading = fitting(pond).outside(Reading((pond,), 0.9), [(WEST_HILL, 1.0)], "西山区")

    assert (reading.regions, reading.confidence) == ((WEST_HILL,), pytest.approx(0.63))
    told = {"text": "西山区", "region": "东省大湖市西山区"}
    assert reading.doubts == (Issue("place_elsewhere", params=told),)


def test_a_county_of_another_province_contradicts():
    said = Issue("place_doubtful")

    reading = FIT.outside(Reading((LAKE,), 0.9, (said,)), [(OTHER_HILL, 1.0)], "西山县")

    assert (reading.regions, reading.confidence) == ((OTHER_HILL,), 0.3)
    assert reading.doubts == (said, Issue("place_contradicts", params={"text": "西山县"}))


def test_counties_side_by_side_mean_what_holds_them():
    pond, well = (
        Region(code, name, Level.COUNTY, "100100", province="100000")
        for code, name in (("100102", "南塘区"), ("100103", "北井区"))
    )
    fit = fitting(pond, well)

    two = fit.outside(Reading((WEST_HILL,)), [(pond, 1.0)], "南塘")
    three = fit.outside(two, [(well, 1.0)], "北井")

    assert (two.regions, two.several, two.confidence) == ((LAKE,), (WEST_HILL, pond), 0.8)
    assert (three.regions, three.several) == ((LAKE,), (WEST_HILL, pond, well))


def test_what_lies_inside_goes_deeper_and_what_is_the_same_does_not():
    assert FIT.deepens(Reading((EAST,)), [(LAKE, 1.0)])
    assert not FIT.deepens(Reading((LAKE,)), [(LAKE, 1.0), (EAST, 1.0), (OTHER_HILL, 1.0)])


@pytest.mark.parametrize(
    ("regions", "is_lowest"), [((WEST_HILL, OTHER_HILL), True), ((WEST_HILL, EAST), False), ((LAKE,), False)]
)
def test_counties_hold_nothing_that_we_know(regions, is_lowest):
    assert Reading(regions).is_lowest is is_lowest
