"""No text at all makes a reader fall over, and none takes long."""

import json

import pytest
from catalog.values.cells import settled
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.catalog.cells import read_cell
from impact.catalog.columns import COLUMNS
from impact.catalog.listing import CLEAR

BITS = """约 近 12 3 万 千 百 十 二 两 半 斤 kg 吨 箱 盒 元 ¥ / - ~ 至 月 年 天 旬 底 上 下 次年 全年 春 秋
    立秋 中秋 后 前 农历 . , ( ) * x 冷藏 常温 个月 绿色 有机 LB-1 ' = + @ 0 9 11 2024 E+12 ° ' " 北纬 每
    一 亿 多 余 以上 ≥ Sep q1 http:// :// \ufffd 第 季度"""
PIECED = st.lists(st.sampled_from([*BITS.split(), " ", "\u3000"]), max_size=12).map("".join)
ANY = st.text(st.characters(), max_size=150) | PIECED


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
@given(text=ANY, unit=st.just("") | PIECED)
@settings(max_examples=150, deadline=1000)
def test_any_text_is_read_or_refused(column, text, unit):
    cell = read_cell(column, text, unit)

    assert cell.value is CLEAR or json.dumps(cell.value, allow_nan=False)
    assert cell.refused is None or cell.value is None
    assert cell.original == text or cell.value is None


@given(st.dictionaries(st.sampled_from(COLUMNS), ANY))
def test_any_row_is_settled(texts):
    cells = {column.name: read_cell(column, text) for column, text in texts.items()}

    for cell in settled(cells).values():
        assert cell.value is CLEAR or json.dumps(cell.value, allow_nan=False)


@pytest.mark.parametrize(
    "text", ["约" * 100, "1" * 100, "十" * 100, "1-" * 50, "9月、" * 30, "绿色" * 50, "(" * 100, "万" * 99]
)
@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_nothing_takes_long_or_grows_beyond_bounds(column, text):
    cell = read_cell(column, text)

    assert json.dumps(cell.value, allow_nan=False)
