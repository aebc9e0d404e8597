"""Texts: names and notes, codes, phone numbers and links, kept as written but for what cannot be kept."""

import re
from collections.abc import Iterator
from unicodedata import normalize
from urllib.parse import urlsplit

from impact.catalog.values.reading import Read, Reading, Step
from impact.errors import Issue

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
"""What nobody sees: control characters, marks of direction, spaces without width."""
SURROGATE = re.compile(r"[\ud800-\udfff]")
LINE_ENDS = re.compile(r"\r\n?|\x85")
SPACES = re.compile(r"[ \t\u00a0\u3000]+")
REPLACED = "\ufffd"
"""What stands where bytes could not be decoded."""
POWERS = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+")
DECIMAL = re.compile(r"([0-9]+)\.0+")
LONG = re.compile(r"[0-9]{12,}000")
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec"
DATE = re.compile(
    rf"[0-9]{{1,2}}月[0-9]{{1,2}}日|(?:19|20)[0-9]{{2}}-[01][0-9]-[0-3][0-9]|[0-9]{{1,2}}-(?:{_MONTH})|(?:{_MONTH})-[0-9]{{1,2}}",
    re.IGNORECASE,
)
"""What spreadsheets make of 1-2."""
EXACT_DIGITS = 15
"""So many digits a spreadsheet keeps; it writes zeros for the rest."""
PHONE = re.compile(r"[+0-9()\-\s/,;、.转ext]{5,60}", re.IGNORECASE)
USUAL_PHONE = re.compile(
    r"1[3-9][0-9]{9}|861[3-9][0-9]{9}|0[0-9]{9,11}|[2-9][0-9]{6,7}|(?:400|800)[0-9]{7}|9[0-9]{4,5}|1[0-9]{2,4}"
)
"""Mobile; with the area in front; local; service numbers."""
SCHEMES = frozenset({"http", "https"})


def is_plain(text: str) -> bool:
    """Tell a text of which nothing is left out, however it is read."""
    return text.isprintable() and text == text.strip() and "  " not in text and REPLACED not in text


def is_plain_code(text: str) -> bool:
    """Tell a code that no spreadsheet can have made anything of."""
    if not (text.isascii() and text.isalnum()):
        return False
    return len(text) <= EXACT_DIGITS if text.isdigit() else not POWERS.fullmatch(text)


def is_plain_phone(text: str) -> bool:
    """Tell a number as phones have, written in digits alone."""
    return text.isascii() and text.isdigit() and USUAL_PHONE.fullmatch(text) is not None


def read_text(text: str, limit: int) -> Read:
    """Read a name or a note of at most `limit` characters, without what nobody sees."""
    if len(text) <= limit and is_plain(text):
        return Reading(text or None)
    if SURROGATE.search(text):
        return Issue("text_broken", params={"value": SURROGATE.sub(REPLACED, text)[:limit]})
    plain = SPACES.sub(" ", CONTROL.sub("", LINE_ENDS.sub("\n", text))).strip()
    if len(plain) > limit:
        return Issue("text_too_long", params={"length": len(plain), "most": limit})
    steps = (Step("unseen_removed"),) if CONTROL.search(text) else ()
    doubts = (Issue("text_garbled", params={"value": plain}),) if REPLACED in plain else ()
    return Reading(plain or None, steps, doubts)


def read_code(text: str, limit: int) -> Read:
    """Read a code as text; what a spreadsheet made of it is told and never guessed at."""
    if len(text) <= limit and is_plain_code(text):
        return Reading(text)
    plain = normalize("NFKC", text).strip().lstrip("'")
    if POWERS.fullmatch(plain):
        return Issue("code_in_powers", params={"value": text})
    steps: tuple[Step, ...] = ()
    if match := DECIMAL.fullmatch(plain):
        plain, steps = match[1], (Step("decimal_dropped", {"value": match[1]}),)
    reading = read_text(plain, limit)
    if isinstance(reading, Issue):
        return reading
    doubts = (*_spoilt(plain), *reading.doubts)
    return reading._replace(steps=(*steps, *reading.steps), doubts=doubts)


def _spoilt(code: str) -> Iterator[Issue]:
    """Say what a spreadsheet may have made of a code, where that shows."""
    if len(code) > EXACT_DIGITS and LONG.fullmatch(code):
        yield Issue("code_digits_lost", params={"value": code})
    if DATE.fullmatch(code):
        yield Issue("code_is_date", params={"value": code})


def read_phone(text: str, limit: int) -> Read:
    """Read a phone number as text; a zero that seems to be missing is asked for."""
    reading = read_code(text, limit)
    if isinstance(reading, Issue) or not isinstance(reading.value, str):
        return reading
    number = reading.value
    if not PHONE.fullmatch(number):
        return Issue("not_a_phone", params={"value": number})
    if number.isdigit() and not USUAL_PHONE.fullmatch(number):
        return reading._replace(doubts=(Issue("phone_unusual", params={"value": number}),))
    return reading


def read_link(text: str, limit: int) -> Read:
    """Read an address of http or https; nothing else is followed, nothing is put before it."""
    reading = read_text(text, max(limit, 500))
    if isinstance(reading, Issue) or not isinstance(reading.value, str):
        return reading
    try:
        parts = urlsplit(reading.value)
    except ValueError:
        return Issue("not_a_link", params={"value": reading.value})
    if parts.scheme.lower() not in SCHEMES or not parts.hostname or " " in reading.value:
        return Issue("not_a_link", params={"value": reading.value})
    return reading
