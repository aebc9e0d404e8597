"""Escape: a text that a spreadsheet would take for a formula is written so that it is none, and read back."""

import re

FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
"""A text that a spreadsheet may run, or one that looks escaped already, so that no quote is ever lost."""
ESCAPED = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")


def escaped(text: str) -> str:
    """Put a quote before a text that could be taken for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unescaped(text: str) -> str:
    """Take off the quote that `escaped` put there."""
    return text[1:] if text[:1] == "'" and ESCAPED.match(text) else text
