"""Conflicts, diagnoses and frontiers on one screen, in words."""

from collections.abc import Iterable, Iterator, Sequence

from impact.bundles.diagnosis_document import DiagnosisDocument
from impact.bundles.frontiers import FrontierDocument
from impact.bundles.plan_document import ConflictLines, RelaxationLine
from impact.errors import Issue
from impact.i18n.figures import number
from impact.i18n.issues import say
from impact.i18n.wording import words
from impact.matching.choices.frontier import Frontier, Point
from impact.matching.plan import Way

MOST_MOVES = 10
"""So many limits to move fit on a screen."""


def conflict_told(conflict: ConflictLines, lang: str) -> Iterator[str]:
    """Name the rules that conflict, then each way out."""
    yield words("summary.conflict", lang, rules=", ".join(conflict.rules))
    for way in Way:
        moves = [each for each in conflict.relaxations if each.way is way]
        if moves:
            tried = "verified" if all(each.verified for each in moves) else "not_verified"
            yield words(f"way.{way}", lang, tried=words(f"way.{tried}", lang))
            yield from _moves(moves, lang)


def impossible_told(found: Iterable[Issue], lang: str) -> Iterator[str]:
    """Name what cannot be, which shows before anything is solved."""
    return (words("diagnosis.impossible", lang, text=say(issue, lang)) for issue in found)


def diagnosis_told(said: DiagnosisDocument, lang: str) -> Iterator[str]:
    """Say whether the rules can hold together; if not, which of them cannot, and the ways out."""
    yield words(f"diagnosis.{said.verdict}", lang)
    if said.conflict is not None:
        yield from conflict_told(said.conflict, lang)
    if said.reason is not None:
        yield say(Issue("solver_failed", params={"status": said.reason}), lang)


def frontier_told(document: FrontierDocument, found: Frontier, lang: str) -> Iterator[str]:
    """Say how far the rule can go, and what it costs on the way."""
    ends = {"free": number(document.free, lang), "end": number(document.end, lang)}
    if document.kind == "spread":
        yield words("frontier.weighed", lang, rule=document.rule, **ends)
        yield from (_weight(point, lang) for point in found.points)
        return
    yield words("frontier.swept", lang, rule=document.rule, **ends)
    for point in found.points:
        limit = number(point.limit, lang)
        yield words("frontier.point", lang, limit=limit, worth=point.plan.worth, price=point.price)
    if document.against:
        yield words("frontier.against", lang, end=ends["end"], rules=", ".join(document.against))


def _weight(point: Point, lang: str) -> str:
    value = point.plan.worth - sum(point.plan.welfare.values())
    figures = {"limit": number(point.limit, lang), "welfare": number(point.price, lang)}
    return words("frontier.weight", lang, value=value, **figures)


def _moves(moves: Sequence[RelaxationLine], lang: str) -> Iterator[str]:
    for each in moves[:MOST_MOVES]:
        moved = {"limit": number(each.limit, lang), "to": number(each.to, lang)}
        yield words("summary.relaxation", lang, rule=_named(each, len(moves)), **moved)
    if len(moves) > MOST_MOVES:
        yield words("way.more", lang, count=len(moves) - MOST_MOVES)


def _named(move: RelaxationLine, num_moves: int) -> str:
    """Name the rule, and the row too where a rule may move more than one."""
    return move.rule if num_moves == 1 or move.row == move.rule else f"{move.rule} ({move.row})"
