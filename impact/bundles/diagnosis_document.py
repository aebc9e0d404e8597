"""What `diagnose` says, as one JSON document."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel

from impact.bundles.plan_document import STRICT, ConflictLines, IssueLine, conflict_lines
from impact.errors import Issue
from impact.matching.plan import Conflict


class Verdict(StrEnum):
    """Whether the rules can hold together."""

    CAN_HOLD = "can_hold"
    CONFLICT = "conflict"
    UNPROVED = "unproved"


class DiagnosisDocument(BaseModel):
    """Whether rules can hold together; if not, which cannot and what to move.

    `impossible` is what shows from sums alone; `reason` is how the solver ended where nothing is proved.
    """

    model_config = STRICT

    format: Literal["impact-diagnosis/1"] = "impact-diagnosis/1"
    verdict: Verdict
    input_sha256: str
    impossible: tuple[IssueLine, ...] = ()
    conflict: ConflictLines | None = None
    reason: str | None = None


def diagnosis_of(found: Sequence[Issue], ended: Conflict | str | None, sha256: str) -> DiagnosisDocument:
    """State a diagnosis; `ended` is the conflict, or the status of a solver that gave up."""
    verdict = Verdict.CAN_HOLD if ended is None else Verdict.UNPROVED
    return DiagnosisDocument(
        verdict=Verdict.CONFLICT if isinstance(ended, Conflict) else verdict,
        input_sha256=sha256,
        impossible=tuple(IssueLine(code=issue.code, params=dict(issue.params)) for issue in found),
        conflict=conflict_lines(ended) if isinstance(ended, Conflict) else None,
        reason=ended if isinstance(ended, str) else None,
    )
