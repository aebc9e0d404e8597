"""A list of codes and names is read as regions; what means none is told with those nearest to it."""

import pytest

from impact.config import DATA
from impact.reference import read_resolver
from impact.regions.meant import MOST_TOLD, meant, nearest


@pytest.fixture(scope="module")
def resolver():
    return read_resolver(DATA)


@pytest.mark.parametrize(
    ("text", "codes", "why"),
    [
        ("513423", ["513423"], "a code"),
        ("513423 533325", ["513423", "533325"], "codes that blanks part"),
        ("513423,533325、530900", ["513423", "533325", "530900"], "or commas of any kind"),
        ("盐源县", ["513423"], "a name"),
        ("四川省凉山州盐源县", ["513423"], "a name from large to small"),
        ("四川 盐源县", ["513423"], "the same with a blank, and not all of Sichuan"),
        ("盐源县 木里县", ["513423", "513422"], "two names"),
        ("盐源县、永德县", ["513423", "530923"], "two names of two provinces"),
        ("513423 盐源县", ["513423"], "a code with its name"),
        ("Yanyuan", ["513423"], "pinyin"),
        ("110228", ["110118"], "a code of former days"),
        ("", [], "nothing"),
    ],
)
def test_codes_and_names_are_read(resolver, text, codes, why):
    found = meant(resolver, text)

    assert [region.adcode for region in found.regions] == codes, why
    assert found.issues == ()


@pytest.mark.parametrize(
    ("text", "code", "candidate", "why"),
    [
        ("盐原县", "region_not_one", "513423 四川省凉山彝族自治州盐源县", "a sign that sounds the same"),
        ("兰平县", "region_not_one", "533325", "a name in short, with a slip"),
        ("朝阳区", "region_not_one", "220104 吉林省长春市朝阳区", "a name that two bear"),
        ("513499", "region_not_one", "513429", "a code that nobody bears"),
        ("51342", "region_not_one", "513423", "a digit is missing"),
        ("999999", "region_unknown", None, "nothing is like it"),
        ("abc", "region_unknown", None, "nor like this"),
    ],
)
def test_what_means_no_region_is_told_with_the_nearest(resolver, text, code, candidate, why):
    found = meant(resolver, f"513423 {text}")

    (issue,) = found.issues
    assert (issue.code, issue.params["value"]) == (code, text), why
    assert candidate is None or candidate in str(issue.params["candidates"]), why
    assert [region.adcode for region in found.regions] == ["513423"]


def test_names_that_are_meant_stay_apart_from_those_that_are_not(resolver):
    found = meant(resolver, "盐源县 盐原县 木里县")

    assert [region.name for region in found.regions] == ["盐源县", "木里藏族自治县"]
    assert [issue.params["value"] for issue in found.issues] == ["盐原县"]


def test_the_nearest_comes_first(resolver):
    assert nearest(resolver.gazetteer, "盐原县")[0].name == "盐源县"


def test_no_more_faults_are_told_than_help(resolver):
    assert (
        len(meant(resolver, " ".join(["火星"] * 3 + [f"火{n}" for n in "甲乙丙丁戊己庚辛壬癸子丑"])).issues)
        == MOST_TOLD
    )
