"""Seasons: the months in which there are goods, from months, parts of the year, terms and festivals."""

import re

from impact.catalog.listing import Json
from impact.catalog.values.numerals import clean
from impact.catalog.values.reading import Read, Reading, Step
from impact.errors import Issue

MONTHS = 12
_ALL_YEAR = """全年 常年 四季 一年四季 周年 长年 全年供应 常年供应 全年有货 终年 四季均有 长期
    all-year allyear all-year-round year-round yearround whole-year"""
PARTS: dict[str, tuple[int, ...]] = {
    "春": (3, 4, 5), "夏": (6, 7, 8), "秋": (9, 10, 11), "冬": (12, 1, 2),
    "初春": (3,), "早春": (3,), "初夏": (6,), "盛夏": (7,), "初秋": (9,), "金秋": (9, 10), "深秋": (11,),
    "晚秋": (11,), "初冬": (12,), "春末": (5,), "夏末": (8,), "秋末": (11,), "春夏": (3, 4, 5, 6, 7, 8),
    "秋冬": (9, 10, 11, 12, 1, 2), "夏秋": (6, 7, 8, 9, 10, 11), "冬春": (12, 1, 2, 3, 4, 5),
    "上半年": (1, 2, 3, 4, 5, 6), "下半年": (7, 8, 9, 10, 11, 12), "年底": (12,), "年末": (12,), "年初": (1,),
    "1季度": (1, 2, 3), "2季度": (4, 5, 6), "3季度": (7, 8, 9), "4季度": (10, 11, 12),
    "q1": (1, 2, 3), "q2": (4, 5, 6), "q3": (7, 8, 9), "q4": (10, 11, 12),
    "spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "fall": (9, 10, 11),
    "winter": (12, 1, 2),
}  # fmt: skip
"""Parts of the year by the months that weather men count to them."""
_TERMS = """小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至
    小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至"""
