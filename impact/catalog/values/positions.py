"""Positions: degrees of latitude and longitude, and codes of divisions."""

import re
from unicodedata import normalize

from impact.catalog.values.numerals import tidy
from impact.catalog.values.reading import Read, Reading, Step
from impact.errors import Issue

DEGREES = re.compile(
    r"(?P<way>北纬|南纬|东经|西经|纬度|经度|[nsew])?:?(?P<sign>-)?(?P<deg>[0-9]{1,3}(?:\.[0-9]{1,15})?)[°度]?"
    r"(?:(?P<min>[0-9]{1,2}(?:\.[0-9]{1,10})?)['′分])?(?:(?P<sec>[0-9]{1,2}(?:\.[0-9]{1,10})?)(?:[\"″秒]|''|′′))?(?P<end>[nsew])?"
)
NEGATIVE = frozenset({"南纬", "西经", "s", "w"})
NORTHWARD = frozenset({"北纬", "南纬", "纬度", "n", "s"})
MOST_LATITUDE, MOST_LONGITUDE = 90, 180
PLACES = 7
"""Decimals of a degree that are kept: the last is a centimetre."""
ADCODE = re.compile(r"([1-9][0-9]{5})(?:000000)?(?:\.0)?")
"""Six digits, or the twelve of the statistical code of a county or above."""
LETTERED = re.compile(r"[A-Z]{2}(?=.*[0-9-])[A-Z0-9]*(?:-[A-Z0-9]+)*")
"""Codes of other countries, as in ISO 3166-2 and NUTS."""


def read_latitude(text: str) -> Read:
    """Read degrees north, in decimals or in degrees, minutes and seconds, to the centimetre."""
    return _degrees(text, MOST_LATITUDE, northward=True)


def read_longitude(text: str) -> Read:
    """Read degrees east."""
    return _degrees(text, MOST_LONGITUDE, northward=False)


def read_adcode(text: str) -> Read:
    """Read the code of a division, in China six digits; what Excel made of longer ones is not guessed at."""
    plain = normalize("NFKC", text).strip().lstrip("'")
    if LETTERED.fullmatch(plain):
        return Reading(plain, () if plain == text else (Step("code_shortened", {"value": plain}),))
    match = ADCODE.fullmatch(plain)
    if match is None:
        return Issue("not_an_adcode", params={"value": text})
    steps = () if match[1] == text else (Step("code_shortened", {"value": match[1]}),)
    return Reading(match[1], steps)


def _degrees(text: str, most: int, *, northward: bool) -> Read:
    written = _figure(text)
    said = _spelled(text, northward=northward) if written is None else written
    if said is None or not -most <= said <= most:
        return Issue("not_degrees", params={"value": text, "most": most})
    value = round(said, PLACES) + 0.0  # no zero below zero
    return Reading(value, () if value == written else (Step("figure", {"value": value}),))


def _figure(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _spelled(text: str, *, northward: bool) -> float | None:
    plain = "".join(normalize("NFKC", text.replace("″", '"').replace("′", "'")).casefold().split())
    match = DEGREES.fullmatch(plain.replace("’", "'").replace("”", '"').replace("''", '"'))
    if match is None:
        return None
    ways = {way for way in (match["way"], match["end"]) if way}
    if any((way in NORTHWARD) != northward for way in ways):
        return None
    minutes, seconds = float(match["min"] or 0), float(match["sec"] or 0)
    size = tidy(float(match["deg"]) + minutes / 60 + seconds / 3600)
    return -size if match["sign"] or ways & NEGATIVE else size
