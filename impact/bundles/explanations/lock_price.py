"""What a lock would cost, as one JSON document."""

from pydantic import BaseModel

from impact.bundles.explanations.explanation import PayerLine, payer_lines
from impact.bundles.plan_document import STRICT
from impact.matching.choices.lock_price import LockPrice
from impact.matching.explain.payers import everybody
from impact.matching.plan import Plan
from impact.matching.question.problem import Problem
from impact.matching.rules.lock import Lock


class LockPriceDocument(BaseModel):
    """What the best plan is worth without the lock and with it, and who then has more or less.

    No more than `at_most` can be lost, by what is proved of both plans; `lost` itself where both are the
    best. `payers` are producers, and groups of them and of placements.
    """

    model_config = STRICT

    input_sha256: str
    lock: Lock
    worth: float
    worth_with: float
    lost: float
    at_most: float
    payers: tuple[PayerLine, ...]


def lock_priced(problem: Problem, lock: Lock, plan: Plan, found: LockPrice, sha256: str) -> LockPriceDocument:
    """State what `lock` costs the `plan` without it, and who pays."""
    paid = list(everybody(problem, plan.exposure, found.plan.exposure))
    return LockPriceDocument(
        input_sha256=sha256,
        lock=lock,
        worth=plan.worth,
        worth_with=found.plan.worth,
        lost=found.worth_lost,
        at_most=found.at_most,
        payers=tuple(payer_lines(paid, float(plan.exposure.sum()))),
    )
