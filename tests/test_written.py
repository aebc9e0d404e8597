"""JSON that is written already."""

import json

import pytest

from impact.written import Written, written


@pytest.mark.parametrize(
    "value", [None, 12.5, "约12吨", ["九月", 10], {"价格": {"yuan": 5.0, "per": "kg"}}, {"引号": '"\\\n'}]
)
def test_what_is_written_reads_as_it_was(value):
    assert json.loads(written(value)) == value


def test_chinese_stays_legible_and_nothing_is_padded():
    assert written({"产地": "安吉", "月": [3, 4]}) == '{"产地":"安吉","月":[3,4]}'
    assert isinstance(written("茶"), Written)
