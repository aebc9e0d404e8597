"""Written: values in the words of one language, each of which is read back as the same value."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from impact.catalog.columns import Column, Kind
from impact.catalog.escape import escaped
from impact.catalog.listing import Json
from impact.catalog.values.choices import name_of
from impact.catalog.values.seasons import MONTHS
from impact.catalog.values.times import ANY, UNLIMITED
from impact.catalog.values.units import ITEM, MU, WORDS

NUMBERS = frozenset({Kind.LATITUDE, Kind.LONGITUDE, Kind.COUNT, Kind.YEAR})
"""Kinds whose values are bare numbers, which no spreadsheet takes for anything else."""
AND = {"zh": "、", "en": ", "}
NO_CERTIFICATE = {"zh": "无", "en": "None"}
ALL_YEAR = {"zh": "全年", "en": "all year"}
YUAN = {"zh": "元", "en": " yuan"}
FOREVER = {"zh": "长期", "en": UNLIMITED}
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def written(column: Column, value: Json, lang: str) -> str:
    """Write a value as a cell of `column`, empty where there is none; a formula is never written."""
    if value is None:
        return ""
    if column.kind in NUMBERS:
        return _figure(value)
    return escaped(_WRITERS.get(column.kind, _text)(value, lang))


def _text(value: Json, _lang: str) -> str:
    return str(value)


def _choice(family: str) -> Callable[[Json, str], str]:
    return lambda value, lang: (
        str(value["said"]) if isinstance(value, dict) else name_of(family, str(value), lang)
    )


def _yes_no(value: Json, lang: str) -> str:
    return name_of("yes_no", "yes" if value else "no", lang)


def _certificates(value: Json, lang: str) -> str:
    return AND[lang].join(_certificate(each, lang) for each in _list(value)) or NO_CERTIFICATE[lang]


def _certificate(value: Json, lang: str) -> str:
    each = _mapping(value)
    if each["kind"] == "other":
        return str(each["text"])
    name = name_of("certificate", str(each["kind"]), lang)
    return f"{name}({each['number']})" if each.get("number") else name


def _amount(value: Json, lang: str) -> str:
    each = _mapping(value)
    return f"{_range(each, 'amount')}{_gap(lang)}{WORDS[lang][str(each['unit'])]}"


def _area(value: Json, lang: str) -> str:
    return f"{_figure(value)}{_gap(lang)}{WORDS[lang][MU]}"


def _price(value: Json, lang: str) -> str:
    each = _mapping(value)
    per = "" if each["per"] == ITEM else f"/{WORDS[lang][str(each['per'])]}"
    return f"{_range(each, 'yuan')}{YUAN[lang]}{per}"


def _pack(value: Json, lang: str) -> str:
    each = _mapping(value)
    if "said" in each:
        return str(each["said"])
    per = f"/{WORDS[lang][str(each['per'])]}" if each.get("per") else ""
    return f"{_amount({'amount': each['amount'], 'unit': each['unit']}, lang)}{per}"


def _season(value: Json, lang: str) -> str:
    months = [int(str(month)) for month in _list(value)]
    if len(months) == MONTHS:
        return ALL_YEAR[lang]
    return AND[lang].join(
        _month(first, lang) if first == last else f"{_month(first, lang)}-{_month(last, lang)}"
        for first, last in _spans(months)
    )


def _spans(months: Sequence[int]) -> list[tuple[int, int]]:
    """Join months that follow each other, over the turn of the year too."""
    there = set(months)
    firsts = [month for month in months if (month - 2) % MONTHS + 1 not in there]
    return [(first, _last(first, there)) for first in firsts]


def _last(first: int, there: set[int]) -> int:
    last = first
    while last % MONTHS + 1 in there:
        last = last % MONTHS + 1
    return last


def _month(month: int, lang: str) -> str:
    return f"{month}月" if lang == "zh" else SHORT_MONTHS[month - 1]


def _shelf_life(value: Json, lang: str) -> str:
    return "/".join(_kept(kept, days, lang) for kept, days in _mapping(value).items())


def _kept(kept: str, days: Json, lang: str) -> str:
    if days == UNLIMITED:
        return FOREVER[lang]
    how = "" if kept == ANY else name_of("cold_chain", kept, lang)
    return f"{how}{_figure(days)}天" if lang == "zh" else f"{how} {_figure(days)} days".strip()


def _date(value: Json, lang: str) -> str:
    return FOREVER[lang] if value == UNLIMITED else str(value)


def _range(each: Mapping[str, Json], name: str) -> str:
    return f"{_figure(each[name])}-{_figure(each['most'])}" if "most" in each else _figure(each[name])


def _figure(value: Json) -> str:
    """Write a number in full: with a power of ten nobody could read it."""
    figure = format(Decimal(repr(value)), "f")
    return figure.removesuffix(".0")


def _gap(lang: str) -> str:
    return "" if lang == "zh" else " "


def _mapping(value: Json) -> Mapping[str, Json]:
    assert isinstance(value, dict)
    return value


def _list(value: Json) -> Sequence[Json]:
    assert isinstance(value, list)
    return value


_WRITERS: Mapping[Kind, Callable[[Json, str], str]] = {
    Kind.CATEGORY: _choice("category"),
    Kind.PRODUCER_TYPE: _choice("producer_type"),
    Kind.COLD_CHAIN: _choice("cold_chain"),
    Kind.COORDINATE_SYSTEM: _choice("coordinate_system"),
    Kind.YES_NO: _yes_no,
    Kind.CERTIFICATES: _certificates,
    Kind.AMOUNT: _amount,
    Kind.MONTHLY_AMOUNT: _amount,
    Kind.YEARLY_AMOUNT: _amount,
    Kind.AREA: _area,
    Kind.PRICE: _price,
    Kind.PACK: _pack,
    Kind.SEASON: _season,
    Kind.SHELF_LIFE: _shelf_life,
    Kind.DATE: _date,
}
"""A kind that is not named here is kept as written."""
