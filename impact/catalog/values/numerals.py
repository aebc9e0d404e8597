"""Numerals: numbers in the figures and words that people write, 12,000 and １２ and 3万5 and 一百二十."""

import re
from math import isfinite
from unicodedata import normalize

DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
MYRIAD = 10_000
"""From here on a scale counts all that stands before it: 三十万 is 30 × 10,000."""
FIGURES = r"[0-9]++(?:\.[0-9]++)?|(?<![0-9])\.[0-9]++"
NUMBER = rf"(?:半|(?>{FIGURES}|[十百万亿]|千(?!克)|两(?=[百千万亿])|(?<![0-9十百千万亿半])两(?!$))++)"
"""A number in a text made `clean`; 两 is two before a measure word and a unit after a number."""
RANGE = r"(?:[-~]|至|到)"
_GROUPS = re.compile(r"(?<=[0-9])[, ](?=[0-9]{3}(?![0-9]))")
_SPACES = re.compile(r"\s+(?![0-9])|(?<![0-9])\s+")
_DASHES = re.compile(r"[-‐‑‒–—―−]+")
_SHORT = re.compile(r"(?<=[0-9])([wk])(?![a-z])")
_TOKENS = re.compile(rf"({FIGURES})|(.)")
_PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?", re.ASCII)
SIGNIFICANT = 10
"""Digits that are kept of a converted figure: more would show how computers count."""


def clean(text: str) -> str:
    """Write a text in one way: half width, small letters, Arabic digits, no spaces, no commas in figures."""
    if _PLAIN.fullmatch(text):
        return text
    text = normalize("NFKC", text).casefold().strip()
    text = _DASHES.sub("-", text).replace("〜", "~").replace("点", ".")
    text = _GROUPS.sub("", text.translate(DIGITS))
    text = _SPACES.sub("", text)
    return _SHORT.sub(lambda scale: "万" if scale[1] == "w" else "千", text)


def number(text: str) -> float | None:
    """Return the number that a match of `NUMBER` says, None where it is beyond all bounds."""
    if _PLAIN.fullmatch(text):
        return float(text)
    value = 0.5 if text == "半" else _spelled(text)
    return value if isfinite(value) else None


def plain(text: str) -> float | None:
    """Return the number of a text of figures alone, which most cells are, and None for any other."""
    return float(text) if _PLAIN.fullmatch(text) else None


def tidy(value: float) -> float:
    """Leave out what a conversion added to a figure behind its last digit."""
    return float(f"{value:.{SIGNIFICANT}g}")


def _spelled(text: str) -> float:
    """Add up scales from the left; a last digit alone counts in tenths of the scale before: 一百二 is 120."""
    total = section = 0.0
    pending: float | None = None
    scale, lone = 1, False
    for figures, mark in _TOKENS.findall(text):
        if figures or mark == "两":
            pending, lone = float(figures or 2), len(figures) == 1
            continue
        scale = SCALES[mark]
        if scale >= MYRIAD:
            whole = section + (pending or 0.0)
            total = (total + whole or 1.0) * scale if scale > MYRIAD else total + (whole or 1.0) * scale
            section = 0.0
        else:
            section += (1.0 if pending is None else pending) * scale
        pending = None
    return total + section + (pending or 0.0) * (scale / 10 if lone and scale > SCALES["十"] else 1)
