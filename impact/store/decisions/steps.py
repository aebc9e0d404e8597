"""The steps of a plan's life: from which state each leads to which, and whether it wants a reason.

solved → proposed → approved → published → superseded; rejected or withdrawn on the way, with a reason.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a plan stands."""

    SOLVED = "solved"
    PROPOSED = "proposed"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


class Step(StrEnum):
    """What is done to a plan."""

    SOLVE = "solve"
    PROPOSE = "propose"
    APPROVE = "approve"
    REJECT = "reject"
    PUBLISH = "publish"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Move:
    """From which states a step leads to which."""

    sources: frozenset[State]
    target: State
    wants_reason: bool = False


MOVES = {
    Step.PROPOSE: Move(frozenset({State.SOLVED}), State.PROPOSED),
    Step.APPROVE: Move(frozenset({State.PROPOSED}), State.APPROVED),
    Step.REJECT: Move(frozenset({State.PROPOSED, State.APPROVED}), State.REJECTED, wants_reason=True),
    Step.PUBLISH: Move(frozenset({State.APPROVED}), State.PUBLISHED),
    Step.SUPERSEDE: Move(frozenset({State.PUBLISHED}), State.SUPERSEDED),
    Step.WITHDRAW: Move(
        frozenset({State.PROPOSED, State.APPROVED, State.PUBLISHED}), State.WITHDRAWN, wants_reason=True
    ),
}
MAKING = (Step.SOLVE, Step.PROPOSE)
"""Whoever did one of these made the plan, and somebody else approves it."""
