"""Rows that stand in the file and are not of the table: titles, notes, totals, headers printed again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from impact.catalog.files.cells import is_amount
from impact.errors import Issue


class Why(StrEnum):
    """Why a row is set aside."""

    TITLE = "title"
    NOTE = "note"
    TOTAL = "total"
    REPEATED_HEADER = "repeated_header"
    COLUMN_NUMBERS = "column_numbers"
    GROUP_HEADER = "group_header"


@dataclass(frozen=True)
class SetAside:
    """What was found in row `row` and is not part of the table."""

    row: int
    text: str
    why: Why

    @property
    def issue(self) -> Issue:
        """Say it as an issue, whose words tell what was taken for what."""
        return Issue(f"set_aside_{self.why}", row=self.row, params={"text": self.text})


TOTALS = {"合计", "小计", "总计", "共计", "累计", "总和", "总合计", "本页合计", "本页小计",
          "total", "totals", "subtotal", "sub-total", "grand total", "sum"}  # fmt: skip
LONGEST_TOTAL = 14
"""Characters; no word for a total is longer."""
TOTAL_ENDS = frozenset("计和lmsLMS:： ")
"""What a word for a total ends in: most cells need no closer look."""
PLACE_TOTAL = re.compile(r"\S{1,10}[省市县区州盟旗乡镇村](?:合计|小计|总计)")
NOTE = re.compile(
    r"(?:备?注|说明|附注|填表说明|数据来源|资料来源|来源)\s*(?:[:：]|\d*[.、:：])"
    r"|(?:填表|填报|制表|审核|复核|联系|统计|单位负责|负责|经办|盖章)(?:人|单位|日期|时间|电话)?\s*(?:[（(].*[)）])?\s*[:：]"
    r"|(?:单位|日期|电话|公章|签字|签章)\s*(?:[（(].*[)）])?\s*[:：]"
    r"|以上(?:数据|内容|信息)|(?:note|notes|source|remark|remarks|prepared by|contact)\s*:",
    re.IGNORECASE,
)
FURTHER = re.compile(r"[（(]?\d{1,2}[)）.、]|[※*★]")
"""How notes go on in the rows after the first."""
STEMS = ("甲", "乙", "丙", "丁")
"""How columns of names are numbered in official forms."""
SURELY_COUNTED = 5
"""Columns numbered 1 to 5 are no product."""
LABELS = 3
"""A total is named in one of the first cells."""


def is_note(cells: Sequence[str], *, after_note: bool = False) -> bool:
    """Tell a note: one cell, or nothing but cells, that begin as notes do."""
    first = next(filter(None, cells), "")
    if not (NOTE.match(first) or (after_note and FURTHER.match(first))):
        return False
    filled = [cell for cell in cells if cell]
    return len(filled) == 1 or all(NOTE.match(cell) for cell in filled)


def is_total(cells: Sequence[str], before: Sequence[str]) -> bool:
    """Tell a total: the word alone in its cell, figures after it, before it only what the row above has.

    A product that is called so has some other text; when in doubt the row stays.
    """
    for place, cell in enumerate(cells[:LABELS]):
        if cell and cell[-1] in TOTAL_ENDS and _says_total(cell):
            led = all(not cell or cell == above for cell, above in zip(cells[:place], before, strict=False))
            return led and all(not cell or is_amount(cell) for cell in cells[place + 1 :])
    return False


def is_column_numbers(cells: Sequence[str]) -> bool:
    """Tell a row that numbers the columns: 1, 2, 3, …, often after 甲; a few plain numbers may be data."""
    filled = [cell for cell in cells if cell]
    numbers = [cell.strip("()（）") for cell in filled if cell not in STEMS]
    counts_up = numbers == [str(i) for i in range(1, len(numbers) + 1)]
    return counts_up and (len(numbers) >= SURELY_COUNTED or (len(numbers) > 0 and numbers != filled))


def _says_total(cell: str) -> bool:
    if len(cell) > LONGEST_TOTAL:
        return False
    word = cell.rstrip(":：").replace(" ", "")
    return word.lower() in TOTALS or cell.lower() in TOTALS or PLACE_TOTAL.fullmatch(word) is not None
