"""What is let in: a regular file of bearable size, taken for what its content shows it to be."""

import os
import stat
from mmap import ACCESS_READ, mmap
from pathlib import Path

from impact.catalog.files.limits import Limits
from impact.catalog.files.packages import kind_of_package
from impact.catalog.files.source import Kind
from impact.errors import BadInput, Issue

HEAD_BYTES = 65_536
"""Enough of a file to tell what it is."""
CHUNK_BYTES = 1 << 20
SUFFIXES = {
    Kind.XLSX: {".xlsx", ".xlsm", ".xltx"},
    Kind.XLS: {".xls", ".et"},
    Kind.ODS: {".ods"},
    Kind.TEXT: {".csv", ".tsv", ".tab", ".txt", ""},
}
"""What files of a kind are called."""
FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"PAR1": "Parquet",
    b"\x7fELF": "ELF",
    b"{\\rtf": "RTF",
    b"<!DOCTYPE": "HTML",
    b"<html": "HTML",
    b"<table": "HTML",
    b"<?xml": "XML",
}
"""First bytes of what is no table of ours."""
ZIPPED, ZIPPED_EMPTY = b"PK\x03\x04", b"PK\x05\x06"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MANY_CONTROLS_SHARE = 0.1
"""Texts have next to no control characters, binary files about one byte in eight."""


def admit(path: Path, name: str, limits: Limits) -> Kind:
    """Tell what the file at `path` is.

    Raises
    ------
    BadInput
        It is not there, no regular file, empty, too large, or nothing that holds a table.
    """
    num_bytes = _size(path, name)
    if num_bytes > limits.file_bytes:
        params = {"found": num_bytes, "most": limits.file_bytes}
        raise BadInput([Issue("file_too_large", name, params=params)])
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise BadInput([Issue("file_empty", name)])
    return _kind(path, name, head, limits)


def refuse_too_long(path: Path, limits: Limits) -> None:
    """Refuse a text of more lines than can be gone through in bearable time."""
    with path.open("rb") as file:
        found = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK_BYTES), b""))
    if found > limits.lines:
        raise BadInput([Issue("lines_too_many", params={"found": found, "most": limits.lines})])


def misnamed(kind: Kind, name: str) -> Issue | None:
    """Say so where a file is called something other than what it is."""
    suffix = Path(name).suffix.lower()
    if suffix in SUFFIXES[kind]:
        return None
    return Issue("file_misnamed", name, params={"suffix": suffix, "kind": kind})


def _size(path: Path, name: str) -> int:
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        raise BadInput([Issue("file_not_there", name)]) from None
    if not stat.S_ISREG(found.st_mode):
        raise BadInput([Issue("file_not_regular", name)])
    return found.st_size


def _kind(path: Path, name: str, head: bytes, limits: Limits) -> Kind:
    if head.startswith((ZIPPED, ZIPPED_EMPTY)):
        return kind_of_package(path, limits)
    if head.startswith(COMPOUND):
        if _is_encrypted(path):
            raise BadInput([Issue("workbook_encrypted", name)])
        return Kind.XLS
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, format_name in FOREIGN.items():
        if start[: len(magic)].lower() == magic.lower():
            raise BadInput([Issue("file_not_a_table", name, params={"kind": format_name})])
    if _is_binary(head):
        raise BadInput([Issue("file_binary", name)])
    return Kind.TEXT


def _is_encrypted(path: Path) -> bool:
    """Tell a workbook behind a password: a compound file with a package in it."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return content.find("EncryptedPackage".encode("utf-16-le")) >= 0


def _is_binary(head: bytes) -> bool:
    """Tell binary files by their control characters; UTF-16 has zeros, so those are not counted."""
    controls = sum(byte < 32 and byte not in b"\0\t\n\r\f\x1b" for byte in head)
    return controls > MANY_CONTROLS_SHARE * len(head)
