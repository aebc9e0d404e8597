"""Prices and packs: yuan per kilogram or per piece, and what a case, a box or a piece holds."""

import re

from impact.catalog.listing import Json
from impact.catalog.values.amounts import HOW, VAGUE
from impact.catalog.values.numerals import NUMBER, RANGE, clean, number, plain, tidy
from impact.catalog.values.reading import EMPTY, Read, Reading, Step
from impact.catalog.values.units import ITEM, MU, PIECES, UNIT, UNITS
from impact.errors import Issue

MONEY = {"元": 1.0, "块钱": 1.0, "块": 1.0, "圆": 1.0, "角": 0.1, "毛": 0.1, "分": 0.01}
MONEY |= dict.fromkeys(("yuan", "rmb", "cny", "人民币"), 1.0)
COIN = "|".join(sorted(MONEY, key=len, reverse=True))
PRICE = re.compile(
    rf"(?P<before>(?>{HOW}|:|¥|\.(?![0-9])|rmb|cny|人民币|均价|单价|售价|零售价?|批发价?|每(?P<each>{UNIT}))*+)"
    rf"(?P<low>{NUMBER})(?P<coin>{COIN})?"
    rf"(?:{RANGE}¥?(?P<high>{NUMBER})(?P<coin2>{COIN})?)?"
    rf"(?P<after>(?>{HOW})*+)"
    rf"(?:(?P<slash>/|每|per|an?(?!n)|一)?(?P<quantity>{NUMBER})?(?P<unit>{UNIT})装?)?"
    rf"(?P<after2>(?>{HOW})*+)(?:\((?P<pack>[^()]*)\))?"
)
NOT_SAID = frozenset({"面议", "时价", "电议", "随行就市", "议价", "市场价", "按市场价", "询价", "浮动"})
"""What stands where nobody wants to name a price."""
MANY = re.compile(r"(?:\*|×|x(?=[0-9半]))")
PART = re.compile(
    rf"(?P<low>{NUMBER})(?P<unit>{UNIT})?(?:{RANGE}(?P<high>{NUMBER})(?P<unit2>{UNIT})?)?(?:/(?P<of>{UNIT}))?装?"
)
PACK_HEAD = re.compile(
    rf"(?>净含量|净重|毛重|规格|{VAGUE}|:|\.(?![0-9]))*+(?:[每一](?P<each>{UNIT}):?)?(?>{VAGUE})*+"
)
PIECE_FIRST = re.compile(rf"(?P<holder>{UNIT})装(?=[0-9半])")


def read_price(text: str, header: str = "") -> Read:
    """Read a price as ``{yuan, per, most?}``; `header` is the unit that the header names, such as 元/斤."""
    bare = plain(text)
    if bare is not None and not header:
        return Reading({"yuan": bare, "per": ITEM})
    written = clean(text)
    if written in NOT_SAID:
        return EMPTY._replace(doubts=(Issue("price_not_said", params={"value": text}),))
    match = PRICE.fullmatch(written)
    if match is not None and header and not (match["unit"] or match["each"]):
        return _by_header(text, match, header)
    return _refused(text) if match is None else _price(text, match)


def price_unit_understood(header: str) -> bool:
    """Whether what a header says in brackets is a unit of prices."""
    return _header_match(header) is not None


def read_pack(text: str, header: str = "") -> Read:
    """Read what a pack holds as ``{amount, unit, per?}``; a size in words is kept as ``{said}``."""
    bare = plain(text) is not None
    written = clean(f"{text}{header}" if bare else text).strip("()")
    head = PACK_HEAD.match(written)
    each = head["each"] if head else None
    rest = written[head.end() if head else 0 :]
    first = PIECE_FIRST.match(rest)
    if first:
        each, rest = first["holder"], rest[first.end() :]
    parts = [PART.fullmatch(part) for part in MANY.split(rest)]
    held = _held([part for part in parts if part], each) if all(parts) else None
    if held is None:
        return Reading({"said": text}, doubts=(Issue("pack_not_understood", params={"value": text}),))
    said = (Step("pack_read", {"amount": float(str(held["amount"])), "unit": str(held["unit"])}),)
    return Reading(held, said)


def pack_unit_understood(header: str) -> bool:
    """Whether what a header says in brackets is what a pack holds: 斤/箱."""
    held = read_pack("1", header)
    return isinstance(held, Reading) and not held.doubts


