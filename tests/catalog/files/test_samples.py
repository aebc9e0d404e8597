"""One small file for each oddity: how it is read, what is set aside, what is said."""

from pathlib import Path

import pytest

from impact.catalog.files import open_table
from impact.errors import BadInput

DATA = Path(__file__).parents[2] / "data"
BASIC = ("名称", "产地", "产能")
NAMED = {
    "ascii.csv": "name|place|kg",
    "blank_rows_and_columns.xlsx": "名称|产能",
    "cell_with_line_breaks.csv": "名称|说明",
    "columns_numbered.csv": "序号|名称|产地|产能|单位",
    "commas_in_quotes.csv": "名称|产地",
    "control_characters.csv": "名称|产能",
    "empty_sheet_first.xlsx": "名称|产能",
    "error_values.xlsx": "名称|产能",
    "formula_without_value.xlsx": "名称|产能",
    "gb18030_one_word.csv": "名称",
    "header_in_two_rows.csv": "序号|产地 省|产地 县|产能 年|产能 月",
    "header_lacks_a_name.csv": "名称|B|产能",
    "header_missing.csv": "茶|120|12.5",
    "header_of_years.csv": "名称|2022|2023|2024",
    "header_repeats_a_name.csv": "名称|产能|产能",
    "header_with_line_breaks.csv": "名称|产能 （公斤）",
    "leading_zeros.csv": "编码|名称",
    "long_number_lost_digits.xlsx": "编码|名称",
    "long_numbers_lost_digits.csv": "编码|名称",
    "merged_province.xlsx": "省份|名称",
    "merged_title_and_groups.xlsx": "序号|产地 省|产地 县|产能 年|产能 月",
    "naughty_formula_is_text.csv": "名称|产能",
    "numbers_with_formats.xlsx": "编码|占比",
    "odd_spaces.csv": "名称|产能",
    "one_column.csv": "名称",
    "quotes_doubled.csv": "名称|产能",
    "semicolons_with_decimal_commas.csv": "名称|价格|产能",
    "subtotals_by_province.csv": "产地|名称|产能",
    "tabs_with_commas_in_text.tsv": "名称|说明",
    "total_and_note.xlsx": "名称|产能",
    "total_in_english.csv": "name|kg",
    "workbook_called.csv": "名称|产能",
}
"""The headers that are not `BASIC`."""
# file, encoding or sheet, delimiter, header row, number of rows, set aside, issues; row 0 is the whole file
SAMPLES = [
    ("ascii.csv", "utf-8", ",", 1, 2, "", ""),
    ("big5_needs_to_be_chosen.csv", "gb18030", ",", 1, 2, "", "0:encoding_doubtful"),
    ("blank_columns.csv", "utf-8", ",", 1, 3, "", ""),
    ("blank_rows_and_columns.xlsx", "Sheet1", None, 2, 1, "", ""),
    ("blank_rows_within.csv", "utf-8", ",", 1, 3, "", ""),
    ("cell_with_line_breaks.csv", "utf-8", ",", 1, 2, "", ""),
    ("columns_numbered.csv", "utf-8", ",", 1, 2, "2:column_numbers", ""),
    ("columns_numbered_after_stems.csv", "utf-8", ",", 1, 3, "2:column_numbers", ""),
    ("commas_in_quotes.csv", "utf-8", ",", 1, 2, "", ""),
    ("control_characters.csv", "utf-8", ",", 1, 2, "", "2:control_dropped"),
    ("cr_only.csv", "utf-8", ",", 1, 3, "", ""),
    ("crlf.csv", "utf-8", ",", 1, 3, "", ""),
    ("empty_sheet_first.xlsx", "二", None, 1, 1, "", ""),
    ("error_values.xlsx", "Sheet1", None, 1, 3, "", "2:error_value 3:error_value"),
    ("excel_97.xls", "Sheet1", None, 2, 2, "1:title", "0:xls_formulas_untold"),
    ("formula_without_value.xlsx", "Sheet1", None, 1, 2, "", "2:formula_unkept"),
    ("gb18030.csv", "gb18030", ",", 1, 3, "", ""),
    ("gb18030_four_bytes.csv", "gb18030", ",", 1, 3, "", ""),
    ("gb18030_one_word.csv", "gb18030", ",", 1, 1, "", ""),
    ("gb18030_title_row_and_total.csv", "gb18030", ",", 2, 3, "1:title 6:total", ""),
    ("header_in_two_rows.csv", "utf-8", ",", 2, 2, "1:group_header", ""),
    ("header_lacks_a_name.csv", "utf-8", ",", 1, 2, "", "1:header_blank"),
    ("header_missing.csv", "utf-8", ",", 1, 2, "", "1:header_doubtful"),
    ("header_of_years.csv", "utf-8", ",", 1, 2, "", ""),
    ("header_only.csv", "utf-8", ",", 1, 0, "", ""),
    ("header_printed_again.csv", "utf-8", ",", 1, 6, "5:repeated_header", ""),
    ("header_repeats_a_name.csv", "utf-8", ",", 1, 2, "", "1:header_repeated"),
    ("header_with_line_breaks.csv", "utf-8", ",", 1, 2, "", ""),
    ("inches_are_no_quotes.csv", "utf-8", ",", 1, 3, "", ""),
    ("leading_zeros.csv", "utf-8", ",", 1, 2, "", ""),
    ("long_number_lost_digits.xlsx", "Sheet1", None, 1, 2, "", "2:digits_lost"),
    ("long_numbers_lost_digits.csv", "utf-8", ",", 1, 2, "", "2:digits_lost"),
    ("merged_province.xlsx", "Sheet1", None, 1, 4, "", ""),
    ("merged_title_and_groups.xlsx", "Sheet1", None, 3, 1, "1:title 2:group_header", ""),
    ("mixed_line_ends.csv", "utf-8", ",", 1, 3, "", ""),
    ("naughty_formula_is_text.csv", "utf-8", ",", 1, 2, "", ""),
    ("no_line_end_at_end.csv", "utf-8", ",", 1, 3, "", ""),
    ("no_suffix", "utf-8", ",", 1, 3, "", ""),
    ("notes_below.csv", "utf-8", ",", 1, 3, "5:note 6:note 7:note", ""),
    ("numbers_with_formats.xlsx", "Sheet1", None, 1, 2, "", ""),
    ("odd_spaces.csv", "utf-8", ",", 1, 2, "", ""),
    ("one_column.csv", "utf-8", ",", 1, 2, "", ""),
    ("open_document.ods", "表", None, 1, 3, "", ""),
    ("pipes.txt", "utf-8", "|", 1, 3, "", ""),
    ("plain.xlsx", "Sheet1", None, 1, 3, "", ""),
    ("product_called_note.csv", "utf-8", ",", 1, 5, "", ""),
    ("product_called_total.csv", "utf-8", ",", 1, 5, "", ""),
    ("quote_never_closed.csv", "utf-8", ",", 1, 3, "", "2:quote_unclosed"),
    ("quote_never_closed_at_end.csv", "utf-8", ",", 1, 3, "", "4:quote_unclosed"),
    ("quotes_doubled.csv", "utf-8", ",", 1, 2, "", ""),
    ("quotes_within_a_cell.csv", "utf-8", ",", 1, 3, "", "2:quote_unclosed"),
    ("rows_too_long.csv", "utf-8", ",", 1, 3, "", "3:row_longer"),
    ("rows_too_short.csv", "utf-8", ",", 1, 3, "", "3:row_shorter"),
    ("semicolons.csv", "utf-8", ";", 1, 3, "", ""),
    ("semicolons_with_decimal_commas.csv", "utf-8", ";", 1, 2, "", ""),
    ("signed_below.csv", "utf-8", ",", 1, 3, "5:note", ""),
    ("subtotals_by_province.csv", "utf-8", ",", 1, 2, "3:total 5:total 6:total", ""),
    ("tabs.tsv", "utf-8", "\t", 1, 3, "", ""),
    ("tabs_with_commas_in_text.tsv", "utf-8", "\t", 1, 2, "", ""),
    ("title_and_filled_in_by.csv", "utf-8", ",", 3, 3, "1:title 2:note", ""),
    ("title_and_header_printed_again.csv", "utf-8", ",", 2, 6, "1:title 6:title 7:repeated_header", ""),
    ("title_row.csv", "utf-8", ",", 2, 3, "1:title", ""),
    ("total_and_note.xlsx", "Sheet1", None, 1, 2, "4:total 5:note", ""),
    ("total_in_english.csv", "utf-8", ",", 1, 2, "4:total", ""),
    ("total_row.csv", "utf-8", ",", 1, 3, "5:total", ""),
    ("total_spaced_out.csv", "utf-8", ",", 1, 3, "5:total", ""),
    ("trailing_delimiters.csv", "utf-8", ",", 1, 3, "", ""),
    ("two_title_rows_and_blanks.csv", "utf-8", ",", 5, 3, "1:title 3:title", ""),
    ("utf16_bom_be.csv", "utf-16", ",", 1, 3, "", ""),
    ("utf16_bom_le.csv", "utf-16", ",", 1, 3, "", ""),
    ("utf16be_no_bom.tsv", "utf-16-be", "\t", 1, 3, "", ""),
    ("utf16le_no_bom.tsv", "utf-16-le", "\t", 1, 3, "", ""),
    ("utf8.csv", "utf-8", ",", 1, 3, "", ""),
    ("utf8_bom.csv", "utf-8", ",", 1, 3, "", ""),
    ("utf8_cut_within_a_character.csv", "utf-8", ",", 1, 4, "", "0:text_cut_off 5:row_shorter"),
    ("workbook_called.csv", "Sheet1", None, 1, 2, "", "0:file_misnamed"),
    ("地理标志_仅有省份.xlsx", "Sheet1", None, 1, 200, "", ""),
    ("地理标志_仅有省份_GB18030.csv", "gb18030", ",", 1, 200, "", ""),
    ("淘宝村名单2014_含主营产品.xlsx", "Table 1", None, 1, 213, "", ""),
    ("特色农产品优势区_GB18030.csv", "gb18030", ",", 1, 271, "", ""),
    ("特色农产品优势区_UTF8_BOM.csv", "utf-8", ",", 1, 120, "", ""),
]


