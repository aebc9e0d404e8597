"""Rules, places and limits as people say them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Protocol

from impact.i18n.figures import share
from impact.i18n.wording import STYLES, entries, label, words
from impact.model import Catalog, Placement
from impact.reports.solved import Solved
from impact.reports.standing import Standing

Spec = Mapping[str, object]
FAMILIES = {"region": "province"}
"""Attributes whose values are named by another family of words."""

STOPS = "。."
"""What sentences end with."""
SHARES = ("share", "of_capacity", "minimum")
AMOUNTS = ("at_least", "at_most")
"""Numbers of a rule that people set: shares, and exposures."""
UNITS = dict.fromkeys(SHARES, "share") | dict.fromkeys(AMOUNTS, "amount")


@dataclass(frozen=True)
class Piece:
    """Part of a rule's sentence: words, or a number that can be set, by the name it has in the rule.

    `unit` is ``share`` or ``amount`` where it is a number, empty elsewhere. Where a rule has a number for
    each of several, such as channels, `name` goes on with which one (``minimum.mall``), and `of` calls it.
    """

    said: str
    name: str = ""
    value: float = 0.0
    unit: str = ""
    of: str = ""

    @property
    def figure(self) -> str:
        """The number as it is typed: shares in per cent."""
        return f"{self.value * 100 if self.unit == 'share' else self.value:.12g}"


class Named(Protocol):
    """Anything with a name in each language."""

    @property
    def name_zh(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def named(noun: Named, lang: str) -> str:
    """Name a noun that has its names in the catalog."""
    return noun.name_zh if lang == "zh" else noun.name_en


def valued(attribute: str, value: str, catalog: Catalog, lang: str) -> str:
    """Name a value of an attribute: by the catalog where it has the name, by our words elsewhere."""
    nouns: dict[str, Mapping[str, Named]] = {
        "channel": {channel.channel_id: channel for channel in catalog.channels},
        "interest": {interest.interest_id: interest for interest in catalog.interests},
    }
    noun = nouns.get(attribute, {}).get(value)
    return named(noun, lang) if noun else label(FAMILIES.get(attribute, attribute), value, lang)


def placement_name(placement: Placement, catalog: Catalog, lang: str) -> str:
    """Name a placement by region, interest and channel."""
    segment = next(one for one in catalog.segments if one.segment_id == placement.segment_id)
    return " · ".join(
        (
            label("province", segment.region, lang),
            valued("interest", segment.interest, catalog, lang),
            valued("channel", placement.channel_id, catalog, lang),
        )
    )


def asked(spec: Spec, catalog: Catalog, lang: str) -> str:
    """Say a rule as one sentence."""
    return words(f"rule.{_wording(spec)}", lang, **_params(spec, catalog, lang))


def parted(spec: Spec, catalog: Catalog, lang: str) -> tuple[Piece, ...]:
    """Say a rule as `asked` does, its numbers apart from the words."""
    params, each = _params(spec, catalog, lang), _each_minimum(spec, catalog, lang)
    return tuple(_pieces(f"rule.{_wording(spec)}", params, each, lang))


def standing(one: Standing, lang: str) -> str:
    """Say how a rule stands: what was reached against what was asked."""
    if not one.outcome.tightest:
        return words("standing.idle", lang)
    return words(f"standing.{one.unit}", lang, activity=one.outcome.activity, limit=one.outcome.limit)


def price(one: Standing, lang: str) -> str:
    """Say what giving way a little would gain."""
    if one.gain <= 0:
        return words("price.none", lang)
    return words(f"price.{one.unit}", lang, gain=one.gain)


def cautions(one: Standing, lang: str) -> tuple[str, ...]:
    """Say what of a rule holds only in part."""
    return tuple(words(f"caution.{issue.code}", lang, **issue.params) for issue in one.cautions)


def stopped(fate: str, rule: str, solved: Solved, lang: str) -> str:
    """Say what kept a link from carrying more; `rule` names the rule where its `fate` is one."""
    if fate != "rule":
        return words(f"fate.{fate}", lang)
    return words("fate.rule", lang, rule=ruled(rule, solved, lang))


def ruled(rule: str, solved: Solved, lang: str) -> str:
    """Say a rule of a plan within a sentence, without the stop at its end.

    A floor promised to a producer comes with the tables and has words of its own.
    """
    if rule == "promised":
        return words("rule.promised", lang)
    spec = next(spec for spec in solved.programme.rules if spec["id"] == rule)
    return asked(spec, solved.graph.catalog, lang).rstrip(STOPS)


def _pieces(
    code: str, params: Mapping[str, int | float | str], each: Sequence[Piece], lang: str
) -> Iterator[Piece]:
    for text, name, style, _ in Formatter().parse(str(entries(lang)[code])):
        yield Piece(text)
        value = params.get(name or "", "")
        if name == "minimum" and each:
            yield from each
        elif isinstance(value, str):
            yield Piece(value, name or "")
        else:
            yield Piece(STYLES[str(style)](value, lang), str(name), float(value), UNITS[str(name)])


def _each_minimum(spec: Spec, catalog: Catalog, lang: str) -> list[Piece]:
    """Say a limit that is stated for each of several, its numbers apart from the words."""
    minimum, by = spec.get("minimum"), str(spec.get("by", "channel"))
    if not isinstance(minimum, Mapping):
        return []
    found: list[Piece] = []
    for name, least in minimum.items():
        called = valued(by, str(name), catalog, lang)
        found.append(Piece(f"{words('rule.each', lang) if found else ''}{called} "))
        found.append(Piece(share(least, lang), f"minimum.{name}", float(least), "share", called))
    return found


def _params(spec: Spec, catalog: Catalog, lang: str) -> dict[str, int | float | str]:
    params = {name: value for name, value in spec.items() if isinstance(value, int | float | str)}
    params.pop("id"), params.pop("kind")
    return params | _described(spec, catalog, lang)


def _wording(spec: Spec) -> str:
    """Choose the sentence of a rule: some kinds have one for each way of stating the limit."""
    kind = str(spec["kind"])
    if kind in {"group_floor", "group_cap"}:
        measure = "amount" if spec.get("share") is None else spec.get("of", "exposure")
        return f"{kind}_{measure}"
    if kind == "quality_floor":
        return f"{kind}_each" if isinstance(spec["minimum"], Mapping) else kind
    if kind == "group_ratio":
        return f"{kind}_within" if spec.get("within") else kind
    if kind == "max_min":
        return f"{kind}_lexicographic" if spec.get("lexicographic") else kind
    if kind == "lock":
        bounds = [name for name, idle in (("at_least", 0), ("at_most", None)) if spec.get(name, idle) != idle]
        return "_".join((kind, *bounds))
    return kind


def _described(spec: Spec, catalog: Catalog, lang: str) -> dict[str, str]:
    described = {"by": label("attribute", str(spec.get("by", "channel")), lang)}
    described["within"] = label("attribute", str(spec.get("within")), lang)
    group, minimum = spec.get("group"), spec.get("minimum")
    if isinstance(group, Mapping):
        described["group"] = words("rule.and", lang).join(
            _values(str(name), wanted, catalog, lang) for name, wanted in group.items()
        )
    if isinstance(minimum, Mapping):
        described["minimum"] = "".join(piece.said for piece in _each_minimum(spec, catalog, lang))
    if "placement" in spec:
        found = next(one for one in catalog.placements if one.placement_id == spec["placement"])
        described["placement"] = placement_name(found, catalog, lang)
    if "product" in spec:
        described["product"] = next(one.name for one in catalog.products if one.product_id == spec["product"])
    return described


def _values(attribute: str, wanted: object, catalog: Catalog, lang: str) -> str:
    """Name the values of a group; a set that has a name of its own goes by it."""
    values = sorted([wanted] if isinstance(wanted, str) else list(map(str, wanted)))  # type: ignore[call-overload]
    together = "+".join(values)
    own = label(attribute, together, lang)
    if own != together:
        return own
    return words("rule.or", lang).join(valued(attribute, value, catalog, lang) for value in values)
