"""Whatever somebody sends, the process lives, its memory stays small, and the answer is a code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from catalog.files.workshops import cells, package, workbook, zipped

from impact.catalog.files import Limits, open_table
from impact.errors import BadInput

FAR = cells("A1", "XFD1048576")
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROOM_MB = 150
"""More than reading any file takes in this process."""
CASES = {  # by name: what is in it, what is said
    "enormous_dimension.xlsx": (package(FAR), "sheet_too_large"),
    "enormous_dimension_hidden_by_order.xlsx": (
        package(FAR.replace('<c r="XFD1048576">', '<c t="n" r="XFD1048576">')),
        "workbook_out_of_memory",
    ),
    "zip_bomb.xlsx": (package("<sheetData/>", **{"xl/media/a": b"\0" * 20_000_000}), "workbook_too_dense"),
    "many_parts.xlsx": (zipped({f"{i}.xml": "" for i in range(3_000)}), "workbook_too_many_parts"),
    "entities.xlsx": (package(cells("A1"), LAUGHS), "workbook_unsafe"),
    "entities_utf16.xlsx": (
        package(cells("A1"), **{"xl/styles.xml": LAUGHS.encode("utf-16")}),
        "workbook_unsafe",
    ),
    "path_upwards.xlsx": (package(cells("A1"), **{"../../etc/x.xml": "x"}), "workbook_unsafe"),
    "absolute_path.xlsx": (package(cells("A1"), **{"/etc/x.xml": "x"}), "workbook_unsafe"),
    "encrypted.xlsx": (COMPOUND + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "workbook_encrypted"),
    "cut_in_half.xlsx": (workbook(["a", "b"], [1, 2])[:3000], "workbook_broken"),
    "not_xml_inside.xlsx": (package("<sheetData><row></c>"), "workbook_broken"),
    "no_workbook.xls": (COMPOUND + os.urandom(5_000), "workbook_broken"),
    "another_zip.xlsx": (zipped({"a.txt": "a"}), "file_not_a_table"),
    "nothing_in_it.xlsx": (package("<sheetData/>"), "table_not_found"),
    "pdf.csv": (b"%PDF-1.7\n1,2,3\n", "file_not_a_table"),
    "page.xls": (b"<html><table><tr><td>1</td></tr></table></html>", "file_not_a_table"),
    "binary.csv": (bytes(range(32)) * 300, "file_binary"),
    "empty.csv": (b"", "file_empty"),
    "blank.csv": (b"\xef\xbb\xbf \r\n\r\n", "file_empty"),
    "only_zeros.csv": (b"\0" * 1_000, "file_empty"),
    "only_delimiters.csv": (b",,,\n,,,\n", "table_not_found"),
    "very_many_columns.csv": (b"a,b\n1,2\n" + b"1," * 400_000, "columns_too_many"),
    "a_million_columns.csv": (b"a," * 1_000_000, "line_too_long"),
    "a_long_line.csv": (b"a,b\n" + b"x" * 30_000_000, "line_too_long"),
    "a_long_cell.csv": (b"a,b\n" + b"x" * 200_000 + b",1\n", "cell_too_long"),
    "lines_without_end.csv": (b"a,b\n" + b"\n" * 4_000_000, "lines_too_many"),
    "neither_encoding.csv": (b"a,b\n\xff\xff,1\n", "encoding_unknown"),
}
READ = """
import sys
from pathlib import Path
from impact.catalog.files import open_table
from impact.errors import BadInput
from impact.memory import peak_mb
before = peak_mb()
try:
    for line in open_table(Path(sys.argv[1])).lines():
        pass
except BadInput as refused:
    print(refused.issues[0].code, refused.issues[0].file, peak_mb() - before)
"""


def read_elsewhere(path):
    """Read a file in a process of its own; return the code, the file it names, and the memory it took."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    code, file, took_mb = done.stdout.split()
    return code, file, float(took_mb)


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_ends_in_a_code_and_takes_little_memory(name, tmp_path):
    content, code = CASES[name]
    path = tmp_path / name
    path.write_bytes(content)

    found, file, took_mb = read_elsewhere(path)

    assert (found, file) == (code, name)
    assert took_mb < ROOM_MB


def code_of(path, **wanted):
    with pytest.raises(BadInput) as refused:
        list(open_table(path, **wanted).lines())
    return refused.value.issues[0].code


def test_links_folders_and_devices_are_no_files(tmp_path):
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")
    (tmp_path / "link.csv").symlink_to(tmp_path / "table.csv")
    os.mkfifo(tmp_path / "pipe.csv")

    paths = [tmp_path / "link.csv", tmp_path / "pipe.csv", tmp_path, Path("/dev/zero")]
    assert [code_of(path) for path in paths] == ["file_not_regular"] * 4
    assert code_of(tmp_path / "none.csv") == "file_not_there"
    assert code_of(tmp_path / "nul\0.csv") == "file_not_there"


def test_a_file_beyond_the_limit_is_not_opened(tmp_path):
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")

    assert code_of(tmp_path / "table.csv", limits=Limits(file_bytes=5)) == "file_too_large"


def test_links_to_other_files_are_told_and_never_followed(tmp_path):
    path = tmp_path / "linked.xlsx"
    path.write_bytes(package(cells("A1", "A2"), **{"xl/externalLinks/externalLink1.xml": "<externalLink/>"}))

    assert "workbook_linked" in [issue.code for issue in open_table(path).issues]


def test_zeros_in_a_text_are_dropped_and_told(tmp_path):
    path = tmp_path / "zeros.csv"
    path.write_bytes("名称,产能\n龙\0井,1\x07\n".encode())

    table = open_table(path)

    assert [line.cells for line in table.lines()] == [("龙井", "1")]
    assert [(issue.code, issue.column) for issue in table.issues] == [
        ("control_dropped", "名称"),
        ("control_dropped", "产能"),
    ]


def test_a_text_that_every_cell_repeats_fills_no_disk(tmp_path):
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
        + "x" * 30_000
        + "</t></si></sst>"
    )
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 2_000))
    path = tmp_path / "repeated.xlsx"
    path.write_bytes(package(f"<sheetData>{rows}</sheetData>", **{"xl/sharedStrings.xml": shared}))

    assert code_of(path, limits=Limits(unpacked_bytes=10_000_000)) in (
        "workbook_out_of_memory",
        "workbook_broken",
    )
