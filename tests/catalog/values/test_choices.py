"""One of a known set, in the words that people have for it."""

import csv

import pytest
from catalog.values.cells import codes, refusal, value

from impact.catalog.values.choices import MODEL_TYPE, choices, name_of
from impact.config import ROOT
from impact.model import ColdChain

CHOSEN = [
    ("producer_type", "合作社", "cooperative"),
    ("producer_type", "农民专业合作社", "cooperative"),
    ("producer_type", "家庭农场", "family_farm"),
    ("producer_type", "种植大户", "family_farm"),
    ("producer_type", "农户", "household"),
    ("producer_type", "个体工商户", "household"),
    ("producer_type", "企业", "company"),
    ("producer_type", "有限责任公司", "company"),
    ("producer_type", "龙头企业", "company"),
    ("producer_type", "手艺人", "workshop"),
    ("producer_type", "作坊/手艺人", "workshop"),
    ("producer_type", "非遗传承人", "workshop"),
    ("producer_type", "出版社", "publisher"),
    ("producer_type", "产业带商家", "belt"),
    ("producer_type", "Family farm", "family_farm"),
    ("producer_type", " COMPANY ", "company"),
    ("category", "茶叶", "tea"),
    ("category", "tea", "tea"),
    ("category", "茶", "tea"),
    ("category", "水果类", "fruit"),
    ("category", "中药材", "herb"),
    ("category", "水产品", "aquatic"),
    ("category", "肉类产品", "livestock"),
    ("category", "食用菌", "mushroom"),
    ("category", "肉禽蛋", "livestock"),
    ("category", "女装、男装", "apparel"),
    ("category", "木雕", "craft"),
    ("category", "Seeds", "seed"),
    ("cold_chain", "常温", "ambient"),
    ("cold_chain", "阴凉干燥处", "ambient"),
    ("cold_chain", "冷藏运输", "chilled"),
    ("cold_chain", "0-4℃", "chilled"),
    ("cold_chain", "-18℃", "frozen"),
    ("cold_chain", "速冻", "frozen"),
    ("cold_chain", "活体", "live"),
    ("cold_chain", "Chilled", "chilled"),
    ("cold_chain", "Y", "chilled"),
    ("cold_chain", "N", "ambient"),
    ("coordinate_system", "WGS84", "wgs84"),
    ("coordinate_system", "GPS坐标", "wgs84"),
    ("coordinate_system", "高德地图", "gcj02"),
    ("coordinate_system", "gcj-02", "gcj02"),
    ("coordinate_system", "百度坐标系", "bd09"),
]
YES = ["是", "有", "√", "✓", "Y", "yes", "TRUE", "1", "已开", "已开通", "对", "是的"]
NO = ["否", "无", "没有", "×", "✗", "N", "no", "False", "0", "未开通", "暂无", "x", "None"]
CERTIFICATES = [
    ("绿色", ["green"]),
    ("绿色食品认证", ["green"]),
    ("绿色、有机", ["green", "organic"]),
    ("有机/GAP", ["organic", "gap"]),
    ("农产品地理标志；绿色食品", ["gi", "green"]),
    ("AGI", ["gi"]),
    ("SC、HACCP", ["sc", "haccp"]),
    ("无公害", ["pollution_free"]),
    ("ISO9001质量管理体系", ["other"]),
    ("ISO9001", ["iso"]),
    ("名特优新农产品", ["quality_specialty"]),
    ("Organic, halal", ["organic", "halal"]),
    ("无", []),
    ("暂无", []),
    ("None", []),
    ("某某认证", ["other"]),
]


@pytest.mark.parametrize(("column", "text", "choice"), CHOSEN)
def test_words_lead_to_a_choice(column, text, choice):
    assert value(column, text) == choice


def test_a_category_that_nobody_knows_is_kept_with_a_doubt():
    assert value("category", "那个") == {"said": "那个"}
    assert codes("category", "那个") == {"category_unknown"}


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("producer_type", "朋友"),
        ("cold_chain", "快递"),
        ("coordinate_system", "北京54"),
    ],
)
def test_a_word_that_nobody_knows_is_refused_with_those_known(column, text):
    assert refusal(column, text) == "not_a_choice"


@pytest.mark.parametrize("text", YES)
def test_yes(text):
    assert value("has_shop", text) is True


@pytest.mark.parametrize("text", NO)
def test_no(text):
    assert value("has_shop", text) is False


def test_what_is_neither_is_refused():
    assert refusal("has_shop", "也许") == "not_a_choice"


@pytest.mark.parametrize(("text", "kinds"), CERTIFICATES)
def test_certificates_are_told_apart(text, kinds):
    assert [each["kind"] for each in value("certificates", text)] == kinds


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("绿色食品(LB-44-21031104567A)", "green", "LB-44-21031104567A"),
        ("绿色食品 LB-44-21031104567A", "green", "LB-44-21031104567A"),
        ("LB-44-21031104567A", "green", "LB-44-21031104567A"),
        ("AGI00123", "gi", "AGI00123"),
        ("SC10133052301234", "sc", "SC10133052301234"),
        ("有机认证：134OP1200001", "organic", "134OP1200001"),
    ],
)
def test_numbers_of_certificates_are_kept(text, kind, number):
    assert value("certificates", text) == [{"kind": kind, "number": number}]


def test_an_unknown_certificate_keeps_its_words():
    assert value("certificates", "某某认证") == [{"kind": "other", "text": "某某认证"}]
    assert "certificate_unknown" in codes("certificates", "某某认证")


def test_categories_are_those_of_the_catalog():
    with (ROOT / "static/data/demand/categories.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert set(choices("category")) == {row["category"] for row in rows}
    assert all(name_of("category", row["category"], "zh") == row["name_zh"] for row in rows)
    assert all(name_of("category", row["category"], "en") == row["name_en"] for row in rows)


def test_ways_of_keeping_and_types_are_those_of_the_model():
    assert set(choices("cold_chain")) == set(ColdChain)
    assert set(choices("producer_type")) == MODEL_TYPE.keys()
    assert set(MODEL_TYPE.values()) == {"specialty", "belt", "firm", "craft", "publisher"}
