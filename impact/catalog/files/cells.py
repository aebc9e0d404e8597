"""One cell as people see it: no odd spaces, no invisible characters."""

import re

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
UNSEEN = re.compile(r"[\u200b\u2060\ufeff]")
ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]")
"""Any of the above: most rows have none."""
EXPONENT = re.compile(r"[-+]?\d(?:\.\d+)?[eE]\+(?:1[1-9]|[2-9]\d)")
"""How a spreadsheet writes a number of twelve digits or more into a text file, with as many as it shows."""
AMOUNT = re.compile(r"[约共近]?[¥￥$]?\d[\d,，]*(?:\.\d+)?\s*[^\W\d_]{1,3}")
"""A figure with its unit."""
NUMBER = re.compile(r"[-+]?[¥￥$]?\d[\d,，]*(?:\.\d+)?\s*[%％‰]?|[-—–/]+|[-+]?\d*\.?\d+[eE][-+]?\d+")


def cleaned(cell: str) -> str:
    """Make odd spaces plain, drop what cannot be seen, and take blanks off both ends.

    Line breaks inside stay, all as line feeds.
    """
    if ODD.search(cell):
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
        cell = UNSEEN.sub("", SPACES.sub(" ", CONTROLS.sub("", cell)))
    return cell.strip()


def has_controls(cell: str) -> bool:
    """Tell whether `cleaned` drops control characters."""
    return CONTROLS.search(cell.replace("\r", "")) is not None


def lost_digits(cell: str) -> bool:
    """Tell whether a spreadsheet has rounded a long code into a number."""
    return EXPONENT.fullmatch(cell) is not None


def is_number(cell: str) -> bool:
    """Tell whether the cell is a figure, a percentage, a sum of money, or a dash in place of one."""
    return NUMBER.fullmatch(cell) is not None


def is_amount(cell: str) -> bool:
    """Tell whether the cell is a figure, with a unit or without."""
    return is_number(cell) or AMOUNT.fullmatch(cell) is not None


def in_one_line(cell: str) -> str:
    """Clean a header cell: line breaks become spaces."""
    return " ".join(cleaned(cell).split())
