"""The atlas: a map with its tables, a network drawn without scripts, and whom to recruit."""

import csv
import io
from dataclasses import replace
from html import unescape
from xml.etree import ElementTree

import numpy as np
import pytest
from services import service, signed_in
from shelves import PRODUCERS, MemoryShelf, valley

from impact.i18n import words
from impact.model import Affinity, Belt

PLAN = "/plans/valley-1"
BELT = Belt("tea-530923", "永德茶叶", "tea", ("530923", "530822"))


def without_links(interest):
    """The valley, where no product may be shown to who has an interest."""
    solved, problem = valley(), valley().problem
    other = np.array(problem.placement_attributes["interest"])[problem.placement_of] != interest
    links = replace(
        solved.graph.links, product_of=problem.product_of[other], placement_of=problem.placement_of[other]
    )
    catalog = replace(solved.graph.catalog, belts=(BELT,), lexicon=(Affinity("tea", "tea", 1.0),))
    return replace(solved, graph=replace(solved.graph, links=links, catalog=catalog))


@pytest.fixture(scope="module")
def hungry():
    """Somebody reading of a plan in which demand for tea has no supply, and tea has a belt."""
    return signed_in(service(MemoryShelf((without_links("tea"),))))


def drawing_of(text):
    start = text.index('<svg class="network"')
    return ElementTree.fromstring(text[start : text.index("</svg>", start) + 6])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_map_has_a_table_of_each_layer(hungry, lang):
    text = hungry.get(f"/{lang}{PLAN}/map").text

    for code in ("atlas.demand", "atlas.belts", "atlas.producers"):
        assert f">{words(code, lang)}</h2>" in text
    assert {"zh": "永德茶叶", "en": "Tea of 永德"}[lang] in text
    assert "永德古树茶" in text


def test_the_points_are_those_of_the_tables(hungry):
    points = hungry.get(f"/zh{PLAN}/atlas.json").get_json()

    assert {name for *_, name in points["belts"]} == {"永德茶叶"}
    assert sum(exposure for _, _, exposure, _ in points["producers"]) == pytest.approx(
        valley().plan.exposure.sum(), rel=1e-3
    )
    assert len(points["demand"]) == len({segment.region for segment in valley().graph.catalog.segments})


@pytest.mark.parametrize(
    ("layer", "first", "num_rows"),
    [("demand", "广东", 5), ("belts", "永德茶叶", 1), ("producers", None, len(PRODUCERS))],
)
def test_each_layer_is_a_file_too_of_all_its_rows(hungry, layer, first, num_rows):
    text = hungry.get(f"/zh{PLAN}/map").text
    address = f"/zh{PLAN}/map/{layer}.csv"
    heading, *rows = csv.reader(io.StringIO(hungry.get(address).get_data().decode("utf-8-sig")))

    assert f'href="{address}"' in text
    assert len(rows) == num_rows
    assert first is None or first in {row[0] for row in rows}
    assert {len(row) for row in rows} == {len(heading)}


def test_a_file_holds_the_interest_that_was_chosen(client):
    page = client.get(f"/en{PLAN}/map?interest=tea").text
    tea = client.get(f"/en{PLAN}/map/producers.csv?interest=tea").text

    assert f'href="/en{PLAN}/map/producers.csv?interest=tea"' in page
    assert "永德古树茶" in tea
    assert "电白水产集团" not in tea
    assert client.get(f"/en{PLAN}/map/roads.csv").status_code == 404


def test_the_caption_tells_who_offers_most(client):
    demand = client.get(f"/en{PLAN}/atlas.json").get_json()["demand"]
    most = max(demand, key=lambda each: each[2])

    assert f"Consumers of {most[3]} offer most:" in client.get(f"/en{PLAN}/map").text


def test_one_interest_may_be_asked_for_and_stays_chosen(client):
    whole, tea = (client.get(f"/en{PLAN}/map{query}").text for query in ("", "?interest=tea"))

    assert '<option value="tea" selected>' in tea
    assert "电白水产集团" in whole
    assert "电白水产集团" not in tea
    assert f'data-source="/en{PLAN}/atlas.json?interest=tea"' in tea


@pytest.mark.parametrize("page", ["map", "atlas.json"])
def test_an_interest_that_there_is_not_is_not_found(client, page):
    assert client.get(f"/zh{PLAN}/{page}?interest=gold").status_code == 404