def sample(name):
    return next(
        DATA / folder / name for folder in ("files", "partner_files") if (DATA / folder / name).exists()
    )


@pytest.mark.parametrize(
    ("name", "read_as", "delimiter", "header_row", "num_rows", "aside", "issues"), SAMPLES
)
def test_each_oddity_is_read_as_expected(name, read_as, delimiter, header_row, num_rows, aside, issues):
    table = open_table(sample(name))

    lines = list(table.lines())

    assert (table.source.encoding or table.source.sheet, table.source.delimiter) == (read_as, delimiter)
    assert (table.header_row, len(lines)) == (header_row, num_rows)
    assert [f"{found.row}:{found.why}" for found in table.set_aside] == aside.split()
    assert [f"{issue.row or 0}:{issue.code}" for issue in table.issues] == issues.split()
    assert {len(line.cells) for line in lines} <= {len(table.header)}


@pytest.mark.parametrize("name", [row[0] for row in SAMPLES if (DATA / "files" / row[0]).exists()])
def test_the_header_is_found(name):
    if name != "big5_needs_to_be_chosen.csv":
        assert "|".join(open_table(sample(name)).header) == NAMED.get(name, "|".join(BASIC))


def test_every_sample_is_expected_and_every_expectation_has_its_sample():
    found = {path.name for folder in ("files", "partner_files") for path in (DATA / folder).iterdir()}

    assert found - {"make.py", "__pycache__"} == {row[0] for row in SAMPLES}
    assert len(SAMPLES) >= 60


