"""A plan on one screen, in words."""

from collections.abc import Iterator

from impact.bundles.plan_document import MeasureLines, PlanDocument, RuleLine
from impact.errors import Issue, Param
from impact.i18n.inquiries import conflict_told
from impact.i18n.issues import say
from impact.i18n.wording import words


def summary(document: PlanDocument, lang: str) -> str:
    """Say how solving ended, what the plan gives, and what each rule costs."""
    return "\n".join(_lines(document, lang))


def _lines(document: PlanDocument, lang: str) -> Iterator[str]:
    status, note = (words(f"{family}.{document.status}", lang) for family in ("status", "status_note"))
    yield words("summary.status", lang, status=status, note=note)
    if document.objective is not None:
        worth = {"value": document.objective, "bound": document.bound or 0.0, "gap": document.gap or 0.0}
        yield words("summary.value", lang, **worth)
    if document.measures is not None:
        yield from _measures(document.measures, lang)
    yield from _rules(document, lang)
    for line in document.warnings:
        yield words("summary.warning", lang, text=say(Issue(line.code, params=line.params), lang))
    yield words("summary.seconds", lang, seconds=sum(document.seconds.values()), engine=document.engine)
    if document.memory_mb:
        yield words("summary.memory", lang, **document.memory_mb)


def _measures(measures: MeasureLines, lang: str) -> Iterator[str]:
    given = {"exposure": measures.exposure, "supply": measures.supply, "served": measures.served_share}
    yield words("summary.exposure", lang, **given)
    least, fifth, gini = measures.minimum_of_capacity, measures.fifth_percentile_of_capacity, measures.gini
    if least is None or fifth is None or gini is None:
        yield words("summary.no_spread", lang)
    else:
        yield words("summary.spread", lang, minimum=least, fifth=fifth, gini=gini)


def _rules(document: PlanDocument, lang: str) -> Iterator[str]:
    if document.rules:
        yield words("summary.rules", lang)
        yield from (_rule(rule, lang) for rule in document.rules)
    if document.conflict:
        yield from conflict_told(document.conflict, lang)


def _rule(rule: RuleLine, lang: str) -> str:
    stands: dict[str, Param] = {"rule": rule.id, "activity": rule.activity, "limit": rule.limit}
    if rule.price > 0:
        return words("summary.rule", lang, price=rule.price, **stands)
    return words("summary.rule_free", lang, **stands)
