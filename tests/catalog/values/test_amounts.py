"""How much: figures, words and units as partners write them."""

import pytest
from catalog.values.cells import codes, refusal, value

from impact.catalog.values.amounts import read_monthly

KG = [
    ("12吨", 12000, "a plain amount"),
    ("约12吨", 12000, "roughly"),
    ("大约 12 吨", 12000, "roughly, with spaces"),
    ("12吨左右", 12000, "roughly, said behind"),
    ("3万斤", 15000, "ten thousands of jin"),
    ("3w斤", 15000, "w for 万"),
    ("5k斤", 2500, "k for 千"),
    ("十二吨", 12000, "in words"),
    ("二十吨", 20000, "tens in words"),
    ("一百二十吨", 120000, "hundreds in words"),
    ("一百二吨", 120000, "the last digit counts tens"),
    ("一百零二吨", 102000, "a zero keeps it a one"),
    ("三万五斤", 17500, "the last digit counts thousands"),
    ("3万5千斤", 17500, "figures and scales mixed"),
    ("一亿两千万斤", 60_000_000, "the largest scale"),
    ("两千斤", 1000, "两 is two before a scale"),
    ("两吨", 2000, "两 is two before a unit"),
    ("三两", 0.15, "两 is 50 grams behind a figure"),
    ("3两", 0.15, "behind digits too"),
    ("3千克", 3, "千克 is one unit"),
    ("三千克", 3, "in words too"),
    ("3公斤", 3, ""),
    ("3000克", 3, ""),
    ("3担", 150, "a picul"),
    ("近百吨", 100000, "a scale alone"),
    ("上千斤", None, "more than we understand"),
    ("半吨", 500, "half"),
    ("2斤半", 1.25, "half a unit behind"),
    ("1.5吨", 1500, ""),
    ("一点五吨", 1500, "a decimal point in words"),
    ("１２吨", 12000, "full width"),
    ("1,200kg", 1200, "thousands"),
    ("1，200千克", 1200, "thousands by a Chinese comma"),
    ("1 200 kg", 1200, "thousands by a space"),
    ("12t", 12000, "international"),
    ("12 T", 12000, ""),
    ("12 tons", 12000, ""),
    ("500 KG", 500, ""),
    ("5000kg/月", 5000, "the period of the column"),
    ("5000公斤/月左右", 5000, ""),
    ("每月5000公斤", 5000, ""),
    ("月产5吨", 5000, ""),
    ("月产能:5吨", 5000, ""),
    ("5 t per month", 5000, ""),
    ("5000 kg a month", 5000, ""),
    ("年产3万吨", 2_500_000, "of a year: a twelfth"),
    ("36吨/年", 3000, "of a year"),
    ("每年36吨", 3000, "of a year"),
    ("年产量约36吨", 3000, "of a year"),
    ("120 t/year", 10000, "of a year"),
    ("200kg/天", 200 * 365 / 12, "of a day"),
    ("日产200公斤", 200 * 365 / 12, "of a day"),
    ("12吨/季度", 4000, "of a quarter"),
    ("20多吨", 20000, "a little more"),
    ("20余吨", 20000, "a little more"),
    ("10吨以上", 10000, "at least"),
    ("不低于10吨", 10000, "at least"),
    ("≥10吨", 10000, "at least"),
    (">10吨", 10000, "at least"),
    ("10吨以内", 10000, "at most"),
    ("不超过10吨", 10000, "at most"),
    ("0吨", 0, "nothing is an amount"),
]
RANGES = [
    ("12-15吨", 12000, 15000),
    ("12~15吨", 12000, 15000),
    ("12～15吨", 12000, 15000),
    ("12—15吨", 12000, 15000),
    ("12至15吨", 12000, 15000),
    ("12吨到15吨", 12000, 15000),
    ("15-12吨", 12000, 15000),
    ("3-5万斤", 15000, 25000),
    ("8000-1万斤", 4000, 5000),
    ("500斤-1吨", 250, 1000),
    ("约10-15吨/月", 10000, 15000),
]
PIECES = [
    ("800箱", 800, "case"),
    ("1.2千箱", 1200, "case"),
    ("两百盒", 200, "box"),
    ("3000件", 3000, "piece"),
    ("5000个", 5000, "piece"),
    ("500头", 500, "head"),
    ("30万羽", 300000, "animal"),
    ("2000只", 2000, "animal"),
    ("600瓶", 600, "bottle"),
    ("200袋", 200, "bag"),
    ("1000双", 1000, "pair"),
    ("3000册", 3000, "book"),
    ("5000单", 5000, "order"),
    ("800 boxes", 800, "box"),
]
REFUSED = [
    "很多",
    "若干",
    "吨",
    "-5吨",
    "12-15-18吨",
    "12 15吨",
    "1.2.3吨",
    "十几吨",
    "5吨/亩",
    "300亩",
    "12元",
    "充足",
    "1/2吨",
    "12吨3",
]
HEADERS = [
    ("12", "吨", 12000, "kg"),
    ("12", "吨/月", 12000, "kg"),
    ("1.5", "万斤", 7500, "kg"),
    ("36", "吨/年", 3000, "kg"),
    ("约12", "t", 12000, "kg"),
    ("800", "箱", 800, "case"),
    ("800箱", "吨", 800, "case"),
    ("12", "kg per month", 12, "kg"),
]


