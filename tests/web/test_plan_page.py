"""What the page of a plan says is what the plan holds."""

import csv
import io
from dataclasses import replace

import pytest
from services import service, signed_in
from shelves import HOSTILE, MemoryShelf, valley

from impact.i18n import words
from impact.matching.plan import Status
from impact.web.tables import Column, Table, as_csv

PLAN = "/plans/valley-1"


def _file(client, address):
    return list(csv.reader(io.StringIO(client.get(address).text.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("zh", "优先县至少占全部曝光的 68%。"),
        ("zh", "手艺作坊至少得到 2,000 次曝光。"),
        ("zh", "头部商家最多占全部曝光的 30%。"),
        ("zh", "每个商家至少得到自身产能 5% 的曝光（在能触达的范围内）。"),
        ("zh", "任何一个商家最多占一个展位的 60%。"),
        ("zh", "每个渠道展示商品的平均质量不低于 77%。"),
        ("zh", "锁定：安吉白茶在浙江 · 茶 · 商城最多得到 500 次曝光。"),
        ("zh", "放宽 1 个百分点，约可多得"),
        ("en", "Priority counties: at least 68% of all exposure."),
        ("en", "Craft workshops: at least 2,000 exposures."),
        ("en", "Easing it would add no value."),
    ],
)
def test_rules_are_told_as_sentences(client, lang, sentence):
    assert sentence in client.get(f"/{lang}{PLAN}").text


def test_the_status_word_comes_before_any_figure(client):
    text = client.get(f"/zh{PLAN}").text

    assert text.index(words("status.optimal", "zh")) < text.index(words("strip.worth", "zh"))


def test_only_steps_that_happened_are_called_done(client):
    text = client.get(f"/en{PLAN}").text

    assert text.count('class="step-done"') == 3
    assert text.count('aria-current="step"') == 1
    assert text.count('class="step-later"') == 4


@pytest.mark.parametrize("name", ["macro_region", "region", "tier", "type", "channel"])
def test_files_of_figures_add_up_to_the_plan(client, name):
    header, *rows = _file(client, f"/zh{PLAN}/{name}.csv")

    assert sum(float(row[1]) for row in rows) == pytest.approx(valley().plan.exposure.sum())
    assert sum(float(row[2]) for row in rows) == pytest.approx(1, abs=1e-5)
    assert header[1] == "曝光"


def test_the_file_of_producers_has_all_of_them_and_runs_nothing(client):
    header, *rows = _file(client, f"/en{PLAN}/producers.csv")

    assert header[0] == "Producer"
    assert len(rows) == 12
    assert HOSTILE in {row[0] for row in rows}


def test_a_cell_that_a_spreadsheet_would_run_is_made_text():
    written = as_csv(Table((Column("column.producer"),), (("=1+1",), ("茶",))), "zh")

    assert written.splitlines()[1:] == ["'=1+1", "茶"]


def test_the_lorenz_curve_ends_with_everything(client):
    _, *rows = _file(client, f"/zh{PLAN}/lorenz.csv")

    assert [float(cell) for cell in rows[0]] == [0, 0]
    assert [float(cell) for cell in rows[-1]] == [1, 1]


def test_the_map_has_every_producer_where_it_is(client):
    drawn = client.get(f"/zh{PLAN}/points.json").json

    assert len(drawn["producers"]) == 12
    assert len(drawn["divisions"]) == 8
    assert sum(point[2] for point in drawn["producers"]) == pytest.approx(
        valley().plan.exposure.sum(), abs=12
    )


def test_searching_needs_nothing_but_an_address(client):
    text = client.get(f"/zh{PLAN}?q=核桃").text

    assert "盐源核桃合作社" in text
    assert "永德古树茶" not in text
    assert words("finder.found", "zh", count=1) in text


def test_nothing_found_says_what_to_do(client):
    assert words("finder.none", "en") in client.get(f"/en{PLAN}?q=dreamt").text


def test_a_rule_that_holds_only_in_part_says_so(client):
    text = client.get(f"/zh{PLAN}").text

    assert words("caution.floor_without_reach", "zh", producers=1) in text


def test_a_plan_stopped_by_the_clock_is_not_called_the_best():
    stopped = replace(valley().plan, status=Status.TIME_LIMIT, bound=200_000.0, gap=0.031)
    app = service(MemoryShelf((replace(valley(), plan=stopped),)))

    text = signed_in(app).get(f"/en{PLAN}").text

    assert words("status_note.time_limit", "en") in text
    assert words("status.optimal", "en") not in text
    assert "3.1% away" in text


@pytest.mark.parametrize(("lang", "mark"), [("zh", "［推算］"), ("en", " [imputed]")])
def test_a_file_says_which_of_its_columns_nobody_observed(client, lang, mark):
    header = client.get(f"/{lang}/plans/valley-1/producers.csv").text.splitlines()[0]

    marked = {heading.removesuffix(mark) for heading in header.split(",") if heading.endswith(mark)}
    assert marked == {words(f"column.{name}", lang) for name in ("size", "capacity", "filled_share")}
