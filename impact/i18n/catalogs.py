"""What was found in a partner's file, on one screen, in words."""

from collections.abc import Iterator, Sequence

from impact.catalog.columns import BY_NAME
from impact.catalog.differences import Outcome
from impact.catalog.report import CheckDocument, Weight
from impact.i18n.wording import words

SHOWN, ROWS = 12, 6
"""So many kinds of issue of a weight, and so many rows of each, fit on a screen."""


def check_told(found: CheckDocument, lang: str) -> Iterator[str]:
    """Say how a file was read, what its columns are taken for, what is wrong, and what it would change."""
    yield words("check.read", lang, file=found.file, how=_how(found, lang), header_row=found.header_row)
    counts = {str(outcome): found.outcomes[outcome] for outcome in Outcome}
    yield words("check.rows", lang, rows=found.rows, **counts)
    for line in found.mapping:
        column = BY_NAME[line.column].title(lang) if line.column else words("check.attribute", lang)
        yield words("check.column", lang, header=line.header, column=column, confidence=line.confidence)
    for aside in found.set_aside[:SHOWN]:
        why = words(f"check_aside.{aside.why}", lang)
        yield words("check.aside", lang, row=aside.row, why=why, text=aside.text)
    for weight in Weight:
        yield from _issues(found, weight, lang)


def _how(found: CheckDocument, lang: str) -> str:
    said = [found.encoding, found.sheet and words("check.sheet", lang, sheet=found.sheet)]
    if found.delimiter:
        named = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe"}.get(found.delimiter, "other")
        said.append(words(f"check_delimiter.{named}", lang))
    return words("check.join", lang).join(filter(None, said))


def _issues(found: CheckDocument, weight: Weight, lang: str) -> Iterator[str]:
    """Tell issues by what is to be done: those that say the same of a column are one."""
    total = sum(kind.count for kind in found.kinds if kind.weight is weight)
    if not total:
        return
    yield words(f"check_weight.{weight}", lang, count=total)
    alike: dict[tuple[str | None, str], list[int]] = {}
    for line in found.issues:
        if line.weight is weight:
            alike.setdefault((line.column, line.message), []).append(line.row or 0)
    for (column, message), rows in list(alike.items())[:SHOWN]:
        at = [_rows(rows, lang), column] if rows[0] else [column]
        said = words("issue_at.join", lang).join(filter(None, at))
        yield (
            words("check.issue", lang, at=said, what=message)
            if said
            else words("check.alone", lang, what=message)
        )
    if len(alike) > SHOWN:
        yield words("check.more", lang, count=len(alike) - SHOWN)


def _rows(rows: Sequence[int], lang: str) -> str:
    """Name rows, the first few of many."""
    named = words("check.and", lang).join(str(row) for row in rows[:ROWS])
    if len(rows) > ROWS:
        return words("check.rows_of_many", lang, rows=named, count=len(rows))
    return words("issue_at.row", lang, row=named)
