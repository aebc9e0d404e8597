"""Spellings: how people write the names of divisions, and how sure each is to mean what it says."""

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import combining, normalize

from opencc import OpenCC

from impact.model import Level, Region
from impact.regions.customary import SIGNS
from impact.regions.gazetteer import FIRST_SIGN

NAMED, SHORT, CONTRACTED, FORMER, CURT = 1.0, 0.9, 0.95, 0.9, 0.8
"""How sure the full name is, the name without its kind, one without its peoples, one no longer
borne, and the beginning of a long one."""
LEAST_LENGTH, LONG = 2, 4
KINDS = {
    "自治州": "州",
    "自治县": "县",
    "自治旗": "旗",
    "自治区": "区",
    "特别行政区": "",
    "地区": "",
    "林区": "",
    "盟": "",
}
"""Ends of names that are often shortened, and to what."""
ENDINGS = "省市县区旗州盟"
"""A word that ends so is a whole name."""
PEOPLE = re.compile(r"族$")
DROPPED = re.compile(
    r"中华人民共和国|中国|市辖区|省直辖县级行政(?:区划|单位)|自治区直辖县级行政(?:区划|单位)|省直辖(?=[^市])"
    r"|(?<=重庆市)县(?=.)|生产建设兵团(?:第[一二三四五六七八九十]+师)?"
    r"|^(?:产地|原产地|产区|地址|详细地址|所在地|所在地区|发货地|位置|地区)[:：]"
)
"""What stands before and between names in lists and names no place."""
SPACES = re.compile(r"[\s\u200b\ufeff·•・\-—_>→|]+|(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])")
LONE_SURROGATES = re.compile(r"[\ud800-\udfff]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
PAST_LATIN = 0x250
_SIMPLIFIED = OpenCC("t2s")


def spellings(region: Region) -> Iterator[tuple[str, float]]:
    """Give the ways in which a division's name is written today, each with how sure it is."""
    yield region.name, NAMED
    short = region.short_name
    if len(short) >= LEAST_LENGTH and short != region.name:
        yield short, SHORT
    yield from _contracted(region.name, short)
    if region.level is Level.PROVINCE and region.name.endswith("区"):
        yield f"{short}省", CONTRACTED
    for other in SIGNS.get(region.name, ()):
        yield other, CONTRACTED


def _contracted(name: str, short: str) -> Iterator[tuple[str, float]]:
    """Leave out the peoples of an autonomous division, and of a long name all but its first two signs."""
    kind = next((kind for kind in KINDS if name.endswith(kind)), None)
    if kind is None:
        return
    base = PEOPLE.sub("", short)
    if base != short:
        yield base, SHORT
    for each in {short, base} if KINDS[kind] else ():
        yield each + KINDS[kind], CONTRACTED
    if len(base) >= LONG and KINDS[kind]:
        yield base[:LEAST_LENGTH] + KINDS[kind], CURT


def is_latin(text: str) -> bool:
    """Tell whether a text is written in Latin letters, and so its words with gaps between them."""
    return bool(LATIN.search(text)) and all(ord(letter) < PAST_LATIN or combining(letter) for letter in text)


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Write a text as the gazetteer does: simplified, half width, without spaces and fillers."""
    found = LONE_SURROGATES.sub("", normalize("NFKC", text))
    if not is_latin(found):
        found = SPACES.sub("", found)
    if any(letter >= FIRST_SIGN for letter in found):
        found = _SIMPLIFIED.convert(found)
        found = DROPPED.sub("", found) or found
    return found.strip("，,。.;；:：\"'“”")
