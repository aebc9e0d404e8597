"""Rows as partners send them, of any number: the same seed gives the same rows."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from openpyxl import Workbook

from impact.catalog.divisions import read_regions
from impact.catalog.table import Tables
from impact.config import DATA
from impact.model import Level, Region

HEADER = (
    "产品名称", "商家名称", "统一社会信用代码", "省", "市", "县（市、区）", "乡镇", "品类", "月产能",
    "年产量", "种植面积（亩）", "价格", "规格", "上市期", "保质期", "储运方式", "认证", "带动农户数",
    "联系人", "联系电话", "备注", "推荐等级",
)  # fmt: skip
NARROW = (
    "产品名称", "商家名称", "省", "市", "县（市、区）", "品类", "月产能", "价格", "规格", "上市期", "认证",
    "备注",
)  # fmt: skip
"""Fewer columns: a million rows of all are more than a file may hold."""
GOODS: Mapping[str, Sequence[str]] = {
    "水果": ("苹果", "脐橙", "猕猴桃", "蜜桃", "柚子", "葡萄", "樱桃", "石榴"),
    "茶叶": ("白茶", "绿茶", "红茶", "毛尖", "乌龙"),
    "蔬菜": ("番茄", "辣椒", "莲藕", "大蒜", "山药", "芦笋"),
    "粮食": ("大米", "小米", "玉米", "红薯", "荞麦"),
    "食用菌": ("香菇", "木耳", "银耳", "羊肚菌"),
    "畜禽": ("黑猪肉", "土鸡", "羊肉", "牛肉", "板鸭"),
    "蜂产品": ("蜂蜜", "蜂王浆"),
    "药材": ("枸杞", "黄芪", "天麻", "金银花"),
}
KINDS = ("专业合作社", "家庭农场", "农业开发有限公司", "食品有限公司", "种植户")
SIGNS = "金银山水云龙凤泉江河湖岭松竹梅兰菊荷春夏秋冬东南西北天地人和兴盛丰泰安康福禄寿喜祥瑞"
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗"
SEASONS = ("全年", "9月下旬-11月", "3月-5月", "春节前后", "6-8月", "11月-次年3月", "秋季", "10月、11月")
KEPT = ("12个月", "18个月", "30天", "冷藏7天", "半年", "常温10天/冷藏30天", "180天")
KEEPING = ("常温", "冷藏", "冷冻", "鲜活", "")
CERTIFICATES = ("绿色食品", "有机", "地理标志", "绿色食品、地理标志", "无", "有机/GAP", "")
PACKS = ("5斤/箱", "250克/盒", "10kg*2", "12瓶/箱", "500g/袋", "5斤装")
WRONG_SHARE = 0.01
WRONG = (
    ("月产能", "看情况"),
    ("价格", "面谈后定，量大从优"),
    ("县（市、区）", "没有这个县"),
    ("产品名称", ""),
    ("带动农户数", "很多"),
)
"""What is wrong in a hundredth of the rows."""


def partner_rows(num_rows: int, seed: int = 0) -> Iterator[tuple[str, ...]]:
    """Give rows below `HEADER`: some 1,000 counties, names and figures that differ, one row in 100 wrong."""
    rng = Random(seed)
    counties = rng.sample(_counties(), 1000)
    for number in range(num_rows):
        row = dict(zip(HEADER, _row(rng, rng.choice(counties), number), strict=True))
        if rng.random() < WRONG_SHARE:
            column, said = rng.choice(WRONG)
            row[column] = said
        yield tuple(row.values())


def write_csv(path: Path, num_rows: int, columns: Sequence[str] = HEADER) -> None:
    """Write a list of so many rows, of these columns."""
    places = [HEADER.index(column) for column in columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([row[place] for place in places] for row in partner_rows(num_rows))


def write_xlsx(path: Path, num_rows: int) -> None:
    """Write it as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("商品")
    for row in (HEADER, *partner_rows(num_rows)):
        sheet.append(row)
    book.save(path)


def _counties() -> list[tuple[Region, str, str]]:
    """Return the counties that lie in a prefecture, with the names of that and of the province."""
    regions = read_regions(Tables(DATA))
    names = {region.adcode: region.name for region in regions}
    return [
        (region, names[region.province], names[region.parent])
        for region in regions
        if region.level is Level.COUNTY and region.parent in names and region.parent != region.province
    ]


def _row(rng: Random, where: tuple[Region, str, str], number: int) -> Iterator[str]:
    county, province, prefecture = where
    category = rng.choice(tuple(GOODS))
    seller = "".join(rng.choices(SIGNS, k=3))
    tons, mu = _about(rng.lognormvariate(2.5, 1.0)), int(_about(rng.lognormvariate(6, 1)))
    brand = f"{rng.choice(SIGNS)}{rng.choice(SIGNS)}"
    yield f"{county.name[:2]}{brand}{rng.choice(GOODS[category])}{number % 97 or ''}"
    yield f"{county.name}{seller}{rng.choice(KINDS)}"
    yield f"9{rng.randrange(10**7):07}{county.adcode}MA{rng.randrange(10**2):02}"
    yield from (province, prefecture, county.name, f"{''.join(rng.choices(SIGNS, k=2))}镇", category)
    yield rng.choice(
        (f"约{tons:g}吨", f"{tons:g}吨", f"{tons / 5:.2g}万斤", f"{round(tons)}-{round(2 * tons) + 1}吨")
    )
    yield rng.choice((f"{tons * 12:.0f}吨", f"近{tons * 12:.0f}吨", f"{tons * 24000:.0f}斤"))
    yield rng.choice((str(mu), f"{mu}亩", f"约{mu}"))
    price = _about(rng.lognormvariate(2.5, 0.7))
    yield rng.choice(
        (f"{price:g}元/斤", f"{price:g}-{price * 1.5:.1f}元/斤", f"{price:g}元/500g", f"¥{price:g}")
    )
    yield from map(rng.choice, (PACKS, SEASONS, KEPT, KEEPING, CERTIFICATES))
    yield rng.choice((str(rng.randrange(5, 900)), f"约{rng.randrange(5, 90) * 10}户"))
    yield rng.choice(SURNAMES) + "".join(rng.choices(SIGNS, k=2))
    yield f"13{rng.randrange(10**9):09}"
    yield rng.choice(
        (
            "",
            "",
            f"第{rng.randrange(100)}批推荐",
            f"{rng.choice(SIGNS)}{rng.choice(SIGNS)}乡特产，{rng.randrange(2000, 2025)}年获奖",
        )
    )
    yield rng.choice(("A", "B", "C", "重点"))


def _about(value: float) -> float:
    """Round to two digits, as people do."""
    return float(f"{value:.2g}")
