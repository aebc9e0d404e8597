"""What a sheet's XML says that the reader of workbooks leaves out: errors, formats, how far it reaches."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePosixPath
from typing import IO
from xml.etree import ElementTree
from zipfile import ZipFile

CHUNK_BYTES = 1 << 20
CELL = re.compile(
    rb"<(?:\w+:)?c\b((?:[^>\"]|\"[^\"]*\")*?)(?:/>|>(.*?)</(?:\w+:)?c>)",
    re.DOTALL,
)
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
PLAIN = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
"""A cell with something in it, as all programs write it; one written otherwise meets the limit on memory."""
PREFIXED = re.compile(rb'<\w+:c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
"""The same where names of XML have a prefix; looked for apart, since it takes three times as long."""
STYLE = re.compile(rb'\bs="(\d{1,6})"')
VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)<")
ROW_END = re.compile(rb"</(?:\w+:)?row>")
QUOTED = re.compile(r'"[^"]*"|\[[^]]*\]|\\.')
PERCENTS = {9: "0%", 10: "0.00%"}
"""The formats for percentages that have a number and are not written out."""

Place = tuple[int, int]
"""Row and column, both from 0."""


@dataclass
class Marks:
    """What is special in a sheet: errors shown, formulas without a value, formats, the last cell."""

    errors: dict[Place, str] = field(default_factory=dict)
    unkept: list[Place] = field(default_factory=list)
    formats: dict[Place, str] = field(default_factory=dict)
    last_row: int = -1
    last_column: int = -1


def marks_of(package: ZipFile, sheet: str) -> Marks:
    """Read the marks of one sheet, piece by piece."""
    marks = Marks()
    formats = _formats(package)
    with package.open(_part_of(package, sheet)) as file:
        for piece in _pieces(file):
            if formats or b't="e"' in piece or b"<f" in piece:
                for attributes, content in CELL.findall(piece):
                    _mark(marks, attributes, content, formats)
            elif found := _plain_cells(piece):
                rows, columns = {row for _, row in found}, {letters for letters, _ in found}
                _reach(marks, max(map(int, rows)) - 1, max(map(column_number, columns)))
    return marks


def _plain_cells(piece: bytes) -> list[tuple[bytes, bytes]]:
    """Find the column and the row of each cell."""
    found = PLAIN.findall(piece)
    return found + PREFIXED.findall(piece) if b":c r=" in piece else found


@cache
def column_number(letters: bytes) -> int:
    """Count columns from 0: A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _reach(marks: Marks, row: int, column: int) -> None:
    marks.last_row = max(marks.last_row, row)
    marks.last_column = max(marks.last_column, column)


def _mark(marks: Marks, attributes: bytes, content: bytes, formats: dict[int, str]) -> None:
    reference = REFERENCE.search(attributes)
    if not (reference and content):
        return
    place = int(reference[2]) - 1, column_number(reference[1])
    _reach(marks, *place)
    if b't="e"' in attributes and (value := VALUE.search(content)):
        marks.errors[place] = value[1].decode("utf-8", "replace")
    elif b"<f" in content and not VALUE.search(content) and b't="str"' not in attributes:
        marks.unkept.append(place)
    if formats and (style := STYLE.search(attributes)) and int(style[1]) in formats:
        marks.formats[place] = formats[int(style[1])]


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Cut the XML after ends of rows, so that no cell is cut in two."""
    rest = b""
    while chunk := file.read(CHUNK_BYTES):
        rest += chunk
        ends = [end.end() for end in ROW_END.finditer(rest)]
        if ends:
            yield rest[: ends[-1]]
            rest = rest[ends[-1] :]
    yield rest


def _formats(package: ZipFile) -> dict[int, str]:
    """Return the styles that show a number otherwise: as a percentage, or with zeros in front."""
    if "xl/styles.xml" not in package.namelist():
        return {}
    root = ElementTree.fromstring(package.read("xl/styles.xml"))  # noqa: S314  entities were refused
    codes = dict(PERCENTS)
    for found in root.iterfind(".//{*}numFmts/{*}numFmt"):
        codes[int(found.get("numFmtId", "0"))] = QUOTED.sub("", found.get("formatCode", ""))
    styles = enumerate(root.iterfind("./{*}cellXfs/{*}xf"))
    shown = {style: codes.get(int(found.get("numFmtId", "0")), "") for style, found in styles}
    return {style: code for style, code in shown.items() if "%" in code or re.fullmatch("00+", code)}


def _part_of(package: ZipFile, sheet: str) -> str:
    """Find the part that holds a sheet, by its name in the workbook."""
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))  # noqa: S314
    links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): link.get("Target", "") for link in links.iterfind("{*}Relationship")}
    for found in book.iterfind("./{*}sheets/{*}sheet"):
        if found.get("name") == sheet:
            key = next(value for name, value in found.items() if name.endswith("}id"))
            target = targets[key]
            return target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
    raise KeyError(sheet)