TERMS = {term: index // 2 + 1 for index, term in enumerate(_TERMS.split())}
"""The 24 solar terms: two in each month of the calendar, year after year."""
FESTIVALS: dict[str, tuple[int, ...]] = {
    "春节": (1, 2), "元宵": (2,), "元宵节": (2,), "端午": (6,), "端午节": (6,), "7夕": (8,), "中秋": (9, 10),
    "中秋节": (9, 10), "重阳": (10,), "重阳节": (10,), "国庆": (10,), "国庆节": (10,), "元旦": (1,),
    "51": (5,), "年货节": (1, 2), "过年": (1, 2), "双11": (11,), "腊月": (1,), "冬月": (12,), "正月": (2,),
}  # fmt: skip
"""Where festivals fall in most years; those of the moon move."""
_MONTHS = "january february march april may june july august september october november december"
ENGLISH = _MONTHS.split()
MONTH_OF = {name[:3]: index for index, name in enumerate(ENGLISH, start=1)} | {"sept": 9}
MONTH_OF |= {name: index for index, name in enumerate(ENGLISH, start=1)}
_NAME = "|".join(sorted(MONTH_OF, key=len, reverse=True))
_DIGITS = r"1[0-2]|0?[1-9]"
_MONTH = rf"(?:(?:[0-9]{{4}}(?:年|\.))?(?:{_DIGITS})月?份?|{_NAME})"
_PART = r"(?:上|中|下)旬|底|初|中|末|[0-9]{1,2}[日号]"
_NEXT = r"次年|翌年|来年|第2年|明年|隔年"
SPAN = re.compile(
    rf"(?P<lunar>农历|阴历)?(?:每年)?(?P<first>{_MONTH})(?P<part>{_PART})?"
    rf"(?:(?:[-~]|至|到)(?:{_NEXT})?(?P<last>{_MONTH})(?P<part2>{_PART})?)?"
)
NAMED = re.compile(r"(?P<name>[^前后]+?)(?P<way>前后|前|后|期间)?")
SEPARATORS = re.compile(r"[、,;/&+\n|]|和|及|或|与|and")
TAILS = re.compile(
    r"(?:陆续|集中|开始|大量|正式|均可|可以|为主)*(?:上市|供货|供应|采摘|采收|成熟|收获|发货|出货|有货|开采|开园|采挖|左右|开始)+(?:期|季|季节)?$"
)
LEADS = re.compile(r"^(?:每年|一年|1年|约|大约|大概|当年|今年|from)(?:的)?")
MANGLED = re.compile(
    rf"(?P<year>[0-9]{{4}})[-/.年](?P<m>{_DIGITS})[-/.月](?P<d>[0-9]{{1,2}})日?(?:[t ]?00:00:00)?"
    rf"|(?P<d2>[0-9]{{1,2}})-(?P<name>{_NAME})|(?P<name2>{_NAME})-(?P<d3>[0-9]{{1,2}})"
    rf"|(?P<m2>{_DIGITS})月(?P<d4>[0-9]{{1,2}})日"
)
SERIAL = re.compile(r"[3-6][0-9]{4}(?:\.0)?")
DECIMAL = re.compile(r"(?P<m>1[0-2]|[1-9])\.(?P<d>[0-9]{1,2})")
TENTH = re.compile(r"十([12]?)(?=月)")
ALL_YEAR = frozenset(clean(word) for word in _ALL_YEAR.split())
_CANONICAL = re.compile(r"(1[0-2]|[1-9])月(?:-(1[0-2]|[1-9])月)?")


def read_season(text: str) -> Read:
    """Read the months with goods, 1 to 12 in order; what Excel took for a date is never guessed at."""
    if match := _CANONICAL.fullmatch(text):
        return Reading(_listed(_between(int(match[1]), int(match[2] or match[1]))))
    written = _months_in_digits(clean(text))
    if written in ALL_YEAR:
        return Reading(_listed(range(1, MONTHS + 1)))
    if refused := _mangled(text, written):
        return refused
    months: set[int] = set()
    steps: dict[str, Step] = {}
    for part in (part for part in SEPARATORS.split(_bare(written)) if part):
        found = _span(part, steps) or _named(part, steps)
        if not found:
            return Issue("not_a_season", params={"value": text})
        months.update(found)
    return (
        Reading(_listed(months), tuple(steps.values()))
        if months
        else Issue("not_a_season", params={"value": text})
    )


def _months_in_digits(written: str) -> str:
    return TENTH.sub(lambda ten: f"1{ten[1] or 0}", written)


def _bare(written: str) -> str:
    """Take off what says only that goods come then: 每年9-11月陆续上市."""
    return TAILS.sub("", LEADS.sub("", written.replace("(", ",").replace(")", "")))


def _span(part: str, steps: dict[str, Step]) -> list[int]:
    match = SPAN.fullmatch(part)
    if match is None:
        return []
    shift = 1 if match["lunar"] else 0
    if shift:
        steps["lunar_month"] = Step("lunar_month")
    if match["part"] or match["part2"]:
        steps["whole_months"] = Step("whole_months")
    first = _month(match["first"]) + shift
    return _between(first, _month(match["last"]) + shift if match["last"] else first)


def _named(part: str, steps: dict[str, Step]) -> list[int]:
    plain = part.removeprefix("第").removesuffix("季节").removesuffix("天")
    match = NAMED.fullmatch(plain)
    if match is None:
        return []
    name, way = match["name"], match["way"]
    season = PARTS.get(name) or PARTS.get(name.removesuffix("季"))
    months = season or FESTIVALS.get(name) or ((TERMS[name],) if name in TERMS else ())
    if months and (way or name in FESTIVALS):
        steps["about_then"] = Step("about_then", {"value": part, "months": ", ".join(map(str, months))})
    if months and way == "后":
        return [*months, _turned(months[-1] + 1)]
    if months and way == "前":
        return [_turned(months[0] - 1), *months]
    return list(months)


def _mangled(text: str, written: str) -> Issue | None:
    """Tell a range of months that a spreadsheet turned into a date, with what it may have been."""
    if SERIAL.fullmatch(written):
        return Issue("season_is_number", params={"value": text})
    match = MANGLED.fullmatch(written) or DECIMAL.fullmatch(written)
    if match is None:
        return None
    month, day = _month_and_day(match)
    if match.groupdict().get("name2") and day > MONTHS:
        return None
    suggestion = f"{month}月-{day}月" if 1 <= day <= MONTHS else f"{month}月"
    return Issue("season_is_date", params={"value": text, "suggestion": suggestion})


def was_range(text: str) -> str | None:
    """Tell of what a spreadsheet made a date: 5-8 where it shows 5月8日 or 8-May; None for no date."""
    match = MANGLED.fullmatch(clean(text))
    return "{}-{}".format(*_month_and_day(match)) if match else None


def _month_and_day(match: re.Match[str]) -> tuple[int, int]:
    said = {name: it for name, it in match.groupdict().items() if it}
    name = said.get("name") or said.get("name2")
    month = MONTH_OF[name] if name else int(said.get("m") or said["m2"])
    return month, int(next(it for key, it in said.items() if key.startswith("d")))


def _month(text: str) -> int:
    if text in MONTH_OF:
        return MONTH_OF[text]
    return int(re.sub(r"^[0-9]{4}(?:年|\.)", "", text).rstrip("月份"))


def _between(first: int, last: int) -> list[int]:
    first, last = _turned(first), _turned(last)
    return [_turned(first + step) for step in range((last - first) % MONTHS + 1)]


def _turned(month: int) -> int:
    return (month - 1) % MONTHS + 1


def _listed(months: "range | set[int] | list[int]") -> list[Json]:
    return [*sorted(set(months))]