def _by_header(text: str, match: re.Match[str], header: str) -> Read:
    named = _header_match(header)
    if named is None:
        return _price(text, match)
    reading = _price(text, match)
    factor = _factor(named) if not match["coin"] else 1.0
    if isinstance(reading, Issue) or not isinstance(reading.value, dict):
        return reading
    unit = UNITS[named["unit"]] if named["unit"] else None
    per = factor / (
        (number(named["quantity"]) or 1.0 if named["quantity"] else 1.0) * (unit.factor if unit else 1)
    )
    value: dict[str, Json] = {
        key: tidy(it * per) if isinstance(it, float) else it for key, it in reading.value.items()
    }
    value["per"] = unit.base if unit else ITEM
    return reading._replace(value=value, steps=(*reading.steps, Step("unit_from_header", {"unit": header})))


def _header_match(header: str) -> re.Match[str] | None:
    match = PRICE.fullmatch(clean(f"1{header}"))
    return match if match and (match["coin"] or match["unit"]) and not _of_land(match) else None


def _factor(match: re.Match[str]) -> float:
    return (number(match["low"]) or 1.0) * MONEY[match["coin"] or "元"]


def _price(text: str, match: re.Match[str]) -> Read:
    """Read what one of the base unit costs, and the most that it does where a range is said."""
    ends, share = _ends(match), _share(match)
    if not ends or share is None:
        return _refused(text)
    part, base = share
    yuan = [tidy(end * part) for end in ends]
    steps = () if part == 1 else (Step("price_per", {"yuan": yuan[0], "unit": base}),)
    if len(yuan) == 1:
        return Reading({"yuan": yuan[0], "per": base}, steps)
    low, high = sorted(yuan)
    lower = Step("lower_price", {"low": low, "high": high})
    return Reading({"yuan": low, "per": base, "most": high}, (*steps, lower))


def _ends(match: re.Match[str]) -> list[float]:
    """Read the yuan that are said, or those at both ends of a range; none where a numeral is none.

    A coin that is said at one end goes for both: 3-5元, 3元-5.
    """
    said = [(match["low"], match["coin"] or match["coin2"])]
    if match["high"]:
        said.append((match["high"], match["coin2"] or match["coin"]))
    read = [(number(numeral), MONEY[coin or "元"]) for numeral, coin in said]
    ends = [amount * coin for amount, coin in read if amount is not None]
    return ends if len(ends) == len(said) else []


def _share(match: re.Match[str]) -> tuple[float, str] | None:
    """Tell which part of what is said one of a base unit costs, and the unit; None where none is priced."""
    is_amount = match["unit"] and not (match["slash"] or match["coin"])
    quantity = number(match["quantity"]) if match["quantity"] else 1.0
    if is_amount or _of_land(match) or not quantity:
        return None
    unit = UNITS[match["unit"] or match["each"] or "item"]
    share = 1 / (quantity * unit.factor)
    return _shared_by(match["pack"], share, unit.base) if match["pack"] else (share, unit.base)


def _shared_by(pack: str, share: float, base: str) -> tuple[float, str]:
    """Divide a price by what stands in brackets behind it: 20元/盒(250g)."""
    held = read_pack(pack)
    inside = held.value if isinstance(held, Reading) and isinstance(held.value, dict) else {}
    amount = inside.get("amount")
    if base in PIECES and isinstance(amount, float) and inside.get("unit") == "kg":
        return share / amount, "kg"
    return share, base


def _held(parts: list[re.Match[str]], each: str | None) -> dict[str, Json] | None:
    """Multiply the parts of a pack: 10kg*2, 6*500ml, 500g/袋*10袋/箱."""
    amount, unit = 1.0, None
    for part in parts:
        low = number(part["low"])
        if not low:
            return None
        word = part["unit"] or part["unit2"]
        measured = UNITS[word] if word else None
        amount *= low * (measured.factor if measured else 1)
        if measured and (unit is None or unit in PIECES) and (unit is None or measured.base not in PIECES):
            unit = measured.base
    per = parts[-1]["of"] or each
    if unit is None or unit == MU or not 0 < amount < float("inf"):
        return None
    held: dict[str, Json] = {"amount": tidy(amount), "unit": unit}
    return held | {"per": UNITS[per].base} if per else held


def _of_land(match: re.Match[str]) -> bool:
    return bool(match["unit"]) and UNITS[match["unit"]].base == MU


def _refused(text: str) -> Issue:
    return Issue("not_a_price", params={"value": text})
