"""What only solving again can tell, in people's words: what would change it, and what is lost without it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from impact.bundles.explanations.explanation import ChangeLine, ChangesLines, ExplanationDocument, TriedLine
from impact.i18n import number, words
from impact.i18n.explanations import removal_told
from impact.i18n.figures import exact, fine_share
from impact.i18n.sentences import SHARES
from impact.matching.changes.lever import Quantity
from impact.web.judging.names import Names

STOP = "。."
"""How sentences end."""


@dataclass(frozen=True)
class Answer:
    """What came of solving again: `lede` goes before `changes`, each a sentence, the smallest first."""

    lede: str
    changes: tuple[str, ...]
    missed: tuple[str, ...]


def answer_of(said: ExplanationDocument, names: Names) -> Answer:
    """Say what an explanation found."""
    changes = said.changes
    assert changes is not None
    return Answer(
        _lede(changes, names),
        tuple(_change(change, names) for change in changes.found),
        tuple(removal_told(said.removal, names.lang)) if said.removal else (),
    )


def _lede(changes: ChangesLines, names: Names) -> str:
    said = list(_ledes(changes, names))
    return " ".join(said)


def _ledes(changes: ChangesLines, names: Names) -> Iterator[str]:
    wanted = {"wanted": changes.wanted}
    if changes.found:
        yield words("explain.would", names.lang, **wanted)
    elif changes.tried:
        yield words("explain.nothing_would", names.lang, tried=_listed(changes.tried, names), **wanted)
    else:
        yield words("explained.nothing_to_try", names.lang)
    if changes.open:
        yield words("explain.open", names.lang, tried=_listed(changes.open, names))


def _listed(tried: Sequence[TriedLine], names: Names) -> str:
    return words("list.comma", names.lang).join(_moved(each, names) for each in tried)


def _change(change: ChangeLine, names: Names) -> str:
    moved = {
        name: _figure(change, value, names)
        for name, value in (("start", change.start), ("to", change.to), ("short", change.not_enough))
    }
    then = {"exposure": change.exposure, "worth": change.worth}
    return words("explain.change", names.lang, what=_moved(change, names), **moved, **then).strip()


def _moved(each: ChangeLine | TriedLine, names: Names) -> str:
    """Name the number that is moved, and whose it is."""
    if each.quantity is Quantity.LIMIT:
        return words("explained.limit", names.lang, rule=names.rule(each.of).rstrip(STOP))
    of = names.producer if each.quantity is Quantity.CAPACITY else names.product
    placement = names.placement(each.placement) if each.placement else ""
    return words(f"quantity.{each.quantity}", names.lang, of=of(each.of), placement=placement)


def _figure(change: ChangeLine, value: float, names: Names) -> str:
    """Write a number as it is set: the limits of rules that are shares in per cent."""
    if change.quantity is Quantity.LIMIT and _is_share(names, change.of):
        return fine_share(value, names.lang)
    return exact(value, names.lang) if 0 < abs(value) < 1 else number(value, names.lang)


def _is_share(names: Names, rule: str) -> bool:
    spec = names.spec(rule) or {}
    return any(isinstance(spec.get(name), int | float) for name in SHARES)
