"""Headers: which of our columns a partner's header means, how sure that is, and why."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from unicodedata import normalize

from impact.catalog.cells import WITH_UNIT
from impact.catalog.columns import BY_NAME, COLUMNS, Column, Kind
from impact.catalog.rejected import REASON
from impact.catalog.values.amounts import unit_understood
from impact.catalog.values.prices import pack_unit_understood, price_unit_understood
from impact.catalog.values.times import lasting_unit_understood

LEAST = 0.7
"""Below this confidence a header means nothing of ours and is kept as an attribute."""
SURE, BY_SYNONYM, BY_PART = 1.0, 0.95, 0.75
WITHOUT_UNIT = 0.95
"""A name that is left when what may be a unit is taken off is that much less sure."""
MOST_SIMILAR = 0.9
"""What is only similar, or a part, is never surer."""
BARE = re.compile(r"[(\[【{<][^()\[\]【】{}<>]*[)\]】}>]")
IN_BRACKETS = re.compile(r"[(\[【]\s*(?:单位\s*[:：]?)?\s*([^()\[\]【】]+?)\s*[)\]】]")
TRAILING_UNIT = re.compile(r"(?:单位[:：]|[_/:：,，\s-])\s*([^_:：,，\s-]+)$")
NOISE = re.compile(
    r"[\s*＊_\-—:：、,，.。/\\|“”\"'()\[\]【】]+|请填写|必填项?|选填|可选|填写|required|optional"
)
UNDERSTOOD: Mapping[Kind, Callable[[str], bool]] = {
    Kind.PRICE: price_unit_understood,
    Kind.PACK: pack_unit_understood,
    Kind.SHELF_LIFE: lasting_unit_understood,
}
"""Who knows the units of a kind; amounts' units are those of all others."""
PART_LENGTH = 2
"""A name shorter than this says nothing as a part of a header: 省 stands in 省外销售."""


class Why(StrEnum):
    """Why a header is taken to mean a column, or is not."""

    REMEMBERED = "remembered"
    SAME_NAME = "same_name"
    SYNONYM = "synonym"
    PART = "part"
    SIMILAR = "similar"
    TAKEN = "taken"
    """Another header means the same column, and more surely."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Suggested:
    """What a header is taken to mean: a column of ours, or nothing, when it is kept as an attribute."""

    header: str
    column: str = ""
    """The name of the column, empty for an attribute."""
    confidence: float = 0.0
    """In [0, 1]."""
    why: Why = Why.UNKNOWN
    unit: str = ""
    """What the header names as the unit of its cells: 吨/月, 元/斤."""
    rival: str = ""
    """The header that means the same column more surely, where this one is `Why.TAKEN`."""


def suggest(header: Sequence[str], remembered: Mapping[str, str] | None = None) -> tuple[Suggested, ...]:
    """Suggest what each header means; `remembered` says what some were known to mean, empty for nothing.

    Of two that mean the same column the surer one has it, the first of two that are equally sure.
    """
    found = [_remembered(each, remembered or {}) or _best(each) for each in header]
    holder: dict[str, int] = {}
    for place in sorted(range(len(found)), key=lambda place: (-found[place].confidence, place)):
        if found[place].column:
            holder.setdefault(found[place].column, place)
    return tuple(
        each
        if not each.column or holder[each.column] == place
        else Suggested(each.header, "", 0.0, Why.TAKEN, rival=header[holder[each.column]])
        for place, each in enumerate(found)
    )


def _remembered(header: str, remembered: Mapping[str, str]) -> Suggested | None:
    name = remembered.get(header)
    if name is None:
        return None
    column = BY_NAME.get(name)
    unit = _unit(header, column) if column else ""
    return Suggested(header, name if column else "", SURE, Why.REMEMBERED, unit)


@lru_cache(maxsize=10_000)
def _best(header: str) -> Suggested:
    """Find the column that a header most likely means: by its name, without its unit, by parts of it.

    What we wrote beside rows that were sent back means none.
    """
    if header in REASON.values():
        return Suggested(header)
    plain = normalize("NFKC", header)
    bare = BARE.sub("", plain)
    for text, share in ((plain, SURE), (bare, WITHOUT_UNIT), (TRAILING_UNIT.sub("", bare), WITHOUT_UNIT)):
        found = _names().get(_folded(text))
        if found:
            column, why = found
            sure = share * (SURE if why is Why.SAME_NAME else BY_SYNONYM)
            return Suggested(header, column.name, round(sure, 2), why, _unit(header, column))
    nearest, confidence, why = _nearest(_folded(bare))
    if nearest is None or confidence < LEAST:
        return Suggested(header)
    return Suggested(header, nearest.name, round(confidence, 2), why, _unit(header, nearest))


def _nearest(text: str) -> tuple[Column | None, float, Why]:
    best: tuple[Column | None, float, Why] = (None, 0.0, Why.UNKNOWN)
    for name, (column, _) in _names().items():
        if len(name) > PART_LENGTH and name in text:
            score = BY_PART + (MOST_SIMILAR - BY_PART) * len(name) / len(text)
            why = Why.PART
        else:
            score, why = MOST_SIMILAR * SequenceMatcher(None, text, name).ratio(), Why.SIMILAR
        if score > best[1]:
            best = (column, score, why)
    return best


def _unit(header: str, column: Column) -> str:
    """Find what the header says its cells are counted in; what is no unit of the column is none."""
    understood = _understood(column)
    if understood is None:
        return ""
    plain = normalize("NFKC", header)
    said = [*IN_BRACKETS.findall(plain), *TRAILING_UNIT.findall(plain)]
    return next((unit for unit in said if understood(unit)), "")


def _understood(column: Column) -> Callable[[str], bool] | None:
    if column.kind not in WITH_UNIT:
        return None
    return UNDERSTOOD.get(column.kind, unit_understood)


def _folded(text: str) -> str:
    return NOISE.sub("", normalize("NFKC", text).casefold())


@lru_cache(maxsize=1)
def _names() -> Mapping[str, tuple[Column, Why]]:
    """Look columns up by all that they are called; names before synonyms."""
    names: dict[str, tuple[Column, Why]] = {}
    for column in COLUMNS:
        for name in (column.zh, column.en, column.name):
            names.setdefault(_folded(name), (column, Why.SAME_NAME))
    for column in COLUMNS:
        for name in (*column.synonyms_zh, *column.synonyms_en):
            names.setdefault(_folded(name), (column, Why.SYNONYM))
    return names
