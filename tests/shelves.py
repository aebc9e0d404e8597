"""A small solved programme of real-looking names, and shelves to put it on, shared by the tests."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from impact.arrays import floats, ints
from impact.matching.graph.links import PARTS, Graph, Links
from impact.matching.question.problem import problem_of
from impact.matching.rules import RULES
from impact.matching.solve import solve
from impact.model import (
    Catalog,
    Channel,
    Direction,
    Field,
    Interest,
    Level,
    Place,
    Placement,
    Producer,
    Product,
    Programme,
    Region,
    Segment,
)
from impact.reports.solved import Headline, Solved

HOSTILE = "<script>alert('茶')</script>=1+1"

PROVINCES = [
    ("330000", "浙江省", "华东", "东部", 30.27, 120.15),
    ("440000", "广东省", "华南", "东部", 23.13, 113.26),
    ("510000", "四川省", "西南", "西部", 30.65, 104.08),
    ("530000", "云南省", "西南", "西部", 25.05, 102.71),
    ("620000", "甘肃省", "西北", "西部", 36.06, 103.83),
]
COUNTIES = [
    ("330523", "安吉县", 30.63, 119.68),
    ("440923", "电白区", 21.51, 111.01),
    ("510132", "新津区", 30.41, 103.81),
    ("513423", "盐源县", 27.42, 101.51),
    ("530822", "墨江哈尼族自治县", 23.43, 101.69),
    ("530923", "永德县", 24.02, 99.25),
    ("620524", "武山县", 34.72, 104.88),
    ("621026", "宁县", 35.50, 107.93),
]
PRODUCERS = [  # county, name, type, size, tier, capacity, category, quality, fame
    ("330523", "安吉白茶", "specialty", "head", "0", 90_000, "tea", 0.82, 1.0),
    ("330523", "安吉竹席产业带", "belt", "middle", "0", 60_000, "home_textile", 0.74, 0.0),
    ("440923", "电白水产集团", "firm", "head", "0", 120_000, "aquatic", 0.70, 0.0),
    ("510132", "新津柳编作坊", "craft", "small", "0", 8_000, "craft", 0.88, 0.4),
    ("513423", "盐源苹果", "specialty", "middle", "1", 50_000, "fruit", 0.79, 1.0),
    ("513423", "盐源核桃合作社", "specialty", "small", "1", 20_000, "nut", 0.71, 0.4),
    ("530822", "墨江紫米", "specialty", "small", "2", 24_000, "grain", 0.77, 1.0),
    ("530923", "永德古树茶", "specialty", "small", "2", 18_000, "tea", 0.86, 1.0),
    ("530923", "永德坚果农户", "specialty", "small", "2", 12_000, "nut", 0.69, 0.0),
    ("620524", "武山韭菜", "specialty", "small", "1", 10_000, "vegetable", 0.66, 1.0),
    ("621026", "宁县苹果合作社", "specialty", "middle", "1", 40_000, "fruit", 0.75, 0.4),
    ("621026", HOSTILE, "firm", "small", "1", 5_000, "fruit", 0.60, 0.0),
]
INTERESTS = [
    Interest("tea", "茶", "Tea"),
    Interest("fresh_fruit", "水果", "Fresh fruit"),
    Interest("nuts_dried_fruit", "坚果干果", "Nuts and dried fruit"),
    Interest("home_textiles", "家纺", "Home textiles"),
]
WANTED = {
    "tea": {"tea": 1.0},
    "fruit": {"fresh_fruit": 1.0, "nuts_dried_fruit": 0.3},
    "nut": {"nuts_dried_fruit": 1.0},
    "grain": {"nuts_dried_fruit": 0.2},
    "home_textile": {"home_textiles": 1.0},
    "craft": {"home_textiles": 0.5, "tea": 0.3},
    "aquatic": {},
    "vegetable": {"fresh_fruit": 0.4},
}
CHANNELS = [
    Channel("livestream", "直播", "Livestream", Direction.PUSH, Field.CONTENT, 1.0),
    Channel("mall", "商城", "Mall", Direction.PUSH, Field.CENTRE, 1.2),
    Channel("search", "搜索", "Search", Direction.PULL, Field.CENTRE, 1.5),
]
RULE_SPECS: tuple[dict[str, object], ...] = (
    {"id": "priority-counties", "kind": "group_floor", "group": {"tier": ["1", "2"]}, "share": 0.68},
    {"id": "crafts", "kind": "group_floor", "group": {"type": "craft"}, "at_least": 2000},
    {"id": "head", "kind": "group_cap", "group": {"size": "head"}, "share": 0.3},
    {"id": "everyone", "kind": "producer_floor", "of_capacity": 0.05},
    {"id": "dominance", "kind": "placement_cap", "share": 0.6},
    {"id": "experience", "kind": "quality_floor", "by": "channel", "minimum": 0.77},
    {"id": "pin", "kind": "lock", "product": "P01-1", "placement": "330000-tea-mall", "at_most": 500},
)


@dataclass(frozen=True)
class MemoryShelf:
    """A shelf of the plans it is given."""

    plans: tuple[Solved, ...]

    def ids(self) -> tuple[str, ...]:
        return tuple(plan.plan_id for plan in self.plans)

    def get(self, plan_id: str) -> Solved | None:
        return next((plan for plan in self.plans if plan.plan_id == plan_id), None)

    def headlines(self, plan_ids: Sequence[str]) -> tuple[Headline, ...]:
        found = [plan for name in plan_ids if (plan := self.get(name))]
        return tuple(
            Headline(each.plan_id, each.programme, each.plan.status, each.plan.worth) for each in found
        )


@cache
def valley() -> Solved:
    """Twelve producers of five provinces; one has a hostile name, one reaches nobody."""
    catalog = _catalog()
    graph = _graph(catalog)
    problem = problem_of(graph)
    programme = Programme("valley", "山谷示例", "Valley sample", 10, RULE_SPECS, 7)
    plan = solve(problem, RULES.validate_python(RULE_SPECS))
    return Solved("valley-1", programme, graph, problem, plan)


def _catalog() -> Catalog:
    provinces = tuple(
        Region(code, name, Level.PROVINCE, None, Place(lat, lng), code, macro, economic)
        for code, name, macro, economic, lat, lng in PROVINCES
    )
    by_code = {region.adcode: region for region in provinces}
    counties = tuple(
        Region(
            code,
            name,
            Level.COUNTY,
            code[:2] + "0000",
            Place(lat, lng),
            code[:2] + "0000",
            by_code[code[:2] + "0000"].macro_region,
            by_code[code[:2] + "0000"].economic_region,
        )
        for code, name, lat, lng in COUNTIES
    )
    segments = tuple(
        Segment(
            f"{region.adcode}-{interest.interest_id}", region.adcode, region.place, interest.interest_id, 1e6
        )
        for region in provinces
        for interest in INTERESTS
    )
    return Catalog(
        regions=(*provinces, *counties),
        belts=(),
        producers=tuple(_producer(number) for number in range(len(PRODUCERS))),
        products=tuple(_product(number) for number in range(len(PRODUCERS))),
        interests=tuple(INTERESTS),
        channels=tuple(CHANNELS),
        segments=segments,
        placements=tuple(
            Placement(
                f"{segment.segment_id}-{channel.channel_id}",
                segment.segment_id,
                channel.channel_id,
                3_000.0,
                frozenset({"supply"}),
            )
            for segment in segments
            for channel in CHANNELS
        ),
        lexicon=(),
    )


def _producer(number: int) -> Producer:
    county, name, type_, size, tier, capacity, *_ = PRODUCERS[number]
    _, _, lat, lng = next(row for row in COUNTIES if row[0] == county)
    return Producer(
        f"P{number + 1:02}",
        name,
        county,
        Place(lat + number / 100, lng),
        type_,
        "mountain_goods",
        size,
        tier,
        capacity,
        source="农产品地理标志",
        imputed=frozenset({"capacity", "size"}),
    )


def _product(number: int) -> Product:
    _, name, _, _, _, _, category, quality, fame = PRODUCERS[number]
    return Product(
        f"P{number + 1:02}-1",
        f"P{number + 1:02}",
        name,
        category,
        quality,
        fame,
        shelf_life_days=20 if category in {"fruit", "vegetable"} else None,
        imputed=frozenset({"quality", "shelf_life_days"}),
    )


def _graph(catalog: Catalog) -> Graph:
    segment_by_id = {segment.segment_id: segment for segment in catalog.segments}
    worth = {channel.channel_id: channel.value_per_exposure for channel in catalog.channels}
    weights = np.full(len(PARTS), 1 / len(PARTS))
    pairs, parts, value = [], [], []
    refused = {reason: np.zeros(len(catalog.products), np.int64) for reason in ("no_interest", "outranked")}
    for i, product in enumerate(catalog.products):
        for j, placement in enumerate(catalog.placements):
            segment = segment_by_id[placement.segment_id]
            strength = WANTED[product.category].get(segment.interest, 0.0)
            if not strength:
                refused["no_interest"][i] += 1
                continue
            known = {"interest": strength, "quality": product.quality, "fame": product.fame}
            near = 0.9 if catalog.producers[i].region[:2] == segment.region[:2] else 0.5
            evidence = [known.get(part, near) for part in PARTS]
            pairs.append((i, j))
            parts.append(evidence)
            value.append(float(weights @ evidence) * worth[placement.channel_id])
    columns = floats(np.array(parts).T)
    quality = [catalog.products[i].quality for i, _ in pairs]
    return Graph(
        catalog,
        Links(
            product_of=ints([i for i, _ in pairs]),
            placement_of=ints([j for _, j in pairs]),
            parts=columns,
            weights=floats(weights),
            value=floats(value),
            quality=floats(quality),
            baseline=floats(np.full(len(pairs), 20.0)),
            max_exposure=floats(np.full(len(pairs), 3_000.0)),
        ),
        refused,
    )
