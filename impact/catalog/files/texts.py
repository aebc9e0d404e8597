"""Bytes → text: which encoding, and which delimiter, each named to the user and open to be overruled."""

import codecs
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from impact.catalog.files.records import records
from impact.errors import BadInput, Issue

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""What a byte order mark says."""
ENCODINGS = {
    "utf-8": "utf-8-sig",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "big5": "big5hkscs",
    "shift-jis": "cp932",
    "euc-kr": "cp949",
    "windows-1252": "cp1252",
}
"""What the user may choose, and how it is read: the widest of each family."""
DELIMITERS = (",", "\t", ";", "|")
CHUNK_BYTES = 1 << 20
SAMPLE_BYTES = 1 << 16
SAMPLE_ROWS = 60
"""So many rows show which delimiter cuts them evenly."""
SKEW = 0.95
"""Zeros of UTF-16 stand on one side: those of ASCII characters."""


PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Characters without a meaning of their own: GB18030 shows them where the text is in another encoding."""


class Encoding(NamedTuple):
    """An encoding's name, whether the text ends within a character, and whether it may be another."""

    name: str
    cut_off: bool = False
    doubtful: bool = False


class _Fault(NamedTuple):
    """Where decoding fails; cut off: the file ends within a character, and all before it is well."""

    byte: int
    is_cut_off: bool


def encoding_of(path: Path, name: str) -> Encoding:
    """Tell the encoding: byte order mark, zeros of UTF-16, strict UTF-8, strict GB18030.

    Raises
    ------
    BadInput
        None of them fits the whole file.
    """
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    for mark, encoding in MARKS.items():
        if head.startswith(mark):
            return check_encoding(path, name, encoding)
    sixteen = _sixteen_bits(head)
    for encoding in [sixteen] if sixteen else ["utf-8", "gb18030"]:
        fault = _fault(path, encoding)
        if fault is None or fault.is_cut_off:
            doubtful = PRIVATE.search(head.decode(encoding, "ignore")) is not None
            return Encoding(encoding, fault is not None, doubtful)
    fault = _fault(path, "utf-8")
    raise BadInput([Issue("encoding_unknown", name, row=_row_at(path, fault.byte if fault else 0))])


def chosen_encoding(path: Path, name: str, wanted: str) -> Encoding:
    """Take the encoding the user wants, if the whole file is in it."""
    found = ENCODINGS.get(wanted.lower().replace("_", "-").replace("utf8", "utf-8"))
    if not found:
        params = {"value": wanted, "known": ", ".join(ENCODINGS)}
        raise BadInput([Issue("encoding_not_offered", name, params=params)])
    return check_encoding(path, name, found)


def check_encoding(path: Path, name: str, encoding: str) -> Encoding:
    """Make sure that the whole file is in `encoding`, but for a character cut off at the very end."""
    fault = _fault(path, encoding)
    if fault is None or fault.is_cut_off:
        return Encoding(encoding, fault is not None)
    raise BadInput([Issue("encoding_unfit", name, row=_row_at(path, fault.byte), params={"value": encoding})])


def delimiter_of(sample: list[str]) -> str:
    """Choose the delimiter that cuts most rows into equally many cells; among equals, into most."""
    return max(DELIMITERS, key=lambda mark: _evenness(sample, mark))


def _evenness(sample: list[str], delimiter: str) -> tuple[int, int]:
    try:
        widths = Counter(len(cells) for cells in records(iter(sample), delimiter) if len(cells) > 1)
    except BadInput:  # a cell too long: not cut at all
        return 0, 0
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _sixteen_bits(head: bytes) -> str | None:
    """Tell UTF-16 without a mark by where its zeros stand."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd == 0:
        return None
    if odd >= SKEW * (even + odd) and odd > 1:
        return "utf-16-le"
    return "utf-16-be" if even >= SKEW * (even + odd) and even > 1 else None


def _fault(path: Path, encoding: str) -> _Fault | None:
    """Return where strict decoding fails, None if it does not."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done = pending = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            try:
                decoder.decode(chunk)
            except UnicodeError as error:
                start = error.start if isinstance(error, UnicodeDecodeError) else 0
                return _Fault(done - pending + start, is_cut_off=False)
            done += len(chunk)
            pending = len(decoder.getstate()[0])
    return _Fault(done - pending, is_cut_off=True) if pending else None


def _row_at(path: Path, byte: int) -> int:
    row = 1
    with path.open("rb") as file:
        while byte > 0 and (chunk := file.read(min(byte, CHUNK_BYTES))):
            row += chunk.count(b"\n")
            byte -= len(chunk)
    return row
