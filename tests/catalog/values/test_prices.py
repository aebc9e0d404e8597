"""What it costs, and what a pack holds."""

import pytest
from catalog.values.cells import codes, refusal, settled, value

from impact.catalog.cells import read_cell
from impact.catalog.columns import BY_NAME

PRICES = [
    ("20", 20, "item"),
    ("¥20", 20, "item"),
    ("￥20.5", 20.5, "item"),
    ("20元", 20, "item"),
    ("20块", 20, "item"),
    ("128元/盒", 128, "box"),
    ("20/盒", 20, "box"),
    ("68元一箱", 68, "case"),
    ("68元每箱", 68, "case"),
    ("8元/斤", 16, "kg"),
    ("8/斤", 16, "kg"),
    ("每斤8元", 16, "kg"),
    ("每公斤36元", 36, "kg"),
    ("36元/kg", 36, "kg"),
    ("36 yuan/kg", 36, "kg"),
    ("RMB 36/kg", 36, "kg"),
    ("1.2万元/吨", 12, "kg"),
    ("20元/500g", 40, "kg"),
    ("39.9元/5斤", 15.96, "kg"),
    ("39.9元5斤", 15.96, "kg"),
    ("5毛/斤", 1, "kg"),
    ("约8元/斤", 16, "kg"),
    ("均价8元/斤", 16, "kg"),
    ("8元/斤起", 16, "kg"),
    ("20元/盒(250g)", 80, "kg"),
    ("15元/只", 15, "animal"),
    ("8元/个", 8, "piece"),
    ("58元/本", 58, "book"),
    ("128 yuan/box", 128, "box"),
]
PACKS = [
    ("5斤/箱", {"amount": 2.5, "unit": "kg", "per": "case"}),
    ("每箱5斤", {"amount": 2.5, "unit": "kg", "per": "case"}),
    ("箱装5斤", {"amount": 2.5, "unit": "kg", "per": "case"}),
    ("250克/盒", {"amount": 0.25, "unit": "kg", "per": "box"}),
    ("250g", {"amount": 0.25, "unit": "kg"}),
    ("净含量：250g", {"amount": 0.25, "unit": "kg"}),
    ("净重5斤", {"amount": 2.5, "unit": "kg"}),
    ("5斤装", {"amount": 2.5, "unit": "kg"}),
    ("约5斤", {"amount": 2.5, "unit": "kg"}),
    ("10kg*2", {"amount": 20, "unit": "kg"}),
    ("10kg×2", {"amount": 20, "unit": "kg"}),
    ("10kgx2", {"amount": 20, "unit": "kg"}),
    ("250g*2盒", {"amount": 0.5, "unit": "kg"}),
    ("6*500ml", {"amount": 3, "unit": "litre"}),
    ("500ml*6瓶/箱", {"amount": 3, "unit": "litre", "per": "case"}),
    ("500g/袋*10袋/箱", {"amount": 5, "unit": "kg", "per": "case"}),
    ("12瓶/箱", {"amount": 12, "unit": "bottle", "per": "case"}),
    ("30枚/盒", {"amount": 30, "unit": "piece", "per": "box"}),
    ("5-6斤/箱", {"amount": 2.5, "unit": "kg", "per": "case"}),
    ("2.5 kg/case", {"amount": 2.5, "unit": "kg", "per": "case"}),
]


@pytest.mark.parametrize(("text", "yuan", "per"), PRICES)
def test_prices_are_in_yuan_for_a_kilogram_or_a_piece(text, yuan, per):
    assert value("price", text) == {"yuan": pytest.approx(yuan), "per": per}


@pytest.mark.parametrize(
    ("text", "low", "high", "per"),
    [
        ("5-8元/斤", 10, 16, "kg"),
        ("5元-8元/斤", 10, 16, "kg"),
        ("5~8/斤", 10, 16, "kg"),
        ("￥88-128", 88, 128, "item"),
        ("8-5元/斤", 10, 16, "kg"),
    ],
)
def test_of_a_range_of_prices_the_lower_end_is_used_and_said(text, low, high, per):
    assert value("price", text) == {"yuan": low, "per": per, "most": high}
    assert "lower_price" in codes("price", text)


