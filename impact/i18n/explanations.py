"""Explanations and alternatives on one screen, in words."""

from collections.abc import Iterator, Sequence

from impact.bundles.explanations.choice import ChoiceDocument
from impact.bundles.explanations.explanation import (
    ChangeLine,
    ChangesLines,
    ExplanationDocument,
    LinkLines,
    PayerLine,
    PriceLine,
    RemovalLines,
    RuleLines,
    StandingLines,
    SubjectLines,
    TriedLine,
)
from impact.i18n.figures import exact, number
from impact.i18n.wording import words

MOST_LINKS = 10
NOTICEABLE = 0.01
"""The share of a loss from which on its error is told."""
ROUNDING = 1e-6
MOST_PAYERS = 5
"""So many of an attribute who lose most, and who gain most, fit on a screen."""


def explanation_told(said: ExplanationDocument, lang: str) -> Iterator[str]:
    """Say why somebody has what they have and what would change it, or what a rule costs and who pays."""
    if said.subject and said.standing:
        yield from _standing_told(said.subject, said.standing, lang)
    if said.changes:
        yield from _changes_told(said.changes, lang)
    if said.removal:
        yield from removal_told(said.removal, lang)
    if said.rule:
        yield from _rule_told(said.rule, lang)


def removal_told(removal: RemovalLines, lang: str) -> Iterator[str]:
    """Say what is lost without the subject, and how far that may be off where it matters."""
    yield _removal_told(removal, lang)
    if removal.error > NOTICEABLE * abs(removal.lost or 0.0) + ROUNDING:
        yield words("explain.error", lang, error=removal.error)


def choice_told(document: ChoiceDocument, lang: str) -> Iterator[str]:
    """Say which plans there are, what each is worth, and how far each is from the best."""
    for line in document.plans:
        shares = {"best": line.share_of_best, "away": line.from_best}
        yield words("choice.plan", lang, plan=line.plan, worth=line.worth, **shares)
    if len(document.plans) < document.count:
        yield words("choice.no_more", lang, count=len(document.plans))


def _standing_told(subject: SubjectLines, standing: StandingLines, lang: str) -> Iterator[str]:
    name = subject.id if subject.placement is None else f"{subject.id} @ {subject.placement}"
    has = {"exposure": standing.exposure, "worth": standing.worth, "reach": standing.reach}
    yield words("explain.has", lang, name=name, **has)
    yield words(f"verdict.{standing.verdict}", lang)
    for link in standing.links[:MOST_LINKS]:
        yield _link_told(link, lang)
    if len(standing.links) > MOST_LINKS:
        yield words("explain.more_links", lang, count=len(standing.links) - MOST_LINKS)


def _link_told(link: LinkLines, lang: str) -> str:
    fate = words(f"fate.{link.fate}", lang, rule=link.rule)
    where = {"product": link.product, "placement": link.placement}
    return words(
        "explain.link", lang, exposure=link.exposure, value=link.value, charge=link.charge, fate=fate, **where
    )


def _changes_told(changes: ChangesLines, lang: str) -> Iterator[str]:
    if changes.found:
        yield words("explain.would", lang, wanted=changes.wanted)
        yield from (_change_told(change, lang) for change in changes.found)
    elif changes.tried:
        yield words("explain.nothing_would", lang, wanted=changes.wanted, tried=_listed(changes.tried, lang))
    if changes.open:
        yield words("explain.open", lang, tried=_listed(changes.open, lang))


def _listed(levers: Sequence[TriedLine], lang: str) -> str:
    return words("list.comma", lang).join(_moved(each, lang) for each in levers)


def _change_told(change: ChangeLine, lang: str) -> str:
    moved = {"start": _figure(change.start, lang), "to": _figure(change.to, lang)}
    short, then = _figure(change.not_enough, lang), {"exposure": change.exposure, "worth": change.worth}
    return words("explain.change", lang, what=_moved(change, lang), short=short, **moved, **then)


def _moved(each: ChangeLine | TriedLine, lang: str) -> str:
    return words(f"quantity.{each.quantity}", lang, of=each.of, placement=each.placement or "")


def _removal_told(removal: RemovalLines, lang: str) -> str:
    if removal.lost is None:
        return words("explain.needed", lang)
    if removal.replaced_share is None:
        return words("explain.missed", lang, lost=removal.lost)
    share = min(max(removal.replaced_share, 0.0), 1.0)
    return words("explain.replaced", lang, lost=removal.lost, earned=removal.earned, share=share)


def _rule_told(rule: RuleLines, lang: str) -> Iterator[str]:
    costs = {"worth": rule.worth, "without": rule.worth_without, "costs": rule.worth_without - rule.worth}
    yield words("explain.rule", lang, rule=rule.id, **costs)
    if rule.limit is not None:
        yield from _way_told("explain.eased", rule.limit, rule.gained, lang)
        yield from _way_told("explain.tightened", rule.limit, rule.lost, lang)
    for attribute in sorted({payer.attribute for payer in rule.payers}):
        yield words("explain.payers", lang, attribute=attribute)
        yield from _payers_told([payer for payer in rule.payers if payer.attribute == attribute], lang)


def _way_told(code: str, limit: float, price: PriceLine | None, lang: str) -> Iterator[str]:
    if price is not None:
        figures = {"start": _figure(limit, lang), "to": _figure(price.to, lang)}
        figures["holds"] = words("explain.holds" if price.holds else "explain.mean", lang)
        yield words(
            code, lang, per_unit=price.per_unit, points=price.per_unit * abs(price.to - limit), **figures
        )


def _payers_told(payers: Sequence[PayerLine], lang: str) -> Iterator[str]:
    """Name those who lose most and those who gain most; they come in that order."""
    ends = payers if len(payers) <= 2 * MOST_PAYERS else (*payers[:MOST_PAYERS], *payers[-MOST_PAYERS:])
    for payer in ends:
        changed = {"exposure": payer.exposure_change, "worth": payer.worth_change}
        yield words("explain.payer", lang, value=payer.value, **changed)


def _figure(value: float, lang: str) -> str:
    """Write a number of a table or a limit so that it can be typed again."""
    return exact(value, lang) if 0 < abs(value) < 1 else number(value, lang)
