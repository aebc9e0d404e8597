"""Where a table came from, and how it was read."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a file is, by its content."""

    TEXT = "text"
    PASTED = "pasted"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


@dataclass(frozen=True)
class Source:
    """How a file was read; `encoding` and `delimiter` are of texts, `sheet` and `sheets` of workbooks."""

    kind: Kind
    name: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
