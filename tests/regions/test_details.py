"""What follows the name of a division is a place inside it, or the name of another."""

import pytest

from impact.regions.details import is_all_of_it, is_detail, is_loose, names_town, names_zone


@pytest.mark.parametrize(
    ("rest", "said", "why"),
    [
        ("天荒坪镇", True, "a town"),
        ("天荒坪镇大溪村", True, "a village of a town"),
        ("经济技术开发区", True, "a zone"),
        ("人民路88号", True, "a street"),
        ("农垦第三团", True, "a farm of the army"),
        ("合作社基地", True, "where it is grown"),
        ("全境", True, "all of it"),
        ("吉县", False, "another division"),
        ("白茶", False, "goods"),
        ("", False, "nothing"),
        ("一二三四五六七八九十一二三镇", False, "too far off to be the name of a town"),
    ],
)
def test_a_place_inside_a_division_is_told_from_another_division(rest, said, why):
    assert is_detail(rest) is said, why


@pytest.mark.parametrize(
    ("rest", "said", "why"),
    [
        ("天荒坪", True, "short, and of no kind"),
        ("安吉县", False, "a county"),
        ("湖州市", False, "a city"),
        ("一二三四五六七", False, "too long to be only a name"),
        ("", False, "nothing"),
    ],
)
def test_a_name_without_its_kind_is_loose(rest, said, why):
    assert is_loose(rest) is said, why


@pytest.mark.parametrize(
    ("rest", "said"),
    [("全境", True), ("全县境内", True), ("等地", True), ("全", False), ("全境以北", False), ("", False)],
)
def test_all_of_a_division_is_meant_by_some_words_alone(rest, said):
    assert is_all_of_it(rest) is said


@pytest.mark.parametrize(
    ("rest", "town", "zone"),
    [
        ("镇", True, False),
        ("乡茶场", True, False),
        ("街道办", True, False),
        ("种羊场", True, False),
        ("经济开发区", False, True),
        ("高新区", False, True),
        ("国家级农业产业园", False, True),
        ("的镇", False, False),  # no name of a town begins so
        ("一二三四五六七八九开发区", False, False),
        ("县", False, False),
    ],
)
def test_a_short_name_is_that_of_a_town_or_a_zone_by_what_follows_it(rest, town, zone):
    assert (names_town(rest), names_zone(rest)) == (town, zone)
