"""Partners: what a partner sees of its own producers: shown or not, why, and what would change it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from impact.matching.explain.case import Case as Opened
from impact.programmes.dossier import Case
from impact.programmes.eligibility import Verdict
from impact.programmes.ladder import Change, Step, ladder, one_change
from impact.reports.producers import Row, rows
from impact.reports.solved import Solved
from impact.reports.why import Reason, why


class Status(StrEnum):
    """What became of a producer in a plan."""

    SHOWN = "shown"
    NOT_SHOWN = "not_shown"
    """In the programme, and given nothing."""
    NOT_IN = "not_in"
    """No product of it is let in."""
    WAITING = "waiting"
    """Let in, and no plan knows it yet."""


@dataclass(frozen=True)
class Standing:
    """How one producer stands in a plan.

    `reasons` say what kept placements from its goods, the closest first; `verdicts` are of its products;
    `change` is the one thing that would let in what is out, None where nothing is out or nothing would.
    """

    row: Row
    status: Status
    reasons: tuple[Reason, ...]
    verdicts: tuple[Verdict, ...]
    ladder: tuple[Step, ...]
    change: Change | None


def standings_of(
    solved: Solved,
    opened: Opened,
    own: Collection[str],
    known: Sequence[Case],
    verdicts: Mapping[str, Verdict],
) -> tuple[Standing, ...]:
    """Say how the producers that a partner brought in stand, by id, in the order of the catalog.

    `opened` is the case of the plan (`why.opened`); `known` and `verdicts` are of the products of the
    programme. Nothing of anybody else's is in it but what they were outbid by, which is not named.
    """
    cases_of: dict[str, list[Case]] = defaultdict(list)
    for case in known:
        cases_of[case.producer.producer_id].append(case)
    return tuple(
        _standing(row, why(solved, opened, number).reasons, cases_of[row.producer.producer_id], verdicts)
        for number, row in enumerate(rows(solved))
        if row.producer.producer_id in own
    )


def _standing(
    row: Row, reasons: tuple[Reason, ...], cases: Sequence[Case], verdicts: Mapping[str, Verdict]
) -> Standing:
    found = tuple(verdicts[case.product.product_id] for case in cases if case.product.product_id in verdicts)
    return Standing(
        row=row,
        status=status_of(row.exposure, found),
        reasons=reasons,
        verdicts=found,
        ladder=ladder(cases) if cases else (),
        change=one_change(found),
    )


def status_of(exposure: float | None, verdicts: Sequence[Verdict]) -> Status:
    """Say what became of a producer that a plan gives `exposure`, None where the plan does not know it."""
    if exposure:
        return Status.SHOWN
    if verdicts and not any(verdict.is_eligible for verdict in verdicts):
        return Status.NOT_IN
    return Status.WAITING if exposure is None else Status.NOT_SHOWN
