"""Times: years, days, and how long goods keep."""

import re
from datetime import date, timedelta

from impact.catalog.listing import Json
from impact.catalog.values.amounts import HOW, VAGUE
from impact.catalog.values.numerals import NUMBER, RANGE, clean, number, tidy
from impact.catalog.values.reading import Read, Reading, Step
from impact.errors import Issue

FIRST_YEAR, LAST_YEAR = 1900, 2100
EXCEL_EPOCH = date(1899, 12, 30)
"""The day that spreadsheets count as 0."""
UNLIMITED = "unlimited"
_FOREVER = "长期 长期有效 永久 永久有效 无固定期限 unlimited longterm permanent long-term"
FOREVER = frozenset(_FOREVER.split())
YEAR_AT_START = re.compile(r"(?P<year>[0-9]{4})(?:年度?)?(?P<rest>.*)")
AFTER_YEAR = re.compile(
    r"(?:\.0|[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2})?(?:[t ]?[0-9:.]{5,15})?|[0-9]{1,2}月(?:[0-9]{1,2}[日号])?"
    r"|(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])|第?[0-9十]+批次?)?"
)
SERIAL = re.compile(r"(?P<days>[3-9][0-9]{4})(?:\.[0-9]+)?")
CLOCK = r"(?:[t ]?[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:\.0+)?)?"
DAY = re.compile(
    rf"(?P<y>[0-9]{{4}})[-/.年](?P<m>[0-9]{{1,2}})(?:[-/.月](?P<d>[0-9]{{1,2}})?[日号]?)?{CLOCK}"
    r"|(?P<y2>[0-9]{4})(?P<m2>[0-9]{2})(?P<d2>[0-9]{2})|(?P<y3>[0-9]{4})年?"
)
SHORT = re.compile(r"(?P<a>[0-9]{1,4})[-/.](?P<b>[0-9]{1,2})[-/.](?P<c>[0-9]{1,4})")
UNITS = {
    "天": 1.0,
    "日": 1.0,
    "day": 1.0,
    "days": 1.0,
    "d": 1.0,
    "小时": 1 / 24,
    "hours": 1 / 24,
    "h": 1 / 24,
}
UNITS |= dict.fromkeys(("周", "星期", "week", "weeks"), 7.0)
UNITS |= dict.fromkeys(("个月", "月", "month", "months", "mo"), 365 / 12)
UNITS |= dict.fromkeys(("年", "year", "years", "yr"), 365.0)
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
KEEPING = dict.fromkeys(("常温", "室温", "阴凉", "ambient"), "ambient")
KEEPING |= dict.fromkeys(("冷藏", "保鲜", "chilled", "refrigerated"), "chilled")
KEEPING |= dict.fromkeys(("冷冻", "速冻", "冰冻", "frozen"), "frozen")
_KEPT = "|".join(KEEPING)
LASTING = re.compile(
    rf"(?P<kept>{_KEPT})?(?>下|条件下|保存|储存|:|保质期?|{HOW})*+"
    rf"(?P<low>{NUMBER})(?P<one>{_UNIT})?(?P<half>半)?(?:{RANGE}(?P<high>{NUMBER}))?(?P<unit>{_UNIT})?"
    rf"(?>{HOW})*+\(?(?P<kept2>{_KEPT})?(?:保存|储存)?\)?"
)
ANY = "any"
"""How long goods keep where the way of keeping is not said."""


