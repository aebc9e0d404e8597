"""Amounts: how much there is or can be supplied, in kilograms, mu or pieces, a month, a year or at all."""

import re
from functools import lru_cache
from typing import NamedTuple

from impact.catalog.values.numerals import NUMBER, RANGE, SCALES, clean, number, plain, tidy
from impact.catalog.values.reading import Read, Reading, Step
from impact.catalog.values.units import MU, PER_YEAR, PERIOD, PERIOD_OF, PIECE, UNIT, UNITS
from impact.errors import Issue

VAGUE = "大约|约|大概|估计|预计|将近|接近|近|差不多|几乎|左右|上下|about|approx|around|ca|≈"
LEAST = "以上|不低于|不少于|至少|超过|超|逾|>=|≥|>|起|\\+|atleast|over|morethan"
MOST = "以下|以内|不超过|最多|至多|<=|≤|<|upto|atmost"
HOW = rf"{VAGUE}|{LEAST}|{MOST}"
OF_WHAT = "总|可|能|产能|产量|产|供货量|供货|供应量|供应|供|出栏量|出栏|发货量|发货|销售|销|存栏|共|合计|计"
AMOUNT = re.compile(
    rf"(?P<before>(?>{HOW}|:|\.(?![0-9])|{OF_WHAT}|(?:每个?|单|全|平均)?(?P<lead>{PERIOD})均?(?={OF_WHAT}|{HOW}|[0-9十百千万亿两半:]))*+)"
    rf"(?P<low>{NUMBER})(?P<odd>[多余])?(?P<unit>{UNIT})?(?P<half>半)?"
    rf"(?:{RANGE}(?P<high>{NUMBER})[多余]?(?P<unit2>{UNIT})?)?"
    rf"(?P<after>(?>{HOW})*+)"
    rf"(?:(?:/|每|per|an?)(?P<per>{PERIOD})(?P<after2>(?>{HOW})*+))?"
)
"""Matched against a text made `clean`."""
_VAGUE, _LEAST, _MOST = (re.compile(words) for words in (VAGUE, LEAST, MOST))
ATOM = re.compile(r"[0-9.]+")


class Figure(NamedTuple):
    """What a text says before it is turned into our units."""

    low: float
    high: float | None = None
    unit: str | None = None
    high_unit: str | None = None
    period: str | None = None
    steps: tuple[Step, ...] = ()


def read_monthly(text: str, header: str = "") -> Read:
    """Read how much can be supplied in a month; `header` is the unit that the header names, or empty."""
    return _per("month", text, header)


def read_yearly(text: str, header: str = "") -> Read:
    """Read how much is produced in a year."""
    return _per("year", text, header)


def read_amount(text: str, header: str = "") -> Read:
    """Read how much there is; a period makes no sense of it."""
    figure = figure_of(text, header)
    if figure is None or figure.period:
        return Issue("not_an_amount", params={"value": text})
    return _amount(text, figure, 1.0)


def read_area(text: str, header: str = "") -> Read:
    """Read how large a piece of land is, in mu; a bare figure is in mu."""
    figure = figure_of(text, header)
    if figure is None or figure.period or _base(figure, MU) != MU:
        return Issue("not_an_area", params={"value": text})
    reading = _amount(text, figure._replace(unit=figure.unit or "亩"), 1.0)
    if isinstance(reading, Reading) and isinstance(reading.value, dict):
        return reading._replace(value=reading.value["amount"])
    return reading


def read_count(text: str, header: str = "") -> Read:
    """Read how many there are of what the column counts, such as households."""
    text_of_figure = clean(text).rstrip("户家人名个")
    figure = figure_of(text_of_figure, header.rstrip("户家人名个"))
    if figure is None or figure.unit or figure.period:
        return Issue("not_a_count", params={"value": text})
    return Reading(tidy(figure.low), figure.steps)


def figure_of(text: str, header: str = "") -> Figure | None:
    """Find the figure of a text; None where it is not one figure, or a range of two, and its unit."""
    bare = plain(text)
    if bare is not None and not header:
        return Figure(bare)
    match = AMOUNT.fullmatch(clean(text))
    figure = match and _figure(match)
    return _with_header(figure, header) if figure else None