@pytest.mark.parametrize(("text", "kg", "why"), KG)
def test_amounts_are_read_in_kilograms_a_month(text, kg, why):
    if kg is None:
        assert refusal("monthly_capacity", text) == "not_an_amount", why
    else:
        assert value("monthly_capacity", text) == {"amount": pytest.approx(kg), "unit": "kg"}, why


@pytest.mark.parametrize(("text", "low", "high"), RANGES)
def test_of_a_range_the_lower_end_is_used_and_said(text, low, high):
    assert value("monthly_capacity", text) == {"amount": low, "unit": "kg", "most": high}
    assert "lower_end" in codes("monthly_capacity", text)


@pytest.mark.parametrize(("text", "amount", "unit"), PIECES)
def test_what_is_counted_stays_counted(text, amount, unit):
    assert value("stock", text) == {"amount": amount, "unit": unit}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_amount_is_refused_and_never_guessed(text):
    assert refusal("monthly_capacity", text) == "not_an_amount"


@pytest.mark.parametrize(("text", "header", "amount", "unit"), HEADERS)
def test_a_header_lends_its_unit_to_cells_without_one(text, header, amount, unit):
    assert value("monthly_capacity", text, header) == {"amount": amount, "unit": unit}


def test_a_figure_without_a_unit_is_counted_and_doubted():
    assert value("monthly_capacity", "1200") == {"amount": 1200, "unit": "piece"}
    assert codes("monthly_capacity", "1200") == {"unit_missing"}


def test_every_conversion_is_told():
    assert codes("monthly_capacity", "年产约3万吨") == {"figure", "approximate", "converted", "per_period"}
    assert codes("monthly_capacity", "不低于10吨") == {"at_least", "converted"}
    assert codes("monthly_capacity", "10吨以内") == {"at_most", "converted"}
    assert codes("monthly_capacity", "500kg") == set()
    assert "unit_from_header" in codes("monthly_capacity", "12", "吨")


@pytest.mark.parametrize(
    ("text", "kg"), [("150吨", 150_000), ("年产3万吨", 30_000_000), ("月产10吨", 120_000), ("1.2万斤", 6000)]
)
def test_yearly_output_is_of_a_year(text, kg):
    assert value("annual_output", text) == {"amount": kg, "unit": "kg"}


@pytest.mark.parametrize(
    ("text", "mu"),
    [
        ("800", 800),
        ("800亩", 800),
        ("1.2万亩", 12000),
        ("三千亩", 3000),
        ("30公顷", 450),
        ("30 ha", 450),
        ("2平方公里", 3000),
        ("2000平方米", 3),
        ("约500", 500),
        ("5亩半", 5.5),
        ("800-1000亩", 800),
        ("1万余亩", 10000),
    ],
)
def test_land_is_in_mu(text, mu):
    assert value("area", text) == pytest.approx(mu)


@pytest.mark.parametrize("text", ["12座大棚", "800斤", "800亩/年", "很大"])
def test_what_is_no_land_is_refused(text):
    assert refusal("area", text) == "not_an_area"


@pytest.mark.parametrize(
    ("text", "count"),
    [("260", 260), ("260户", 260), ("约300户", 300), ("1.2万户", 12000), ("二百六十户", 260)],
)
def test_households_are_counted(text, count):
    assert value("households", text) == count


@pytest.mark.parametrize("text", ["十几户", "多户", "260亩"])
def test_what_is_no_count_is_refused(text):
    assert refusal("households", text) == "not_a_count"


@pytest.mark.parametrize(
    ("text", "steps", "why"),
    [
        ("12吨", [("converted", {"to": 12000, "unit": "kg"})], "of another unit"),
        ("12公斤", [], "as it is kept"),
        (
            "15-12吨",
            [
                ("converted", {"to": 15000, "unit": "kg"}),
                ("lower_end", {"low": 12000, "high": 15000, "unit": "kg"}),
            ],
            "the ends the right way round",
        ),
        ("约12公斤", [("approximate", {})], "roughly"),
        ("10公斤以上", [("at_least", {})], "more, perhaps"),
        ("10公斤以内", [("at_most", {})], "less, perhaps"),
        ("十二公斤", [("figure", {"value": 12})], "in words"),
    ],
)
def test_what_was_done_to_a_figure_is_told(text, steps, why):
    reading = read_monthly(text)

    assert [(step.code, dict(step.params)) for step in reading.steps] == steps, why
