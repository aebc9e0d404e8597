"""What `explain` says, as one JSON document."""

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import BaseModel, Field

from impact.bundles.plan_document import STRICT
from impact.matching.changes.lever import Lever, Quantity
from impact.matching.changes.smallest import Changes
from impact.matching.explain.payers import Payer
from impact.matching.explain.removal import Removal
from impact.matching.explain.rule_price import Price, RulePrice
from impact.matching.explain.standing import Fate, LinkStanding, Standing, Verdict
from impact.matching.explain.subject import Kind, Subject, link_name
from impact.matching.question.problem import Problem

UNCHANGED = 1e-9
"""Who has no more and no less than so much of what there is does not pay."""


class SubjectLines(BaseModel):
    """Who is explained; a link has a `placement`."""

    model_config = STRICT

    kind: Kind
    id: str
    placement: str | None = None


class LinkLines(BaseModel):
    """A link: what it carries, what one exposure more is worth, and what that would have to be (`charge`).

    `rise` is what is missing at least, `fate` what kept it from more, `rule` its name where that is a rule.
    """

    model_config = STRICT

    product: str
    placement: str
    exposure: float
    value: float
    charge: float
    rise: float
    fate: Fate
    rule: str = ""


class StandingLines(BaseModel):
    """What the subject has, of what it could have alone (`reach`), why, and its links, best used first."""

    model_config = STRICT

    exposure: float
    worth: float
    reach: float
    verdict: Verdict
    links: tuple[LinkLines, ...]


class ChangeLine(BaseModel):
    """One number to move; solving again with it gave the subject `exposure`, and the plan `worth`.

    At `not_enough` it is tried, or proved by prices, that the subject has too little.
    """

    model_config = STRICT

    quantity: Quantity
    of: str
    placement: str | None
    start: float = Field(alias="from")
    to: float
    not_enough: float
    exposure: float
    worth: float


class TriedLine(BaseModel):
    """A number that was moved, whether or not that was enough."""

    model_config = STRICT

    quantity: Quantity
    of: str
    placement: str | None


class ChangesLines(BaseModel):
    """Single changes that give the subject what is `wanted`, smallest first, of all that were tried.

    Of those that are `open` it is not known: solving again ended without an answer.
    """

    model_config = STRICT

    wanted: float
    found: tuple[ChangeLine, ...]
    tried: tuple[TriedLine, ...]
    open: tuple[TriedLine, ...] = ()


class RemovalLines(BaseModel):
    """What is lost without the subject, found by solving; null where no plan obeys the rules then.

    It earns `earned`; prices prove that no less than `at_least` is lost, and where it is `dispensable` no
    more than `earned` can be. `lost` may be off by `error`, as plans are only so close to the best.
    """

    model_config = STRICT

    earned: float
    at_least: float
    dispensable: bool
    lost: float | None
    error: float
    replaced_share: float | None


class PriceLine(BaseModel):
    """Points per unit of the limit moved to `to`, where a plan worth `worth` was found.

    It `holds` all the way, or is the mean of prices that change before.
    """

    model_config = STRICT

    per_unit: float
    to: float
    worth: float
    holds: bool


class PayerLine(BaseModel):
    """What somebody has with the rule, and how far that is from what they have without it."""

    model_config = STRICT

    attribute: str
    value: str
    exposure: float
    exposure_change: float
    worth: float
    worth_change: float


class RuleLines(BaseModel):
    """What a rule costs: per unit `gained` where it gives way and `lost` where it asks for more, and in all.

    `payers` are all who have more or less because of it: producers, and groups of them and of placements.
    """

    model_config = STRICT

    id: str
    limit: float | None
    gained: PriceLine | None
    lost: PriceLine | None
    worth: float
    worth_without: float
    payers: tuple[PayerLine, ...]


class ExplanationDocument(BaseModel):
    """Why a subject has what it has and what would change it, or what a rule costs and who pays."""

    model_config = STRICT

    format: Literal["impact-explanation/1"] = "impact-explanation/1"
    input_sha256: str
    subject: SubjectLines | None = None
    standing: StandingLines | None = None
    changes: ChangesLines | None = None
    removal: RemovalLines | None = None
    rule: RuleLines | None = None


def subject_explained(
    problem: Problem, subject: Subject, standing: Standing, tried: tuple[Changes, Removal], sha256: str
) -> ExplanationDocument:
    """State why `subject` has what it has, what would change it, and what is lost without it."""
    changes, removal = tried
    return ExplanationDocument(
        input_sha256=sha256,
        subject=SubjectLines(kind=subject.kind, id=subject.id, placement=subject.placement),
        standing=StandingLines(
            exposure=standing.exposure,
            worth=standing.worth,
            reach=standing.reach,
            verdict=standing.verdict,
            links=tuple(_link(problem, link) for link in standing.links),
        ),
        changes=_changes(changes),
        removal=RemovalLines.model_validate(removal, from_attributes=True),
    )


def rule_explained(price: RulePrice, worth: float, paid: Sequence[Payer], sha256: str) -> ExplanationDocument:
    """State what a rule costs, and who pays for it."""
    lines = RuleLines(
        id=price.rule,
        limit=price.limit,
        gained=_price(price.gained),
        lost=_price(price.lost),
        worth=worth,
        worth_without=price.without.worth,
        payers=tuple(payer_lines(paid, float(price.without.exposure.sum()))),
    )
    return ExplanationDocument(input_sha256=sha256, rule=lines)


def _link(problem: Problem, link: LinkStanding) -> LinkLines:
    product, placement = link_name(problem, link.link)
    return LinkLines(
        product=product,
        placement=placement,
        exposure=link.exposure,
        value=link.value,
        charge=link.charge,
        rise=link.rise,
        fate=link.fate,
        rule=link.rule,
    )


def _changes(changes: Changes) -> ChangesLines:
    return ChangesLines(
        wanted=changes.wanted,
        found=tuple(
            ChangeLine.model_validate(each, from_attributes=True, by_name=True) for each in changes.found
        ),
        tried=tuple(map(_tried, changes.tried)),
        open=tuple(map(_tried, changes.open)),
    )


def _tried(lever: Lever) -> TriedLine:
    return TriedLine(quantity=lever.quantity, of=lever.of, placement=lever.placement)


def _price(price: Price | None) -> PriceLine | None:
    return None if price is None else PriceLine.model_validate(price, from_attributes=True)


def payer_lines(paid: Sequence[Payer], given: float) -> Iterator[PayerLine]:
    """List who has more or less, those who lose most worth first, attribute by attribute."""
    for payer in sorted(paid, key=lambda payer: (payer.attribute, payer.worth_change, payer.value)):
        if abs(payer.exposure_change) > UNCHANGED * given:
            yield PayerLine.model_validate(payer, from_attributes=True)
