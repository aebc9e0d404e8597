"""Why a producer, a product or a link has what it has, as sentences and tables."""

from collections.abc import Iterator, Sequence

from impact.i18n import words
from impact.i18n.sentences import STOPS
from impact.matching.explain.standing import Verdict
from impact.matching.explain.subject import Kind
from impact.matching.graph.links import PARTS
from impact.reports.explained import Account, LinkAccount
from impact.reports.why import Reason
from impact.web.judging.names import Names
from impact.web.judging.told import NUM_RECORDED, NUM_SHOWN, Adding, Told
from impact.web.tables import Cell, Column, Table

HELD_OUT = (Verdict.OUTSCORED, Verdict.LIMIT, Verdict.PART)
"""Where what came closest is worth telling."""


def told_account(found: Account, names: Names) -> Told:
    """Tell why a producer, a product or a link has what it has."""
    subject = found.subject
    return Told(
        kind=subject.kind,
        name=_name(found, names),
        sentences=tuple(_sentences(found, names)),
        adding=tuple(_parts(found.links[0], names))
        if subject.kind is Kind.LINK and found.links
        else _links(found, names),
        record=_record(found.links[:NUM_RECORDED], names),
        num_recorded=len(found.links),
        kin=tuple(_kin(found, names)),
        is_out=not found.links and any(each.code == "ineligible" for each in found.refused),
    )


def _name(found: Account, names: Names) -> str:
    subject = found.subject
    if subject.kind is Kind.PRODUCER:
        return names.producer(subject.id)
    if subject.placement is None:
        return names.product(subject.id)
    return words(
        "explained.at",
        names.lang,
        product=names.product(subject.id),
        placement=names.placement(subject.placement),
    )


def _sentences(found: Account, names: Names) -> Iterator[str]:
    """Say what it has and why; of what it has not, what came closest."""
    standing, lang = found.standing, names.lang
    figures = {"exposure": standing.exposure, "worth": standing.worth, "reach": standing.reach}
    yield words("explained.has", lang, name=_name(found, names), **figures)
    is_pair = found.subject.kind is Kind.LINK and standing.verdict is Verdict.NO_LINK
    yield words("explained_verdict.no_pair" if is_pair else f"explained_verdict.{standing.verdict}", lang)
    if standing.verdict is Verdict.NO_LINK and found.refused:
        yield words("why.main", lang, reason=_refusal(found.refused[0], lang))
    nearest = standing.nearest
    if nearest is None or standing.verdict not in HELD_OUT:
        return
    link = next(each for each in found.links if each.standing is nearest)
    figures = {"value": nearest.value, "threshold": nearest.charge}
    where = {"placement": names.placement(link.evidence.placement.placement_id), "fate": _fate(link, names)}
    yield words("explained.nearest" if nearest.rise > 0 else "explained.even", lang, **where, **figures)


def _refusal(reason: Reason, lang: str) -> str:
    return words(f"reason.{reason.code}", lang, count=reason.num_placements)


def _fate(link: LinkAccount, names: Names) -> str:
    rule = names.rule(link.standing.rule).rstrip(STOPS) if link.standing.rule else ""
    return words(f"fate.{link.standing.fate}", names.lang, rule=rule)


def _parts(link: LinkAccount, names: Names) -> Iterator[Adding]:
    """Tabulate what speaks for a link, and what an exposure there has to be worth."""
    lang = names.lang
    parts = [
        (words(f"part.{part}", lang), points) for part, points in zip(PARTS, link.evidence.parts, strict=True)
    ]
    yield Adding("score", _summed("column.evidence", "column.points", parts, link.evidence.score, lang))
    charges = [(names.rule(rule), points) for rule, points in link.charges.items()]
    yield Adding(
        "threshold", _summed("column.charged_by", "column.points", charges, link.standing.charge, lang)
    )


def _summed(heading: str, figure: str, rows: Sequence[tuple[str, float]], total: float, lang: str) -> Table:
    first = sorted(rows, key=lambda row: -abs(row[1]))
    return Table(
        (Column(heading), Column(figure, "exact")), (*first, (words("explained.total", lang), total))
    )


def _links(found: Account, names: Names) -> tuple[Adding, ...]:
    """Tabulate the links of a producer or product: the first few, the others, and all together."""
    if not found.links:
        return ()
    first, others = found.links[:NUM_SHOWN], found.links[NUM_SHOWN:]
    many = len({each.evidence.product.product_id for each in found.links}) > 1
    rows: list[tuple[Cell, ...]] = [
        (_link_name(each, names, many=many), each.standing.exposure, each.worth, _fate(each, names))
        for each in first
    ]
    if others:
        left = (sum(each.standing.exposure for each in others), sum(each.worth for each in others))
        rows.append((words("explained.others", names.lang, count=len(others)), *left, ""))
    rows.append((words("explained.total", names.lang), found.standing.exposure, found.standing.worth, ""))
    columns = (
        Column("column.placement"),
        Column("column.exposure", "compact"),
        Column("column.worth", "compact"),
    )
    return (Adding("by_link", Table((*columns, Column("column.fate")), tuple(rows))),)


def _link_name(link: LinkAccount, names: Names, *, many: bool) -> str:
    placement = names.placement(link.evidence.placement.placement_id)
    return f"{link.evidence.product.name} · {placement}" if many else placement


def _record(links: Sequence[LinkAccount], names: Names) -> Table:
    headings = ("score", "value_next", "threshold", "rise", "exposure", "worth", "baseline")
    columns = (
        Column("column.product"),
        Column("column.placement"),
        *(Column(f"column.{name}", "exact") for name in headings),
    )
    rows = (
        (
            each.evidence.product.product_id,
            each.evidence.placement.placement_id,
            each.evidence.score,
            each.standing.value,
            each.standing.charge,
            each.standing.rise,
            each.standing.exposure,
            each.worth,
            each.evidence.baseline,
            _fate(each, names),
        )
        for each in links
    )
    return Table((*columns, Column("column.fate")), tuple(rows))


def _kin(found: Account, names: Names) -> Iterator[tuple[str, dict[str, str]]]:
    """Name what else can be explained beside: of a link the product, whose it is, where, its first links."""
    owner = names.catalog.producers[found.subject.producer]
    if found.subject.kind is Kind.LINK:
        yield names.product(found.subject.id), {"product": found.subject.id}
    if found.subject.kind is not Kind.PRODUCER:
        yield owner.name, {"producer": owner.producer_id}
    yield names.region(owner.region), {"region": owner.region}
    if found.subject.kind is Kind.LINK and found.links:
        segment = found.links[0].evidence.placement.segment_id
        yield names.segment(segment), {"segment": segment}
        return
    many = len({each.evidence.product.product_id for each in found.links}) > 1
    for each in found.links[:NUM_SHOWN]:
        of = {"product": each.evidence.product.product_id, "placement": each.evidence.placement.placement_id}
        yield _link_name(each, names, many=many), of