def read_year(text: str) -> Read:
    """Read a year of four digits, alone or at the start of a date or a batch."""
    written = clean(text)
    match = YEAR_AT_START.fullmatch(written)
    if match is None or not AFTER_YEAR.fullmatch(match["rest"]):
        return Issue("not_a_year", params={"value": text})
    year = int(match["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Issue("not_a_year", params={"value": text})
    return Reading(year, (Step("year_alone", {"year": str(year)}),) if match["rest"] else ())


def read_date(text: str) -> Read:
    """Read a last day as ``YYYY-MM-DD``, or `UNLIMITED`; a month or a year alone ends with its last day."""
    written = clean(text).rstrip("止前")
    if written in FOREVER:
        return Reading(UNLIMITED)
    if serial := SERIAL.fullmatch(written):
        day = EXCEL_EPOCH + timedelta(days=int(serial["days"]))
        params: dict[str, str | int | float] = {"value": text, "date": day.isoformat()}
        return Reading(day.isoformat(), doubts=(Issue("date_was_number", params=params),))
    match = DAY.fullmatch(written)
    if match is None:
        return _short(text, written)
    year = int(match["y"] or match["y2"] or match["y3"])
    month, day_of_month = match["m"] or match["m2"], match["d"] or match["d2"]
    return _day(text, year, int(month) if month else None, int(day_of_month) if day_of_month else None)


def read_shelf_life(text: str, header: str = "") -> Read:
    """Read how many days goods keep, by keeping: ``{ambient: 10, chilled: 30}`` or ``{any: 365}``."""
    days: dict[str, Json] = {}
    steps: list[Step] = []
    written = clean(text)
    if written in FOREVER:
        return Reading({ANY: UNLIMITED})
    for part in (part for part in re.split(r"[/,;、]|或", written) if part):
        match = LASTING.fullmatch(part)
        found = match and _lasting(match, header.strip() or "", steps)
        if not match or not found or not 0 < found < float("inf"):
            return Issue("not_a_shelf_life", params={"value": text})
        kept = match["kept"] or match["kept2"]
        days[KEEPING[kept] if kept else ANY] = found
    return Reading(days, tuple(steps)) if days else Issue("not_a_shelf_life", params={"value": text})


def lasting_unit_understood(header: str) -> bool:
    """Whether what a header says in brackets is a unit of time."""
    return clean(header) in UNITS


def _lasting(match: re.Match[str], header: str, steps: list[Step]) -> float | None:
    low, word = number(match["low"]), match["one"] or match["unit"] or clean(header)
    if low is None or (word and word not in UNITS):
        return None
    low += 0.5 if match["half"] else 0
    if match["high"]:
        steps.append(Step("shorter_time"))
    if re.search(VAGUE, match[0]):
        steps.append(Step("approximate"))
    unit = UNITS[word] if word else 1.0
    days = low * unit
    rounded = float(round(days)) if days >= 1 else tidy(days)
    if unit != 1.0:
        steps.append(Step("days", {"days": rounded}))
    return rounded


def _day(text: str, year: int, month: int | None, day: int | None) -> Read:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Issue("not_a_date", params={"value": text})
    try:
        if month and day:
            found = date(year, month, day)
            return Reading(found.isoformat())
        first = date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1) if month != 0 else None
        last = first - timedelta(days=1) if first else None
    except ValueError:
        return Issue("not_a_date", params={"value": text})
    if last is None or (month or 1) > 12:
        return Issue("not_a_date", params={"value": text})
    return Reading(last.isoformat(), (Step("last_day", {"date": last.isoformat()}),))


def _short(text: str, written: str) -> Read:
    """A date whose year has two digits, or stands last, may be several."""
    match = SHORT.fullmatch(written)
    if match is None:
        return Issue("not_a_date", params={"value": text})
    a, b, c = (int(match[name]) for name in "abc")
    readings = [(2000 + a, b, c)] if a < 100 else []
    readings += [(c if c > 100 else 2000 + c, a, b), (c if c > 100 else 2000 + c, b, a)]
    days = sorted({found for reading in readings if (found := _as_day(*reading))})
    if len(days) == 1:
        return Reading(days[0], (Step("date_read", {"date": days[0]}),))
    if not days:
        return Issue("not_a_date", params={"value": text})
    return Issue("date_ambiguous", params={"value": text, "candidates": ", ".join(days)})


def _as_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
