"""Units: what figures are counted in, by the words that people write, and what each makes in ours."""

from typing import NamedTuple

KILOGRAM, MU, LITRE, PIECE, ITEM = "kg", "mu", "litre", "piece", "item"
"""`item` is one of what is listed, whatever that may be."""
MU_PER_M2 = 0.0015
MONTHS_PER_YEAR = 12
DAYS_PER_YEAR = 365
DAYS_PER_WEEK = 7


class Unit(NamedTuple):
    """A unit people write: `factor` of our unit `base`."""

    base: str
    factor: float


MEASURES: dict[tuple[str, float], str] = {
    (KILOGRAM, 1000): "吨 公吨 t ton tons tonne tonnes",
    (KILOGRAM, 1): "千克 公斤 kg kgs kilo kilos kilogram kilograms",
    (KILOGRAM, 0.5): "斤 市斤 jin catty catties",
    (KILOGRAM, 0.05): "两 市两",
    (KILOGRAM, 0.001): "克 g gram grams",
    (KILOGRAM, 50): "担",
    (KILOGRAM, 100): "公担",
    (LITRE, 1): "升 公升 l litre litres liter liters",
    (LITRE, 0.001): "毫升 ml",
    (MU, 1): "亩 市亩 mu",
    (MU, 15): "公顷 ha hectare hectares",
    (MU, MU_PER_M2): "平方米 平米 平方 平 m2 m² sqm",
    (MU, MU_PER_M2 * 1_000_000): "平方公里 平方千米 km2 km²",
}
PIECES: dict[str, str] = {
    "case": "箱 case cases carton cartons",
    "box": "盒 礼盒 box boxes",
    "bag": "袋 bag bags",
    "bottle": "瓶 bottle bottles",
    "jar": "罐 jar jars can cans",
    "barrel": "桶 筐 篓 框 barrel barrels basket baskets",
    "pack": "包 提 扎 pack packs",
    PIECE: "件 个 枚 颗 块 张 支 把 份 串 根 饼 粒 条 片 piece pieces pc pcs",
    "head": "头 匹 口 head",
    "animal": "只 羽 尾 animal animals bird birds",
    "plant": "株 棵 盆 plant plants",
    "pair": "双 对 pair pairs",
    "set": "套 台 set sets",
    "book": "本 册 book books",
    "order": "单 order orders",
    ITEM: "item items",
}
"""What is counted in pieces, by our name."""
HOLDERS = frozenset({"case", "box", "bag", "bottle", "jar", "barrel", "pack"})
"""Pieces that say nothing of how much there is until it is said what they hold."""
UNITS = {word: Unit(base, factor) for (base, factor), words in MEASURES.items() for word in words.split()} | {
    word: Unit(base, 1) for base, words in PIECES.items() for word in words.split()
}
WORDS = {
    "zh": {KILOGRAM: "千克", MU: "亩", LITRE: "升"} | {base: it.split()[0] for base, it in PIECES.items()},
    "en": {KILOGRAM: "kg", MU: "mu", LITRE: "l"} | {base: base for base in PIECES},
}
"""How a unit of ours is written in exports, in words that are read back as it."""
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
"""Matches any unit, longer words first."""

PERIODS = {
    "month": "月 个月 month mo",
    "year": "年 year yr annum",
    "day": "天 日 day d",
    "week": "周 星期 week wk",
    "quarter": "季 季度 quarter",
}
PERIOD_OF = {word: name for name, words in PERIODS.items() for word in words.split()}
PER_YEAR = {
    "month": MONTHS_PER_YEAR,
    "year": 1,
    "day": DAYS_PER_YEAR,
    "week": DAYS_PER_YEAR / DAYS_PER_WEEK,
    "quarter": 4,
}
"""How often a period comes in a year."""
PERIOD = "|".join(sorted(PERIOD_OF, key=len, reverse=True))
