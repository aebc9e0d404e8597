"""How much is read at most; what goes beyond is refused."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on one file."""

    file_bytes: int = 200_000_000
    unpacked_bytes: int = 1_000_000_000
    """Of all parts of a workbook together, and of the text a sheet becomes."""
    parts: int = 2_000
    """Of a workbook."""
    ratio: float = 200.0
    """Bytes unpacked for each packed; sheets reach some 50."""
    cells: int = 20_000_000
    """Rows times columns of a sheet: a million rows of twenty columns."""
    columns: int = 2_000
    lines: int = 3_000_000
    """Of a text file: a million rows, some of them of several lines."""
    memory_bytes: int = 2_000_000_000
    """Address space of the process that reads a workbook."""
    seconds: float = 120.0
    """To read a workbook."""


LIMITS = Limits()
OUT_OF_MEMORY = 3
"""How the process that reads a workbook ends when it may have no more memory."""
