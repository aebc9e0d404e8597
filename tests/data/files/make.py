"""Writes the files beside it: one oddity each, named by it. Run it after a change; keep what it wrote.

`excel_97.xls` is not among them: nothing that is installed here writes that format.
"""

import re
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

HERE = Path(__file__).parent
T = "名称,产地,产能\n龙井茶,浙江省,120\n山核桃,安徽省,80\n杨梅,福建省,60\n"
ROWS = [line.split(",") for line in T.splitlines()]
WIDE = "序号,名称,产地,产能,单位\n1,龙井茶,浙江省,120,公斤\n2,山核桃,安徽省,80,公斤\n"
LONG = "330102199001011234"


def tabs(text: str, mark: str = "\t") -> str:
    return text.replace(",", mark)


TEXTS = {
    # encodings
    "utf8.csv": T.encode(),
    "utf8_bom.csv": T.encode("utf-8-sig"),
    "gb18030.csv": T.encode("gb18030"),
    "gb18030_four_bytes.csv": T.replace("龙井", "𠮷井").encode("gb18030"),
    "gb18030_one_word.csv": "名称\n茶\n".encode("gb18030"),
    "gb18030_title_row_and_total.csv": f"2024年产品申报表,,\n{T}合计,,260\n".encode("gb18030"),
    "utf16_bom_le.csv": b"\xff\xfe" + T.encode("utf-16-le"),
    "utf16_bom_be.csv": b"\xfe\xff" + T.encode("utf-16-be"),
    "utf16le_no_bom.tsv": tabs(T).encode("utf-16-le"),
    "utf16be_no_bom.tsv": tabs(T).encode("utf-16-be"),
    "ascii.csv": b"name,place,kg\ntea,Zhejiang,120\nnuts,Anhui,80\n",
    "utf8_cut_within_a_character.csv": T.encode()[:-1] + "\n梨".encode()[:-1],
    "big5_needs_to_be_chosen.csv": "名稱,產能\n龍井茶,120\n核桃,80\n".encode("big5"),
    # delimiters and line ends
    "tabs.tsv": tabs(T).encode(),
    "semicolons.csv": tabs(T, ";").encode(),
    "semicolons_with_decimal_commas.csv": "名称;价格;产能\n茶;12,5;3,5\n桃;8,25;1,5\n".encode(),
    "pipes.txt": tabs(T, "|").encode(),
    "commas_in_quotes.csv": '名称,产地\n茶,"浙江,杭州"\n桃,"安徽,黄山"\n'.encode(),
    "tabs_with_commas_in_text.tsv": "名称\t说明\n茶\t香,醇\n桃\t脆,甜,大\n".encode(),
    "crlf.csv": T.replace("\n", "\r\n").encode(),
    "cr_only.csv": T.replace("\n", "\r").encode(),
    "mixed_line_ends.csv": T.replace("\n", "\r\n", 2).encode(),
    "no_line_end_at_end.csv": T.rstrip("\n").encode(),
    "one_column.csv": "名称\n龙井茶\n山核桃\n".encode(),
    "header_only.csv": "名称,产地,产能\n".encode(),
    "no_suffix": T.encode(),
    # what stands around the table
    "title_row.csv": f"2024年产品申报表,,\n{T}".encode(),
    "two_title_rows_and_blanks.csv": f"某县农业农村局\n\n2024年产品申报表\n\n{T}".encode(),
    "title_and_filled_in_by.csv": f"申报表,,\n填报单位：某社,,填报日期：2024-05-01\n{T}".encode(),
    "blank_rows_within.csv": T.replace("山核桃", "\n,,\n山核桃").encode(),
    "blank_columns.csv": "\n".join(f",{line.replace(',', ',,')}," for line in T.splitlines()).encode(),
    "total_row.csv": f"{T}合计,,260\n".encode(),
    "total_spaced_out.csv": f"{T}合 计：,,260\n".encode(),
    "subtotals_by_province.csv": (
        "产地,名称,产能\n浙江省,茶,2\n浙江省,小计,2\n安徽省,桃,3\n安徽省,小计,3\n总计,,5\n"
    ).encode(),
    "total_in_english.csv": b"name,kg\ntea,1\nnuts,2\nTotal,3\n",
    "product_called_total.csv": f"{T}合计,江苏省,5\n合计牌酱油,江苏省,6\n".encode(),
    "notes_below.csv": f"{T}注：1.产能按月计\n2.含税\n备注：以上为估计\n".encode(),
    "signed_below.csv": f"{T}填表人：张三,审核人：李四,日期：2024-05-01\n".encode(),
    "product_called_note.csv": f"{T}注水肉,河北省,1\n说明书纸,河北省,1\n".encode(),
    "header_printed_again.csv": f"{T}{T}".encode(),
    "title_and_header_printed_again.csv": f"申报表,,\n{T}申报表,,\n{T}".encode(),
    "columns_numbered.csv": WIDE.replace("\n1", "\n1,2,3,4,5\n1", 1).encode(),
    "columns_numbered_after_stems.csv": T.replace("\n", "\n甲,乙,1\n", 1).encode(),
    "header_in_two_rows.csv": "序号,产地,,产能,\n,省,县,年,月\n1,浙江,安吉,90,8\n2,安徽,歙县,80,7\n".encode(),
    "header_with_line_breaks.csv": '"名称","产能\n（公斤）"\n茶,1\n桃,2\n'.encode(),
    "header_repeats_a_name.csv": "名称,产能,产能\n茶,1,2\n桃,2,3\n".encode(),
    "header_lacks_a_name.csv": "名称,,产能\n茶,特级,2\n桃,一级,3\n".encode(),
    "header_missing.csv": "茶,120,12.5\n桃,80,8.5\n梅,60,6.5\n".encode(),
    "header_of_years.csv": "名称,2022,2023,2024\n茶,1,2,3\n桃,4,5,6\n".encode(),
    # cells
    "cell_with_line_breaks.csv": '名称,说明\n茶,"香\n醇"\n桃,脆\n'.encode(),
    "odd_spaces.csv": "名称,产能\n\u3000龙井茶\u00a0,\u200b120\n张\u3000三,8\n".encode(),
    "control_characters.csv": "名称,产能\n龙\x07井,1\n桃,2\n".encode(),
    "leading_zeros.csv": "编码,名称\n007,茶\n0080,桃\n".encode(),
    "long_numbers_lost_digits.csv": "编码,名称\n3.30102E+17,茶\n330102199001011234,桃\n".encode(),
    "naughty_formula_is_text.csv": "名称,产能\n=1+1,2\n@SUM(A1),3\n".encode(),
    # rows and quotes
    "rows_too_short.csv": T.replace("山核桃,安徽省,80", "山核桃,安徽省").encode(),
    "rows_too_long.csv": T.replace("山核桃,安徽省,80", "山核桃,安徽省,80,多出").encode(),
    "trailing_delimiters.csv": T.replace("\n", ",,,\n").encode(),
    "quote_never_closed.csv": T.replace("龙井茶", '"龙井茶').encode(),
    "quotes_within_a_cell.csv": T.replace("龙井茶", '"明前"龙井茶').encode(),
    "quote_never_closed_at_end.csv": T.replace("杨梅", '"杨梅').encode(),
    "inches_are_no_quotes.csv": T.replace("山核桃", '5"盘').encode(),
    "quotes_doubled.csv": '名称,产能\n"""明前""茶",1\n桃,2\n'.encode(),
}
BOOKS = {
    "plain.xlsx": {"rows": [[a, b, c if c == "产能" else int(c)] for a, b, c in ROWS]},
    "merged_province.xlsx": {
        "rows": [["省份", "名称"], ["浙江省", "龙井"], [None, "杨梅"], [None, "香菇"], ["云南省", "普洱"]],
        "merged": ["A2:A4"],
    },
    "merged_title_and_groups.xlsx": {
        "rows": [
            ["申报表"],
            ["序号", "产地", None, "产能", None],
            [None, "省", "县", "年", "月"],
            [1, "浙江", "安吉", 9, 1],
        ],
        "merged": ["A1:E1", "A2:A3", "B2:C2", "D2:E2"],
    },
    "numbers_with_formats.xlsx": {
        "rows": [["编码", "占比"], [330102, 0.155], [7, 1.0]],
        "formats": {"A2": "000000", "A3": "000000", "B2": "0.0%", "B3": "0%"},
    },
    "long_number_lost_digits.xlsx": {"rows": [["编码", "名称"], [int(LONG), "茶"], [LONG, "桃"]]},
    "error_values.xlsx": {"rows": [["名称", "产能"], ["茶", "#REF!"], ["桃", "#DIV/0!"], ["梅", 1]]},
    "formula_without_value.xlsx": {"rows": [["名称", "产能"], ["茶", "=1+1"], ["桃", 2]]},
    "blank_rows_and_columns.xlsx": {"rows": [[], [None, "名称", None, "产能"], [], [None, "茶", None, 1]]},
    "empty_sheet_first.xlsx": {"rows": [], "name": "封面", "second": [["名称", "产能"], ["茶", 1]]},
    "total_and_note.xlsx": {
        "rows": [["名称", "产能"], ["茶", 1], ["桃", 2], ["合计", 3], ["注：按月计"]],
        "merged": ["A5:B5"],
    },
    "workbook_called.csv": {"rows": [["名称", "产能"], ["茶", 1], ["桃", 2]]},
}
"""XLSX by name: its rows, ranges merged, formats of numbers, and a second sheet."""


