"""Cells: one function reads a cell of any column; a second pass settles what one cell says of another."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache, partial
from itertools import repeat

from impact.catalog.columns import Column, Kind
from impact.catalog.escape import unescaped
from impact.catalog.listing import CLEAR, Json
from impact.catalog.remembered import Remembered
from impact.catalog.values import amounts, choices, positions, prices, seasons, texts, times
from impact.catalog.values.numerals import tidy
from impact.catalog.values.reading import BLANK, Cell, Read, Step
from impact.catalog.values.units import HOLDERS, ITEM, PIECE
from impact.errors import Issue

Reader = Callable[[str], Cell]
ERASE = CLEAR.value
NOT_KNOWN = frozenset(
    [
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        "不详",
        "未知",
        "待定",
        "待补充",
        "暂缺",
        "n/a",
        "na",
        "null",
        "?",
        "？",
    ]
)
"""What people write where they know nothing: taken as blank, which changes nothing."""
NOTHING_THERE = frozenset(["无", "暂无", "没有", "none"])
"""Says no in a yes or no and in certificates, and nothing elsewhere."""
LONGEST_BLANK = max(map(len, NOT_KNOWN))
SAYS_NO = frozenset({Kind.YES_NO, Kind.CERTIFICATES})
WEIGHED = frozenset(["monthly_capacity", "annual_output", "stock"])
"""The columns that say how much there is."""
COUNTED = HOLDERS | {PIECE, ITEM}
"""What says how much there is only once it is known what one holds."""
SIMPLE: Mapping[Kind, Callable[[str], Read]] = {
    Kind.ADCODE: positions.read_adcode,
    Kind.LATITUDE: positions.read_latitude,
    Kind.LONGITUDE: positions.read_longitude,
    Kind.COORDINATE_SYSTEM: choices.read_coordinate_system,
    Kind.CATEGORY: choices.read_category,
    Kind.PRODUCER_TYPE: choices.read_producer_type,
    Kind.COLD_CHAIN: choices.read_cold_chain,
    Kind.YES_NO: choices.read_yes_no,
    Kind.CERTIFICATES: choices.read_certificates,
    Kind.SEASON: seasons.read_season,
    Kind.YEAR: times.read_year,
    Kind.DATE: times.read_date,
}
WITH_UNIT: Mapping[Kind, Callable[[str, str], Read]] = {
    Kind.COUNT: amounts.read_count,
    Kind.AMOUNT: amounts.read_amount,
    Kind.MONTHLY_AMOUNT: amounts.read_monthly,
    Kind.YEARLY_AMOUNT: amounts.read_yearly,
    Kind.AREA: amounts.read_area,
    Kind.PRICE: prices.read_price,
    Kind.PACK: prices.read_pack,
    Kind.SHELF_LIFE: times.read_shelf_life,
}
"""Kinds whose unit a header may name."""
AS_WRITTEN: Mapping[Kind, Callable[[str, int], Read]] = {
    Kind.TEXT: texts.read_text,
    Kind.CODE: texts.read_code,
    Kind.PHONE: texts.read_phone,
    Kind.LINK: texts.read_link,
}
"""Kinds that are kept as written."""
PLAIN: Mapping[Kind, Callable[[str], bool]] = {
    Kind.TEXT: texts.is_plain,
    Kind.CODE: texts.is_plain_code,
    Kind.PHONE: texts.is_plain_phone,
}
"""Tells of most that is kept as written that it needs no closer look."""
DIFFERENT = frozenset({Kind.LATITUDE, Kind.LONGITUDE, Kind.CODE, Kind.PHONE, Kind.LINK, Kind.TEXT})
"""Kinds whose cells differ from row to row: remembering them would gain nothing."""
REPEATED = frozenset(["province", "prefecture", "county", "town", "village", "brand"])
"""Columns of texts that come again row after row."""


def read_cell(column: Column, text: str, unit: str = "") -> Cell:
    """Read the cell of a column; `unit` is what the header names as such, 吨/月 or 元/斤, or empty.

    A blank cell has the value None and changes nothing; ``__clear__`` has the value `CLEAR`.
    """
    return reader(column, unit)(text)


@lru_cache(maxsize=1000)
def reader(column: Column, unit: str = "") -> Reader:
    """Return the reader of a column, to be called for each of its cells."""
    blanks = NOT_KNOWN if column.kind in SAYS_NO else NOT_KNOWN | NOTHING_THERE
    if column.kind in AS_WRITTEN:
        written, limit = AS_WRITTEN[column.kind], column.limit
        cell = partial(_cell, lambda text: written(text, limit), blanks)
        if is_plain := PLAIN.get(column.kind):
            cell = partial(_plain_cell, cell, blanks, limit, is_plain)
        return Remembered(cell).__getitem__ if column.name in REPEATED else cell
    read = SIMPLE.get(column.kind) or partial(_with_unit, WITH_UNIT[column.kind], unit)
    cell = partial(_cell, partial(_short, read, column.limit), blanks)
    return cell if column.kind in DIFFERENT else Remembered(cell).__getitem__


def settle(columns: Mapping[str, Sequence[Cell]]) -> dict[str, Sequence[Cell]]:
    """Settle cells by others of their row: a pack turns cases into kilograms, a name tells a type."""
    settled = dict(columns)
    packs = columns.get("pack") or repeat(BLANK)
    for name in WEIGHED & columns.keys():
        settled[name] = list(map(_weighed, columns[name], packs))
    if "price" in columns:
        settled["price"] = list(map(_price_by_weight, columns["price"], packs))
    if sellers := columns.get("producer"):
        told = columns.get("producer_type") or repeat(BLANK)
        settled["producer_type"] = list(map(_typed, told, sellers))
    return settled


def _plain_cell(
    read: Reader, blanks: Collection[str], limit: int, is_plain: Callable[[str], bool], text: str
) -> Cell:
    """Take a text that is plain throughout, as most are, for what it is, without a closer look."""
    if not text:
        return BLANK
    says_something = len(text) > LONGEST_BLANK or text.casefold() not in blanks
    if says_something and len(text) <= limit and text[0] not in "'_" and is_plain(text):
        return Cell(text, text)
    return read(text)


def _cell(read: Callable[[str], Read], blanks: Collection[str], text: str) -> Cell:
    plain = unescaped(text) if text[:1] == "'" else text
    bare = plain.strip()
    if (marked := _marked(bare, blanks, text)) is not None:
        return marked
    found = read(bare)
    if isinstance(found, Issue):
        return Cell(None, text, refused=found)
    left = found.value
    if isinstance(left, str) and left != bare and (marked := _marked(left, blanks, text)) is not None:
        return marked
    return Cell(left, text, found.steps, None, found.doubts)


def _marked(bare: str, blanks: Collection[str], text: str) -> Cell | None:
    """Tell a cell that says nothing, or asks to forget what is known; None where it says something."""
    if not bare:
        return BLANK
    if bare == ERASE:
        return Cell(CLEAR, text)
    if len(bare) <= LONGEST_BLANK and bare.casefold() in blanks:
        return Cell(None, text, (Step("nothing_said", {"value": bare}),))
    return None


def _short(read: Callable[[str], Read], limit: int, text: str) -> Read:
    """Refuse what is far too long to be a figure or a choice before looking at it."""
    if len(text) > limit:
        return Issue("text_too_long", params={"length": len(text), "most": limit})
    if texts.SURROGATE.search(text):
        return Issue("text_broken", params={"value": texts.SURROGATE.sub(texts.REPLACED, text)})
    return read(text)


def _with_unit(read: Callable[[str, str], Read], unit: str, text: str) -> Read:
    """Read a figure; of a date that a spreadsheet made of one is told what it may have been."""
    found = read(text, unit)
    if isinstance(found, Issue) and (suggestion := seasons.was_range(text)):
        return Issue("figure_is_date", params={"value": text, "suggestion": suggestion})
    return found


def _typed(told: Cell, seller: Cell) -> Cell:
    """Take the type of a producer from its name where nothing else tells it."""
    if told is not BLANK or not isinstance(seller.value, str):
        return told
    return TYPES[seller.value] or told


def _weighed(cell: Cell, packed: Cell) -> Cell:
    """Turn pieces into what they hold; those that hold something unknown stay pieces, with a doubt."""
    value = cell.value
    if not isinstance(value, dict) or value.get("unit") not in COUNTED:
        return cell
    pack = _inside(packed)
    share = _held_by(str(value["unit"]), pack)
    if share is None:
        unknown = value["unit"] in HOLDERS
        doubt = Issue("pack_missing", params={"value": cell.original})
        return cell._replace(doubts=(*cell.doubts, doubt)) if unknown else cell
    held = {key: tidy(it * share) if isinstance(it, float) else it for key, it in value.items()}
    step = Step("by_pack", {"amount": share, "unit": str(pack["unit"])})
    doubts = tuple(doubt for doubt in cell.doubts if doubt.code != "unit_missing")
    return cell._replace(value=held | {"unit": pack["unit"]}, steps=(*cell.steps, step), doubts=doubts)


def _price_by_weight(cell: Cell, packed: Cell) -> Cell:
    value = cell.value
    if not isinstance(value, dict) or value.get("per") not in COUNTED:
        return cell
    pack = _inside(packed)
    share = _held_by(str(value["per"]), pack)
    if share is None or pack["unit"] != "kg":
        return cell
    shared = {key: tidy(it / share) if isinstance(it, float) else it for key, it in value.items()}
    step = Step("price_by_pack", {"amount": share, "unit": str(pack["unit"])})
    return cell._replace(value=shared | {"per": pack["unit"]}, steps=(*cell.steps, step))


def _inside(packed: Cell) -> Mapping[str, Json]:
    return packed.value if isinstance(packed.value, dict) else {}


def _held_by(unit: str, pack: Mapping[str, Json]) -> float | None:
    """Tell what one `unit` holds, None where the pack does not say or is of something else."""
    amount, per = pack.get("amount"), pack.get("per", ITEM)
    same = ITEM in {unit, per} or unit == per
    return amount if isinstance(amount, float) and amount > 0 and same else None


def _type_by_name(producer: str) -> Cell | None:
    """Read a producer's type off its name."""
    told = choices.type_of_name(producer)
    return Cell(told, "", (Step("type_by_name", {"value": producer}),)) if told else None


TYPES: Mapping[str, Cell | None] = Remembered(_type_by_name)
"""Sellers come again row after row."""
