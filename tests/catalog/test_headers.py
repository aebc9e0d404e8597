"""Partners' headers find our columns, with how sure that is and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.catalog.columns import BY_NAME, COLUMNS
from impact.catalog.headers import LEAST, Why, suggest
from impact.catalog.rejected import REASON

REAL = [
    (["产品", "产地省", "品类", "登记年"], ["product", "province", "category", "year"]),
    (["批次年份", "省份", "县（市、区）", "产品名称"], ["year", "province", "county", "product"]),
    (
        ["省", "市", "区/县", "镇/乡/街道", "村", "主营产品"],
        ["province", "prefecture", "county", "town", "village", "product"],
    ),
]
ONE = [
    ("*商品名称(必填)", "product", ""),
    ("＊商品名称（必填）", "product", ""),
    ("商品 名称", "product", ""),
    ("产能（吨/月）", "monthly_capacity", "吨/月"),
    ("产能(吨)", "monthly_capacity", "吨"),
    ("产能_吨", "monthly_capacity", "吨"),
    ("产能/吨", "monthly_capacity", "吨"),
    ("年产量（万斤）", "annual_output", "万斤"),
    ("年产量(单位：吨)", "annual_output", "吨"),
    ("年产量，单位：吨", "annual_output", "吨"),
    ("价格（元/斤）", "price", "元/斤"),
    ("单价(万元/吨)", "price", "万元/吨"),
    ("价格:元", "price", "元"),
    ("保质期（天）", "shelf_life", "天"),
    ("种植面积(万亩)", "area", "万亩"),
    ("规格（斤/箱）", "pack", "斤/箱"),
    ("价格（含税）", "price", ""),
    ("PRODUCT NAME", "product", ""),
    ("product_name", "product", ""),
    ("Price (yuan/kg)", "price", "yuan/kg"),
    ("Monthly capacity (t)", "monthly_capacity", "t"),
    ("monthly_capacity", "monthly_capacity", ""),
    ("县（市、区）", "county", ""),
    ("所在县区", "county", ""),
    ("企业名称（全称）", "producer", ""),
    ("电话号码（必填）", "phone", ""),
    ("主要农产品", "product", ""),
    ("产品名称及规格", "product", ""),
]
NOTHING = [
    "序号",
    "省外销售",
    "年销售额(万元)",
    "邮箱",
    "是否脱贫县",
    "身份证号",
    "",
    "甲",
    "合计",
    "填表日期",
]


@pytest.mark.parametrize(("header", "columns"), REAL)
def test_headers_of_real_lists_are_all_understood(header, columns):
    assert [each.column for each in suggest(header)] == columns


@pytest.mark.parametrize(("header", "column", "unit"), ONE)
def test_a_header_gives_a_column_and_the_unit_of_its_cells(header, column, unit):
    (found,) = suggest([header])

    assert (found.column, found.unit) == (column, unit)
    assert found.confidence >= LEAST


@pytest.mark.parametrize("header", NOTHING)
def test_what_we_have_no_column_for_stays_an_attribute(header):
    (found,) = suggest([header])

    assert (found.column, found.confidence, found.why) == ("", 0.0, Why.UNKNOWN)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_our_own_headers_are_sure(column, lang):
    (found,) = suggest([column.title(lang)])

    assert (found.column, found.confidence, found.why) == (column.name, 1.0, Why.SAME_NAME)


def test_every_synonym_leads_to_its_column():
    for column in COLUMNS:
        for synonym in (*column.synonyms_zh, *column.synonyms_en):
            assert suggest([synonym])[0].column == column.name, synonym


def test_of_two_that_mean_the_same_the_surer_has_it_and_the_other_is_told():
    other, sure = suggest(["产品名称", "商品名称"])

    assert (sure.column, other.column) == ("product", "")
    assert (other.why, other.rival) == (Why.TAKEN, "商品名称")


def test_of_two_equally_sure_the_first_has_it():
    first, second = suggest(["品名", "产品名称"])

    assert (first.column, second.column) == ("product", "")


def test_what_is_remembered_stands_above_all():
    name, other = suggest(["产品名称", "甲"], {"甲": "product"})

    assert (other.column, other.confidence, other.why) == ("product", 1.0, Why.REMEMBERED)
    assert (name.column, name.why) == ("", Why.TAKEN)


def test_a_header_can_be_remembered_to_mean_nothing():
    (found,) = suggest(["产品名称"], {"产品名称": ""})

    assert (found.column, found.why) == ("", Why.REMEMBERED)


def test_a_memory_of_a_column_that_is_no_more_means_nothing():
    assert suggest(["产品名称"], {"产品名称": "gone"})[0].column == ""


@given(
    st.lists(
        st.text(max_size=40) | st.sampled_from([name for column in COLUMNS for name in column.synonyms_zh])
    )
)
def test_any_header_is_answered_place_by_place_and_no_column_twice(header):
    found = suggest(header)

    assert [each.header for each in found] == header
    columns = [each.column for each in found if each.column]
    assert len(columns) == len(set(columns))
    assert all(each.column in BY_NAME and each.confidence >= LEAST for each in found if each.column)


@pytest.mark.parametrize("ours", sorted(REASON.values()))
def test_why_rows_were_sent_back_means_no_column_when_they_come_again(ours):
    *_, reason = suggest(["品名", "产地", ours])  # “Reason” is nearly “Season”

    assert (reason.column, reason.why) == ("", Why.UNKNOWN)


@pytest.mark.parametrize(
    ("header", "column", "confidence", "why"),
    [
        ("商品名称", "product", 1.0, Why.SAME_NAME),
        ("*商品名称(必填)", "product", 1.0, Why.SAME_NAME),
        ("Seasons", "season", 0.88, Why.PART),
        ("Seeson", "season", 0.75, Why.SIMILAR),
        ("天气", "", 0.0, Why.UNKNOWN),
    ],
)
def test_a_header_says_how_sure_its_column_is_and_why(header, column, confidence, why):
    (found,) = suggest([header])

    assert (found.column, found.confidence, found.why) == (column, confidence, why)