def book_of(rows, name="Sheet1", merged=(), formats=None, second=None) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    for row in second or ():
        (book["二"] if "二" in book.sheetnames else book.create_sheet("二")).append(row)
    file = BytesIO()
    book.save(file)
    return _timeless(file)


def ods() -> bytes:
    """Return an OpenDocument sheet, as small as it can be."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{name}="{urn}:{name}:1.0"' for name in ("office", "table", "text", "manifest"))
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in ROWS)
    content = (
        f'<?xml version="1.0"?><office:document-content {names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="表">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'<?xml version="1.0"?><manifest:manifest {names}/>')
    return _timeless(file)


def _ods_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def _timeless(file: BytesIO) -> bytes:
    """Pack again without times, so that the same sheet gives the same bytes."""
    packed = BytesIO()
    with ZipFile(file) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = re.sub(rb"20\d\d-\d\d-\d\dT[\d:]+Z", b"2024-01-01T00:00:00Z", source.read(name))
            target.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return packed.getvalue()


def main() -> None:
    for name, content in TEXTS.items():
        (HERE / name).write_bytes(content)
    for name, content in BOOKS.items():
        (HERE / name).write_bytes(book_of(**content))
    (HERE / "open_document.ods").write_bytes(ods())
    sys.stdout.write(f"{len(TEXTS) + len(BOOKS) + 1} files\n")


if __name__ == "__main__":
    main()