def unit_understood(header: str) -> bool:
    """Whether what a header says in brackets is a unit of amounts."""
    return _header_figure(header) is not None


def _per(period: str, text: str, header: str) -> Read:
    figure = figure_of(text, header)
    if figure is None or _base(figure, PIECE) == MU:
        return Issue("not_an_amount", params={"value": text})
    said = figure.period or period
    times = PER_YEAR[said] / PER_YEAR[period]
    if said != period:
        figure = figure._replace(steps=(*figure.steps, Step("per_period", {"of": said, "to": period})))
    return _amount(text, figure, times)


def _amount(text: str, figure: Figure, times: float) -> Read:
    low_unit = UNITS[figure.unit or figure.high_unit or "件"]
    low = tidy(figure.low * low_unit.factor * times)
    doubts = () if figure.unit or figure.high_unit else (Issue("unit_missing", params={"value": text}),)
    steps = figure.steps
    if low_unit.factor != 1:
        steps = (*steps, Step("converted", {"to": tidy(figure.low * low_unit.factor), "unit": low_unit.base}))
    if figure.high is None:
        return Reading({"amount": low, "unit": low_unit.base}, steps, doubts)
    high_unit = UNITS[figure.high_unit or figure.unit or "件"]
    if high_unit.base != low_unit.base:
        return Issue("not_an_amount", params={"value": text})
    high = tidy(figure.high * high_unit.factor * times)
    low, high = min(low, high), max(low, high)
    steps = (*steps, Step("lower_end", {"low": low, "high": high, "unit": low_unit.base}))
    return Reading({"amount": low, "unit": low_unit.base, "most": high}, steps, doubts)


def _base(figure: Figure, otherwise: str) -> str:
    unit = figure.unit or figure.high_unit
    return UNITS[unit].base if unit else otherwise


def _with_header(figure: Figure, header: str) -> Figure:
    named = _header_figure(header) if header else None
    if named is None:
        return figure
    period = figure.period or named.period
    if figure.unit or figure.high_unit or not named.unit:
        return figure._replace(period=period)
    high = None if figure.high is None else figure.high * named.low
    steps = (*figure.steps, Step("unit_from_header", {"unit": header}))
    return Figure(figure.low * named.low, high, named.unit, None, period, steps)


@lru_cache(maxsize=1000)
def _header_figure(header: str) -> Figure | None:
    """Read a header's unit: 吨, 万斤/月, kg per month; it may be a period alone."""
    match = AMOUNT.fullmatch(clean(f"1{header}")) or AMOUNT.fullmatch(clean(f"1/{header}"))
    return _figure(match) if match else None


def _figure(match: re.Match[str]) -> Figure | None:
    low, high = match["low"], match["high"]
    low_value = number(_scaled_like(low, high) if high else low)
    high_value = number(high) if high else None
    if low_value is None or (high and high_value is None):
        return None
    unit = match["unit"]
    if match["half"] and unit:
        low_value += 0.5
    period = match["per"] or match["lead"]
    steps = tuple(_told(match, low_value))
    return Figure(low_value, high_value, unit, match["unit2"], PERIOD_OF[period] if period else None, steps)


def _scaled_like(low: str, high: str) -> str:
    """3-5万 begins at 3万, but 8000-1万 at 8000."""
    scaled = low + high.lstrip("0123456789.")
    if not ATOM.fullmatch(low) or scaled == low or not set(scaled[len(low) :]) <= SCALES.keys():
        return low
    least, most = number(scaled), number(high)
    return scaled if least is not None and most is not None and least <= most else low


def _told(match: re.Match[str], value: float) -> list[Step]:
    how = f"{match['before']} {match['after'] or ''} {match['after2'] or ''}"
    steps = []
    if not ATOM.fullmatch(match["low"]):
        steps.append(Step("figure", {"value": value}))
    if match["odd"] or _VAGUE.search(how):
        steps.append(Step("approximate"))
    if _LEAST.search(how):
        steps.append(Step("at_least"))
    if _MOST.search(how):
        steps.append(Step("at_most"))
    return steps
