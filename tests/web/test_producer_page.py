"""The page of a producer says why."""

import csv
import io

import pytest
from shelves import valley

from impact.i18n import words
from impact.matching.graph.links import PARTS

PLAN = "/plans/valley-1"


def test_a_producer_that_gets_nothing_is_told_why(client):
    text = client.get(f"/zh{PLAN}/producers/P03").text

    assert words("verdict.unlinked", "zh") in text
    assert "60 个展位：那里的人群要的是别的商品" in text


def test_a_producer_that_gets_something_is_told_how_much_and_what_helped(client):
    text = client.get(f"/zh{PLAN}/producers/P05").text

    assert "得到 3.24万次曝光，是产能的 64.8%" in text
    assert "规则帮了它：“优先县至少占全部曝光的 68%”" in text


def test_imputed_figures_are_marked_and_the_mark_is_explained(client):
    text = client.get(f"/en{PLAN}/producers/P05").text

    assert text.count('class="imputed"') == 4 + 1  # capacity, size, quality, shelf life; and the legend
    assert words("imputed.legend", "en") in text


@pytest.mark.parametrize("producer", ["P01", "P05", "P08", "P12"])
def test_the_file_of_links_adds_up_to_scores_and_to_what_was_given(client, producer):
    text = client.get(f"/en{PLAN}/producers/{producer}/links.csv").text
    header, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))

    exposure, score = header.index("Exposure"), header.index("Match score")
    own = valley().problem.producer_of == valley().problem.producer_ids.index(producer)
    assert sum(float(row[exposure]) for row in rows) == pytest.approx(valley().plan.exposure[own].sum())
    for row in rows:
        assert sum(map(float, row[2 : 2 + len(PARTS)])) == pytest.approx(float(row[score]), abs=1e-5)


def test_neighbours_are_one_step_away(client):
    assert f"/zh{PLAN}/producers/P06" in client.get(f"/zh{PLAN}/producers/P05").text


def test_a_producer_that_reaches_nobody_sees_how_it_stands_in_the_graph(client):
    alone, linked = (client.get(f"/en{PLAN}/producers/{name}").text for name in ("P03", "P05"))

    assert words("why.island", "en", products=1, placements=0) in alone
    assert words("why.network", "en") not in linked
