"""The definition of a partner's columns holds together."""

from collections import Counter

import pytest

from impact.catalog.columns import BY_NAME, COLUMNS, Kind


def test_a_product_is_all_that_a_row_needs():
    assert [column.name for column in COLUMNS if column.needed] == ["product"]


def test_what_reaches_a_person_is_private():
    assert {column.name for column in COLUMNS if column.private} == {"contact", "phone"}


def test_no_name_or_synonym_stands_for_two_columns():
    names = Counter(
        name.casefold()
        for column in COLUMNS
        for name in {column.name, column.zh, column.en, *column.synonyms_zh, *column.synonyms_en}
    )
    own = {column.name.casefold() for column in COLUMNS} | {column.en.casefold() for column in COLUMNS}

    assert [name for name, times in names.items() if times > 1 and name not in own] == []


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_every_column_is_told_in_both_languages(column):
    assert all([column.zh, column.en, column.says_zh, column.says_en, column.example_zh, column.example_en])
    assert column.synonyms_zh
    assert column.synonyms_en
    assert bool(column.unit_zh) == bool(column.unit_en)


def test_every_kind_has_a_column():
    assert {column.kind for column in COLUMNS} == set(Kind)


def test_columns_are_found_by_name():
    assert BY_NAME["price"].title("zh") == "价格"
    assert BY_NAME["price"].title("en") == "Price"
