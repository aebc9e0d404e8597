"""A table of interests is read whole or refused with every line that is wrong; what it changes is counted."""

import pytest
from shelves import valley

from impact.catalog.wants import differences, read_wants
from impact.errors import BadInput
from impact.model import Affinity

HEADER = "category,interest,strength\n"
TEA, FRUIT = Affinity("tea", "tea", 1.0), Affinity("fruit", "fresh_fruit", 0.8)


def read(lines):
    return read_wants(HEADER + lines, valley().graph.catalog)


def test_lines_are_read_in_their_order_whatever_stands_beside_them():
    text = "category,interest,strength,basis\ntea,tea,1,assumed\nfruit,fresh_fruit,0.8,assumed\n"

    assert read_wants(text, valley().graph.catalog) == (TEA, FRUIT)


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ("tea,tea,much\n", ["not_a_number"]),
        ("tea,tea,1.5\n", ["out_of_range"]),
        ("tea,tea,nan\n", ["not_finite"]),
        ("tea,,1\n", ["cell_empty", "wants_empty"]),
        ("gold,tea,1\ntea,yachts,1\n", ["want_category_unknown", "want_interest_unknown"]),
        ("tea,tea,1\ntea,tea,0.5\n", ["want_repeated"]),
        ("", ["wants_empty"]),
    ],
)
def test_every_line_that_is_wrong_is_told(lines, codes):
    with pytest.raises(BadInput) as refused:
        read(lines)

    assert [issue.code for issue in refused.value.issues][: len(codes)] == codes[: len(refused.value.issues)]


def test_a_table_without_its_columns_is_refused():
    with pytest.raises(BadInput) as refused:
        read_wants("category,strength\ntea,1\n", valley().graph.catalog)

    assert "column_missing" in {issue.code for issue in refused.value.issues}


def test_what_a_table_changes_is_told_line_by_line():
    weaker, craft = Affinity("tea", "tea", 0.5), Affinity("craft", "tea", 0.3)

    found = differences((TEA, FRUIT), (weaker, craft))

    assert (found.new, found.changed, found.gone, found.num_same) == ((craft,), ((TEA, weaker),), (FRUIT,), 0)
    assert found.any


def test_the_same_table_in_another_order_changes_nothing():
    found = differences((TEA, FRUIT), (FRUIT, TEA))

    assert not found.any
    assert found.num_same == 2
