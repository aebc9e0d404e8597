"""What is sent of programmes, and how they and their verdicts are shown."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from impact.api.contract.operation import BODY, FORBID
from impact.api.contract.paging import After, Listed
from impact.programmes.criteria.finding import Finding
from impact.programmes.document import Names, ProgrammeDocument
from impact.programmes.eligibility import Verdict
from impact.store.decisions.enrolling import document_of
from impact.store.decisions.programmes import ProgrammeVersion

ProgrammeId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
"""An id that fits into an address."""
Day = Annotated[
    str,
    Field(
        pattern=r"^20([0-9]{2}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)"
        r"|(0[13578]|1[02])-31)|([02468][048]|[13579][26])-02-29)$"
    ),
]
"""A day of this century, as in 2026-10-01."""


class ProgrammeWanted(ProgrammeDocument):
    """A programme's document; each of its rules is as in the bundle's problem.json."""

    programme_id: ProgrammeId


class ProgrammeBegun(BaseModel):
    """The id of a programme, the day it begins, and its name where that is not the template's."""

    model_config = BODY

    programme_id: ProgrammeId
    start: Day
    name: Names | None = None


class ProgrammeView(BaseModel):
    """A programme as a version of its document has it; `changed` points at what that version changed."""

    model_config = FORBID

    programme_id: str
    version: int
    document: ProgrammeDocument
    changed: list[str]
    made_at: str
    made_by: str
    reason: str


class ProgrammeList(Listed[ProgrammeView]):
    """Programmes in the order of their ids; `next` is the cursor of the page after, null on the last."""


class TemplateList(BaseModel):
    """The names of the templates to begin from."""

    model_config = FORBID

    items: list[str]


class FindingLine(BaseModel):
    """What one criterion found: its code, the evidence, and the rung of the ladder that would mend it."""

    model_config = FORBID

    criterion: str
    code: str
    met: bool
    evidence: dict[str, str | int | float]
    rung: str | None


class VerdictLine(BaseModel):
    """Whether a product is in; `findings` say why."""

    model_config = FORBID

    product_id: str
    eligible: bool
    findings: list[FindingLine]


class VerdictList(Listed[VerdictLine]):
    """Products in the order of their ids; `next` is the cursor of the page after, null on the last."""


class Judging(After):
    """For which day; today when left out."""

    on: Day | None = None


def day(stated_day: str | None) -> date:
    """Read a day; today where none is stated."""
    return date.fromisoformat(stated_day) if stated_day else datetime.now().astimezone().date()


def shown(kept: ProgrammeVersion) -> ProgrammeView:
    """Show a version of a programme."""
    return ProgrammeView(
        programme_id=kept.programme_id,
        version=kept.version,
        document=document_of(kept),
        changed=list(kept.changed),
        made_at=kept.made_at,
        made_by=kept.made_by,
        reason=kept.reason,
    )


def judged(verdict: Verdict) -> VerdictLine:
    """Show who is in, and why."""
    return VerdictLine(
        product_id=verdict.product_id,
        eligible=verdict.is_eligible,
        findings=list(map(_found, verdict.findings)),
    )


def _found(each: Finding) -> FindingLine:
    return FindingLine(
        criterion=each.criterion,
        code=each.code,
        met=each.is_met,
        evidence=dict(each.evidence),
        rung=each.rung,
    )
