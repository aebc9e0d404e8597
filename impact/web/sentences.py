"""Rules as sentences whose numbers are set in place: what a form says of them, and what can be added."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import request

from impact.errors import BadInput, Issue
from impact.i18n import label
from impact.i18n.sentences import AMOUNTS, SHARES, Piece, Spec, asked, parted
from impact.model import Catalog

NEW = "new-"
"""What the ids of rules that can be added begin with."""
OFFERED: tuple[Spec, ...] = (
    {"id": f"{NEW}floor", "kind": "group_floor", "group": {}, "share": 0.0},
    {"id": f"{NEW}cap", "kind": "group_cap", "group": {}, "share": 0.0},
    {"id": f"{NEW}everyone", "kind": "producer_floor", "of_capacity": 0.0},
    {"id": f"{NEW}dominance", "kind": "placement_cap", "share": 0.0},
    {"id": f"{NEW}quality", "kind": "quality_floor", "by": "channel", "minimum": 0.0},
)
"""Rules that can be added: each is once its number is filled in."""
GROUPS = (
    *(("tier", value) for value in ("1+2", "1", "2")),
    *(("type", value) for value in ("specialty", "belt", "firm", "craft", "publisher")),
    *(("size", value) for value in ("small", "middle", "head")),
)
"""Groups that a rule can be added for."""


@dataclass(frozen=True)
class Sentence:
    """A rule as a form has it: in pieces, and whole for who does not see them side by side."""

    rule_id: str
    pieces: tuple[Piece, ...]
    whole: str


def sentence(rule: Spec, nouns: Catalog, lang: str) -> Sentence:
    """Say a rule, its numbers apart from the words."""
    return Sentence(str(rule["id"]), parted(rule, nouns, lang), asked(rule, nouns, lang))


def groups(lang: str) -> list[tuple[str, str]]:
    """Name the groups as forms send them and as people read them."""
    return [(f"{name}={value}", label(name, value, lang)) for name, value in GROUPS]


def numbers_of(rule: Spec) -> Iterator[tuple[str, float]]:
    """Return the numbers of a rule that people set, each by its name: ``share``, ``minimum.mall``."""
    for name, value in rule.items():
        if name not in SHARES + AMOUNTS:
            continue
        each = value if isinstance(value, Mapping) else {"": value}
        for part, number in each.items():
            if isinstance(number, int | float) and not isinstance(number, bool):
                yield f"{name}.{part}".rstrip("."), float(number)


def rules_by_form(before: Iterable[Spec], offered: Sequence[Spec] = OFFERED) -> list[dict[str, object]]:
    """Return the rules there are once what the form says is done: changed, taken away, and added.

    Raises
    ------
    BadInput
        A number is none, or a rule is added for no group.
    """
    gone = set(request.form.getlist("remove"))
    kept = [_set(rule) for rule in before if rule["id"] not in gone]
    return [*kept, *_added({str(rule["id"]) for rule in kept}, offered)]


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """Return an id that no rule has."""
    names = [wanted, *(f"{wanted}-{number}" for number in range(2, len(set(taken)) + 3))]
    return next(name for name in names if name not in set(taken))


def figure(field: str, otherwise: float) -> float:
    """Read a number: per cent where it is a share, what it was where the form does not have it."""
    if field not in request.form:
        return otherwise
    is_share = not {*field.split(".")[1:]}.isdisjoint(SHARES)
    try:
        value = float(text(field).replace(",", ""))
    except ValueError:
        value = -1.0
    if not 0 <= value <= (100 if is_share else 1e15):
        code = "share_not_valid" if is_share else "amount_not_valid"
        raise BadInput([Issue(code, column=field, params={"value": text(field)})])
    return round(value / 100, 12) if is_share else value


def text(field: str) -> str:
    """Return what stands in a field, without blanks around it."""
    return request.form.get(field, "").strip()


def _set(rule: Spec) -> dict[str, object]:
    """Return a rule with the numbers that stand in its sentence."""
    changed = dict(rule)
    for name, before in numbers_of(rule):
        whole, _, part = name.partition(".")
        number, each = figure(f"{rule['id']}.{name}", before), changed[whole]
        changed[whole] = {**each, part: number} if isinstance(each, Mapping) else number
    return changed


def _added(taken: set[str], offered: Sequence[Spec]) -> Iterator[dict[str, object]]:
    for rule in offered:
        ((name, _),) = numbers_of(rule)
        field = f"{rule['id']}.{name}"
        if not text(field):
            continue
        rule_id = free_id(str(rule["id"]).removeprefix(NEW), taken)
        taken = taken | {rule_id}
        group = {"group": _group(f"{rule['id']}.group")} if "group" in rule else {}
        yield {**rule, **group, "id": rule_id, name: figure(field, 0.0)}


def _group(field: str) -> dict[str, list[str]]:
    name, _, value = text(field).partition("=")
    if (name, value) not in GROUPS:
        raise BadInput([Issue("field_missing", column=field)])
    return {name: value.split("+")}
