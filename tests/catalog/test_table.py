"""Every bad cell is named by file, row, column and value, and all of them at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from impact.catalog.table import Month, Positive, Row, Share, Tables
from impact.errors import BadInput, Issue
from impact.model import Level


class Hen(Row):
    name: str
    eggs: int
    share: Share
    weight: Positive = 1.0
    level: Level = Level.COUNTY
    hatched: Month | None = None
    pet: bool = False


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], tuple[Hen, ...]]:
    def written(text: str) -> tuple[Hen, ...]:
        (tmp_path / "hens.csv").write_text(text, "utf-8")
        tables = Tables(tmp_path)
        rows = tables.read("hens.csv", Hen)
        tables.refuse()
        return rows

    return written


def test_cells_become_values_and_empty_cells_take_what_is_usual(read):
    [hen] = read("name,eggs,share,hatched,colour\n小红,3,0.5,,red\n")

    assert hen == Hen(name="小红", eggs=3, share=0.5)


def test_a_byte_order_mark_does_not_eat_the_first_header(read):
    assert len(read("\ufeffname,eggs,share\n小红,3,0.5\n")) == 1


def test_a_quoted_cell_may_hold_commas_and_lines(read):
    [hen] = read('name,eggs,share\n"红,\n白",3,0.5\n')

    assert hen.name == "红,\n白"


@pytest.mark.parametrize(
    ("cells", "code", "column", "params"),
    [
        (",3,0.5,,,,", "cell_empty", "name", {}),
        ("h,three,0.5,,,,", "not_a_whole_number", "eggs", {"value": "three"}),
        ("h,3.5,0.5,,,,", "not_a_whole_number", "eggs", {"value": "3.5"}),
        ("h,3,half,,,,", "not_a_number", "share", {"value": "half"}),
        ("h,3,nan,,,,", "not_finite", "share", {"value": "nan"}),
        ("h,3,1.5,,,,", "out_of_range", "share", {"value": "1.5"}),
        ("h,3,-0.5,,,,", "out_of_range", "share", {"value": "-0.5"}),
        ("h,3,0.5,0,,,", "out_of_range", "weight", {"value": "0"}),
        ("h,3,0.5,1,village,,", "not_one_of", "level", {"value": "village"}),
        ("h,3,0.5,1,,13,", "out_of_range", "hatched", {"value": "13"}),
        ("h,3,0.5,1,,,maybe", "not_yes_or_no", "pet", {"value": "maybe"}),
        ("h,3,0.5,1,,,1,more", "cell_beyond_header", None, {"value": "more"}),
    ],
)
def test_a_bad_cell_is_refused_where_it_stands(read, cells, code, column, params):
    with pytest.raises(BadInput) as refusal:
        read(f"name,eggs,share,weight,level,hatched,pet\ngood,1,0.1,,,,\n{cells}\n")

    assert refusal.value.issues == (Issue(code, "hens.csv", 3, column, params),)


def test_all_bad_cells_are_told_at_once(read):
    with pytest.raises(BadInput) as refusal:
        read("name,eggs,share\nh,x,2\n,1,0.5\n")

    assert {(issue.row, issue.column) for issue in refusal.value.issues} == {
        (2, "eggs"),
        (2, "share"),
        (3, "name"),
    }


def test_columns_that_the_header_lacks_are_named_once(read):
    with pytest.raises(BadInput) as refusal:
        read("name\nh\ng\n")

    assert [(issue.code, issue.row, issue.column) for issue in refusal.value.issues] == [
        ("column_missing", 1, "eggs"),
        ("column_missing", 1, "share"),
    ]


def test_a_file_that_is_not_there_is_an_issue_among_others(tmp_path):
    tables = Tables(tmp_path)

    assert tables.read("hens.csv", Hen) == ()
    assert tables.issues == [Issue("file_missing", "hens.csv")]


def test_a_file_in_another_encoding_is_named(tmp_path):
    (tmp_path / "hens.csv").write_bytes("name,eggs,share\n小红,3,0.5\n".encode("gb18030"))
    tables = Tables(tmp_path)
    tables.read("hens.csv", Hen)

    assert tables.issues == [Issue("not_utf8", "hens.csv")]


def test_a_quote_that_never_ends_does_not_swallow_rows_unseen(read):
    with pytest.raises(BadInput, match="not_csv"):
        read('name,eggs,share\n"h,3,0.5\ng,1,0.1\n')