def cells_of(name, **wanted):
    return [line.cells for line in open_table(sample(name), **wanted).lines()]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("quote_never_closed.csv", ('"龙井茶', "浙江省", "120")),
        ("quotes_within_a_cell.csv", ('"明前"龙井茶', "浙江省", "120")),
        ("quotes_doubled.csv", ('"明前"茶', "1")),
        ("cell_with_line_breaks.csv", ("茶", "香\n醇")),
        ("odd_spaces.csv", ("龙井茶", "120")),
        ("control_characters.csv", ("龙井", "1")),
        ("leading_zeros.csv", ("007", "茶")),
        ("naughty_formula_is_text.csv", ("=1+1", "2")),
        ("numbers_with_formats.xlsx", ("330102", "15.5%")),
        ("gb18030_four_bytes.csv", ("𠮷井茶", "浙江省", "120")),
        ("utf16le_no_bom.tsv", ("龙井茶", "浙江省", "120")),
        ("open_document.ods", ("龙井茶", "浙江省", "120")),
        ("plain.xlsx", ("龙井茶", "浙江省", "120")),
    ],
)
def test_cells_are_as_people_see_them(name, first):
    assert cells_of(name)[0] == first


def test_the_user_may_choose_encoding_and_delimiter():
    table = open_table(sample("big5_needs_to_be_chosen.csv"), encoding="big5")

    assert (table.header, table.source.encoding) == (("名稱", "產能"), "big5hkscs")
    assert open_table(sample("pipes.txt"), delimiter=",").header == ("名称|产地|产能",)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"encoding": "utf-8"}, "encoding_unfit"),
        ({"encoding": "rot13"}, "encoding_not_offered"),
        ({"delimiter": "x"}, "delimiter_not_offered"),
    ],
)
def test_a_choice_that_does_not_fit_is_refused(wanted, code):
    with pytest.raises(BadInput) as refused:
        open_table(sample("gb18030.csv"), **wanted)

    assert [issue.code for issue in refused.value.issues] == [code]
