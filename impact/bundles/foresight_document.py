"""What shows of a scenario's rules before they are solved, as one JSON document."""

from collections.abc import Iterable

from pydantic import BaseModel

from impact.bundles.plan_document import STRICT, IssueLine
from impact.matching.conflicts.foreseen import Foreseen, named


class MoveLine(BaseModel):
    """A way out: the limit of `rule` moved `to`, or the rule left out where that is null."""

    model_config = STRICT

    rule: str
    to: float | None = None


class ForeseenLine(IssueLine):
    """What the `rules` ask for and no plan can give; each of `moves` would mend that alone."""

    rules: tuple[str, ...]
    moves: tuple[MoveLine, ...] = ()


class ForesightDocument(BaseModel):
    """All that is impossible by sums alone; where nothing is, rules may conflict all the same."""

    model_config = STRICT

    impossible: tuple[ForeseenLine, ...] = ()


def foresight_of(found: Iterable[Foreseen]) -> ForesightDocument:
    """State what was foreseen."""
    return ForesightDocument(
        impossible=tuple(
            ForeseenLine(
                code=each.issue.code,
                params=dict(each.issue.params),
                rules=named(each.issue),
                moves=tuple(MoveLine(rule=move.rule, to=move.to) for move in each.moves),
            )
            for each in found
        )
    )
