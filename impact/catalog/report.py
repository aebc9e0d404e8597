"""Reports: what a check found, as a document that pages, commands and programs share."""

from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, JsonValue

from impact.catalog.checking.examine import Findings
from impact.catalog.differences import OWN, Change, Outcome
from impact.catalog.files import Table
from impact.catalog.headers import Suggested
from impact.errors import Issue, Param

Say = Callable[[Issue], str]
"""Says in words what is wrong and what to do."""


class Weight(StrEnum):
    """Whether an issue keeps a row from being taken over."""

    ERROR = "error"
    WARNING = "warning"


class Line(BaseModel):
    """A line of a report."""

    model_config = ConfigDict(frozen=True)


class HeaderLine(Line):
    """What a header is taken to mean; without a column its cells are kept as an attribute."""

    header: str
    column: str | None
    confidence: float
    why: str
    unit: str = ""
    rival: str = ""
    """The header that means the same column more surely."""


class IssueLine(Line):
    """One thing to mend or to look at; `row` is as the spreadsheet counts, `column` as the partner says."""

    weight: Weight
    code: str
    row: int | None
    column: str | None
    message: str
    params: dict[str, Param]


class KindLine(Line):
    """How often one kind of issue occurs in one column; issues of a kind are told up to a hundred times."""

    weight: Weight
    code: str
    column: str
    count: int


class AsideLine(Line):
    """What stands in the file and is not of the table."""

    row: int
    text: str
    why: str


class FieldLine(Line):
    """What one field of a product was and would be; `column` is None for a column of the partner's own."""

    name: str
    column: str | None
    before: JsonValue
    after: JsonValue


class ChangeLine(Line):
    """A product that would change, field by field, or one that the file does not name."""

    outcome: Outcome
    row: int | None
    product: str
    fields: tuple[FieldLine, ...]


class CheckDocument(Line):
    """What a file holds, how it was read, what is wrong with it, and what it would change."""

    format: str = "impact-catalog-check/1"
    file: str
    partner: str | None
    kind: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    sheets: tuple[str, ...]
    header_row: int
    rows: int
    outcomes: dict[Outcome, int]
    changes: tuple[ChangeLine, ...]
    preview: tuple[tuple[str, ...], ...]
    mapping: tuple[HeaderLine, ...]
    issues: tuple[IssueLine, ...]
    kinds: tuple[KindLine, ...]
    set_aside: tuple[AsideLine, ...]

    @property
    def is_clean(self) -> bool:
        """Whether no row is kept from being taken over."""
        return not any(kind.weight is Weight.ERROR for kind in self.kinds)


def check_document(
    table: Table,
    headers: Iterable[Suggested],
    findings: Findings,
    say: Say,
    *,
    file: str,
    partner: str | None,
) -> CheckDocument:
    """Report on a file whose rows were all checked."""
    source, odd = table.source, table.issues
    odd_kinds = Counter((each.code, each.column or "") for each in odd)
    return CheckDocument(
        file=file,
        partner=partner,
        kind=source.kind,
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=source.sheet,
        sheets=source.sheets,
        header_row=table.header_row,
        rows=findings.num_rows,
        outcomes={outcome: findings.outcomes[outcome] for outcome in Outcome},
        changes=tuple(_change_line(each) for each in findings.changed),
        preview=tuple(findings.preview),
        mapping=tuple(_header_line(each) for each in headers),
        issues=(
            *_told(findings.errors, Weight.ERROR, say),
            *_told([*odd, *findings.doubts], Weight.WARNING, say),
        ),
        kinds=(
            *_kinds(findings.num_errors, Weight.ERROR),
            *_kinds(findings.num_doubts + odd_kinds, Weight.WARNING),
        ),
        set_aside=tuple(AsideLine(row=each.row, text=each.text, why=each.why) for each in table.set_aside),
    )


def _header_line(each: Suggested) -> HeaderLine:
    return HeaderLine(
        header=each.header,
        column=each.column or None,
        confidence=each.confidence,
        why=each.why,
        unit=each.unit,
        rival=each.rival,
    )


def _change_line(change: Change) -> ChangeLine:
    listing = change.after or change.before
    product = listing.values.get("product") if listing else None
    fields = (
        FieldLine(
            name=name.removeprefix(OWN), column=None if name.startswith(OWN) else name, before=was, after=now
        )
        for name, (was, now) in change.fields.items()
    )
    return ChangeLine(
        outcome=change.outcome, row=change.row, product=str(product or ""), fields=tuple(fields)
    )


def _told(issues: Iterable[Issue], weight: Weight, say: Say) -> Iterable[IssueLine]:
    for issue in issues:
        yield IssueLine(
            weight=weight,
            code=issue.code,
            row=issue.row,
            column=issue.column,
            message=say(issue),
            params=dict(issue.params),
        )


def _kinds(counts: Counter[tuple[str, str]], weight: Weight) -> Iterable[KindLine]:
    for (code, column), count in counts.most_common():
        yield KindLine(weight=weight, code=code, column=column, count=count)