def test_a_producers_network_is_drawn_with_everything_named_and_leading_somewhere(client):
    text = client.get(f"/zh{PLAN}/producers/P05/network").text
    drawing = drawing_of(text)

    links = {"".join(link.itertext()).strip(): link.get("href") for link in drawing.iter("a")}
    assert links["盐源苹果"].startswith("/zh/plans/valley-1/")
    assert all(client.get(unescape(address)).status_code == 200 for address in links.values())


def test_all_of_a_drawing_lies_on_the_paper_and_nothing_on_anything(client):
    drawing = drawing_of(client.get(f"/zh{PLAN}/producers/P01/network").text)

    wide, tall = map(float, drawing.get("viewBox").split()[2:])
    spots = [(float(spot.get("cx")), float(spot.get("cy"))) for spot in drawing.iter("circle")]
    assert all(0 < x < wide and 0 < y < tall for x, y in spots)
    assert len(set(spots)) == len(spots)


def test_lines_of_a_drawing_leave_from_behind_the_name_they_belong_to(client):
    drawing = drawing_of(client.get(f"/en{PLAN}/producers/P05/network").text)

    names = [
        (float(each.get("x")), float(each.get("y")), 5 * len(each.text)) for each in drawing.iter("text")
    ]
    lines = [tuple(map(float, line.get("d")[1:].partition("C")[0].split())) for line in drawing.iter("path")]
    for start, level in lines:
        x, _, length = max(name for name in names if name[0] < start and abs(name[1] - level) < 5)
        assert start > x + length
    assert lines


def test_a_name_longer_than_its_room_is_cut_in_a_drawing_and_told_whole_beside_it():
    solved = valley()
    long = "黑龙江省绥化市兰西县红光镇" * 4
    known = solved.graph.catalog.producers
    catalog = replace(solved.graph.catalog, producers=tuple(replace(one, name=long) for one in known))
    renamed = replace(solved, graph=replace(solved.graph, catalog=catalog))
    drawing = drawing_of(
        signed_in(service(MemoryShelf((renamed,)))).get(f"/zh{PLAN}/producers/P05/network").text
    )

    cut = [link for link in drawing.iter("a") if (link.find("text").text or "").endswith("…")]
    assert {link.find("title").text for link in cut} >= {long}
    wide = float(drawing.get("viewBox").split()[2])
    ends = [float(each.get("x")) + 13 * len(each.text) for each in drawing.iter("text") if "省" in each.text]
    assert ends
    assert max(ends) <= wide


def test_the_table_of_a_network_says_what_the_plan_gave(client):
    text = client.get(f"/en{PLAN}/producers/P05/network").text
    problem = valley().problem

    used = (problem.producer_of == problem.producer_ids.index("P05")) & (valley().plan.exposure > 0)
    assert f"{int(used.sum())} of them used" in text
    assert words("network.table", "en") in text


def test_who_is_linked_with_nobody_is_told_so(client):
    assert words("network.none", "zh") in client.get(f"/zh{PLAN}/producers/P03/network").text


@pytest.mark.parametrize("page", ["producers/P99/network", "../nowhere/map", "../nowhere/recruit"])
def test_what_there_is_not_is_not_found(client, page):
    assert client.get(f"/zh{PLAN}/{page}").status_code == 404


def test_demand_without_supply_names_the_nearest_who_make_it_and_what_keeps_them_back(hungry):
    text = hungry.get(f"/zh{PLAN}/recruit").text

    assert "永德县" in text
    assert words("recruit.outranked", "zh") in text


def test_the_list_to_recruit_from_is_a_file_too(hungry):
    text = hungry.get(f"/en{PLAN}/recruit.csv").text
    header, *lines = csv.reader(io.StringIO(text.removeprefix("\ufeff")))

    assert header[:3] == ["Consumers", "Exposure offered", "Nearest origin"]
    assert {line[0].rpartition(" · ")[2] for line in lines} == {"Tea"}
    assert all(float(line[3]) >= 0 for line in lines)


def test_where_all_demand_has_supply_nobody_is_to_be_recruited(client):
    found = client.get(f"/en{PLAN}/recruit").text

    assert words("recruit.none", "en") in unescape(found)
