"""What was found in a partner's file, on one screen, in words."""

from collections.abc import Iterator, Sequence

from impact.catalog.columns import BY_NAME
from impact.catalog.differences import Outcome
from impact.catalog.report import CheckDocument, FieldLine, HeaderLine, IssueLine, Weight
from impact.catalog.written import written
from impact.i18n.wording import words

SHOWN, ROWS, CHANGES = 12, 6, 8
"""So many kinds of issue of a weight, so many rows of each, and so many changes fit on a screen."""


def check_told(found: CheckDocument, lang: str) -> Iterator[str]:
    """Say how a file was read, what its columns are taken for, what is wrong, and what it would change."""
    yield words("check.read", lang, file=found.file, how=_how(found, lang), header_row=found.header_row)
    counts = {str(outcome): found.outcomes[outcome] for outcome in Outcome}
    yield words("check.rows", lang, rows=found.rows, **counts)
    if found.outcomes[Outcome.ABSENT]:
        yield words("check.absent", lang, count=found.outcomes[Outcome.ABSENT])
    for line in found.mapping:
        yield _meant(line, lang)
    for aside in found.set_aside[:SHOWN]:
        why = words(f"check_aside.{aside.why}", lang)
        yield words("check.aside", lang, row=aside.row, why=why, text=aside.text)
    changes = [change for change in found.changes if change.outcome is Outcome.CHANGED]
    for change in changes[:CHANGES]:
        fields = words("check.and_field", lang).join(field_told(field, lang) for field in change.fields)
        yield words("check.change", lang, row=str(change.row), product=change.product, fields=fields)
    for weight in Weight:
        yield from _issues(found, weight, lang)


def _meant(line: HeaderLine, lang: str) -> str:
    if line.rival:
        return words("check.attribute_taken", lang, header=line.header, rival=line.rival)
    if line.column is None:
        return words("check.attribute", lang, header=line.header)
    column = BY_NAME[line.column].title(lang)
    return words("check.column", lang, header=line.header, column=column, confidence=line.confidence)


def field_told(field: FieldLine, lang: str) -> str:
    """Say what one field was and would be."""
    column = BY_NAME.get(field.column or "")
    name = column.title(lang) if column else words("check.region", lang) if field.column else field.name
    was, now = (
        written(column, value, lang) if column else str(value or "") for value in (field.before, field.after)
    )
    nothing = words("check.nothing", lang)
    return words("check.field", lang, name=name, was=was or nothing, now=now or nothing)


def _how(found: CheckDocument, lang: str) -> str:
    said = [found.encoding, found.sheet and words("check.sheet", lang, sheet=found.sheet)]
    if found.delimiter:
        named = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe"}.get(found.delimiter, "other")
        said.append(words(f"check_delimiter.{named}", lang))
    return words("check.join", lang).join(filter(None, said))


def _issues(found: CheckDocument, weight: Weight, lang: str) -> Iterator[str]:
    """Tell issues by what is to be done: those of a kind that is frequent are one, told by its first."""
    counts = {(kind.code, kind.column): kind.count for kind in found.kinds if kind.weight is weight}
    if not counts:
        return
    yield words(f"check_weight.{weight}", lang, count=sum(counts.values()))
    alike: dict[tuple[str, str, str], list[IssueLine]] = {}
    for line in found.issues:
        if line.weight is weight:
            kind = (line.code, line.column or "")
            told = "" if counts[kind] > SHOWN else line.message
            alike.setdefault((*kind, told), []).append(line)
    for (code, column, told), lines in list(alike.items())[:SHOWN]:
        count = len(lines) if told else counts[code, column]
        at = [_rows([line.row or 0 for line in lines], count, lang), column] if lines[0].row else [column]
        said = words("issue_at.join", lang).join(filter(None, at))
        what = told or words("check.alike", lang, what=lines[0].message)
        yield (
            words("check.issue", lang, at=said, what=what) if said else words("check.alone", lang, what=what)
        )
    if len(alike) > SHOWN:
        yield words("check.more", lang, count=len(alike) - SHOWN)


def _rows(rows: Sequence[int], count: int, lang: str) -> str:
    """Name rows, the first few of many."""
    named = words("check.and", lang).join(str(row) for row in rows[:ROWS])
    if count > ROWS:
        return words("check.rows_of_many", lang, rows=named, count=count)
    return words("issue_at.row", lang, row=named)