@pytest.mark.parametrize(
    "text", ["$20", "20美元", "免费", "20斤", "500元/亩", "-5元", "元", "20元/0斤", "贵"]
)
def test_what_is_no_price_is_refused(text):
    assert refusal("price", text) == "not_a_price"


@pytest.mark.parametrize("text", ["面议", "时价", "随行就市"])
def test_a_price_that_nobody_names_is_blank_and_said(text):
    assert value("price", text) is None
    assert codes("price", text) == {"price_not_said"}


@pytest.mark.parametrize(
    ("text", "header", "yuan", "per"),
    [
        ("8", "元/斤", 16, "kg"),
        ("1.2", "万元/吨", 12, "kg"),
        ("8元/公斤", "元/斤", 8, "kg"),
        ("20", "元", 20, "item"),
    ],
)
def test_a_header_lends_its_unit_to_prices(text, header, yuan, per):
    assert value("price", text, header) == {"yuan": pytest.approx(yuan), "per": per}


@pytest.mark.parametrize(("text", "held"), PACKS)
def test_what_a_pack_holds(text, held):
    assert value("pack", text) == held


@pytest.mark.parametrize("text", ["大果", "L码", "礼盒装", "均码/多色", "0斤/箱"])
def test_a_size_in_words_is_kept_and_doubted(text):
    assert value("pack", text) == {"said": text}
    assert codes("pack", text) == {"pack_not_understood"}


def row(**texts):
    return settled({name: read_cell(BY_NAME[name], text) for name, text in texts.items()})


def test_a_pack_turns_cases_into_kilograms():
    cells = row(pack="5斤/箱", monthly_capacity="800箱", price="50元/箱")

    assert cells["monthly_capacity"].value == {"amount": 2000, "unit": "kg"}
    assert cells["price"].value == {"yuan": 20, "per": "kg"}
    assert "by_pack" in {step.code for step in cells["monthly_capacity"].steps}


def test_cases_that_hold_something_unknown_stay_cases_with_a_doubt():
    cells = row(monthly_capacity="800箱")

    assert cells["monthly_capacity"].value == {"amount": 800, "unit": "case"}
    assert [doubt.code for doubt in cells["monthly_capacity"].doubts] == ["pack_missing"]


def test_a_pack_of_boxes_says_nothing_of_cases():
    cells = row(pack="250克/盒", monthly_capacity="800箱")

    assert cells["monthly_capacity"].value == {"amount": 800, "unit": "case"}


def test_animals_are_not_weighed_by_a_pack():
    assert row(pack="5斤/箱", monthly_capacity="800只")["monthly_capacity"].value["unit"] == "animal"


def test_a_bare_price_is_of_the_pack():
    assert row(pack="5斤装", price="50")["price"].value == {"yuan": 20, "per": "kg"}


def test_a_producers_name_tells_its_type_where_nothing_else_does():
    assert row(producer="安吉溪龙白茶专业合作社")["producer_type"].value == "cooperative"
    assert row(producer="安吉溪龙白茶专业合作社", producer_type="企业")["producer_type"].value == "company"
    assert row(producer="老王")["producer_type"].value is None


def test_settling_changes_nothing_it_was_given():
    cells = {name: read_cell(BY_NAME[name], text) for name, text in [("pack", "5斤/箱"), ("stock", "800箱")]}

    settled(cells)

    assert cells["stock"].value == {"amount": 800, "unit": "case"}


@pytest.mark.parametrize(
    ("column", "text", "suggestion"),
    [
        ("price", "5月8日", "5-8"),  # what Excel shows in Chinese
        ("price", "8-May", "5-8"),
        ("price", "2026-05-08", "5-8"),  # what an XLSX holds
        ("price", "2026-05-08 00:00:00", "5-8"),
        ("monthly_capacity", "10月15日", "10-15"),
        ("annual_output", "2026/3/5", "3-5"),
        ("area", "3月5日", "3-5"),
        ("households", "3月5日", "3-5"),
    ],
)
def test_a_figure_that_became_a_date_is_refused_with_what_it_may_have_been(column, text, suggestion):
    refused = read_cell(BY_NAME[column], text).refused

    assert refused is not None
    assert (refused.code, refused.params) == ("figure_is_date", {"value": text, "suggestion": suggestion})
