"""A value of a workbook's cell, written as people see it."""

from datetime import date, datetime, time, timedelta

EXACT = 1e15
"""Spreadsheets keep fifteen digits: whole numbers from here on may be rounded."""
WRITTEN_OUT = 1e21
"""Whole numbers below are written without an exponent."""

Value = int | float | str | bool | time | date | datetime | timedelta


def text_of(value: Value) -> str:
    """Write a value: 12.0 → 12, dates and times as ISO 8601, durations as h:mm:ss."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, datetime):
        at_midnight = value.time() == time()
        return value.date().isoformat() if at_midnight else value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat()


def formatted(value: Value, code: str) -> str:
    """Write a number as its format shows it: a percentage, or with zeros in front."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return text_of(value)
    if "%" in code:
        return f"{value * 100:.12g}%"
    return str(int(value)).zfill(len(code)) if float(value).is_integer() else text_of(value)


def _number(value: float) -> str:
    is_whole = float(value).is_integer() and abs(value) < WRITTEN_OUT
    return str(int(value)) if is_whole else f"{value:.15g}"
