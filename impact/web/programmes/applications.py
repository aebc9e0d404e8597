"""Deciding of applications where one sees who is out: recorded, recommended and reviewed, many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from flask import abort, request

from impact.gate import actor
from impact.programmes.eligibility import Verdict
from impact.store.database import Database
from impact.store.decisions.applications import NEXT, ApplicationStep, Move, move
from impact.web.programmes.filled import said, today

DUE: Mapping[str, ApplicationStep] = {f"application_{stage}": step for stage, step in NEXT.items()}
"""What is due, by the reason for which a product is out."""
STEPS = {str(step): step for step in ApplicationStep}
RECORDED, REVIEWED = (ApplicationStep.APPLY, ApplicationStep.COUNTY), (ApplicationStep.PLATFORM,)
"""What who runs programmes records of others, and what who approves decides."""
ANSWERS = ("yes", "no")


def due_of(verdicts: Iterable[Verdict]) -> Mapping[str, list[str]]:
    """List the products of which a step is due, by the step."""
    found: dict[str, list[str]] = defaultdict(list)
    for verdict in verdicts:
        for step in {DUE[reason.code] for reason in verdict.reasons if reason.code in DUE}:
            found[step].append(verdict.product_id)
    return found


def decide(database: Database, shown: Sequence[str], steps: Collection[ApplicationStep]) -> int:
    """Take the step that the form asks for, one of `steps`; return for how many of the products `shown`.

    Raises
    ------
    BadInput
        As `move` does.
    """
    step, answer = STEPS.get(said("step")), said("answer") or "yes"
    if step not in steps or step is None or answer not in ANSWERS:
        abort(400)
    chosen = set(shown) if said("all") else set(shown) & set(request.form.getlist("product"))
    move(database, chosen, Move(step, today(), answer == "yes", said("reason")), actor())
    return len(chosen)
