"""What a zipped workbook holds, looked at before anything in it is unpacked or parsed."""

from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from impact.catalog.files.limits import Limits
from impact.catalog.files.source import Kind
from impact.errors import BadInput, Issue

END, END_BYTES = b"PK\x05\x06", 22
"""The record a zip file ends in, before a comment of 65,535 bytes at most."""
BYTES_A_PART = 1_000
"""What the directory of a zip file needs for one part, generously."""
SMALL_BYTES = 10_000_000
"""A part this small cannot hurt, however densely it is packed."""
PROLOGUE_BYTES = 4_096
"""Entities are declared before the first element."""
DECLARATIONS = (b"<!doctype", b"<!entity")
SPREADSHEETS = {"xl/workbook.xml": Kind.XLSX, "content.xml": Kind.ODS}
"""The part by which a workbook is known."""


def kind_of_package(path: Path, limits: Limits) -> Kind:
    """Tell what workbook a zip file is, having made sure that it may be read.

    Raises
    ------
    BadInput
        It is broken, encrypted, no workbook; unpacks to too much; its parts have unsafe names or declare
        entities.
    """
    try:
        with path.open("rb") as file:
            _check_directory(file, limits)
            with ZipFile(file) as package:
                _check_parts(package.infolist(), limits)
                kind = _kind(set(package.namelist()))
                _check_xml(package)
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        raise BadInput([Issue("workbook_broken")]) from None
    return kind


def refers_to_others(path: Path) -> bool:
    """Tell whether a workbook has links to other files; they are never followed."""
    with ZipFile(path) as package:
        return any(name.startswith("xl/externalLinks/") for name in package.namelist())


def _check_directory(file: BinaryIO, limits: Limits) -> None:
    """Bound the directory itself: reading a million entries would fill the memory."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - 65_535 - END_BYTES))
    tail = file.read()
    end = tail.rfind(END)
    if end < 0:
        raise BadZipFile
    directory_bytes = int.from_bytes(tail[end + 12 : end + 16], "little")
    if directory_bytes > limits.parts * BYTES_A_PART:
        found = int.from_bytes(tail[end + 10 : end + 12], "little")
        raise BadInput([Issue("workbook_too_many_parts", params={"found": found, "most": limits.parts})])


def _check_parts(parts: list[ZipInfo], limits: Limits) -> None:
    if len(parts) > limits.parts:
        params = {"found": len(parts), "most": limits.parts}
        raise BadInput([Issue("workbook_too_many_parts", params=params)])
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes:
        params = {"found": unpacked, "most": limits.unpacked_bytes}
        raise BadInput([Issue("workbook_too_large", params=params)])
    for part in parts:
        if part.flag_bits & 1:
            raise BadInput([Issue("workbook_encrypted")])
        if _is_unsafe(part.filename):
            raise BadInput([Issue("workbook_unsafe", params={"value": part.filename[:100]})])
        if part.file_size > max(SMALL_BYTES, limits.ratio * part.compress_size):
            raise BadInput([Issue("workbook_too_dense", params={"most": limits.ratio})])


def _is_unsafe(name: str) -> bool:
    """Tell a name that leads out of the package: none is unpacked to its name, yet no program writes such."""
    steps = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in steps or ":" in steps[0]


def _kind(names: set[str]) -> Kind:
    for name, kind in SPREADSHEETS.items():
        if name in names:
            return kind
    raise BadInput([Issue("file_not_a_table", params={"kind": "zip"})])


def _check_xml(package: ZipFile) -> None:
    """Refuse entities: no spreadsheet program writes them, and they can be made to grow without end."""
    for part in package.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with package.open(part) as file:
                prologue = file.read(PROLOGUE_BYTES).replace(b"\0", b"").lower()
            if any(declaration in prologue for declaration in DECLARATIONS):
                raise BadInput([Issue("workbook_unsafe", params={"value": part.filename[:100]})])
