"""Programmes in words: why somebody is in or out, what would change it, and how milestones stand."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from impact.catalog.values.choices import name_of
from impact.errors import Param
from impact.i18n.places import placed
from impact.i18n.wording import entries, label, words
from impact.model import Region
from impact.programmes.criteria.finding import Finding
from impact.programmes.dossier import Rung
from impact.programmes.eligibility import Verdict
from impact.programmes.milestones import Progress

NOWHERE: Mapping[str, Region] = MappingProxyType({})
NAMED: Mapping[str, Callable[[str, str], str]] = {
    "type": lambda value, lang: label("type", value, lang),
    "category": lambda value, lang: label("category", value, lang),
    "cold_chain": lambda value, lang: label("cold_chain", value, lang),
    "certificate": lambda value, lang: name_of("certificate", value, lang),
    "field": lambda value, lang: words(f"eligibility_field.{value}", lang),
}
"""How evidence that names something of a known set is written."""


def found(finding: Finding, lang: str, regions: Mapping[str, Region] = NOWHERE) -> str:
    """Say what a criterion found: the evidence, or what is missing; those of `regions` go by their names."""
    evidence = _named(finding.evidence, lang)
    region = regions.get(str(evidence.get("region")))
    if region:
        evidence["region"] = placed(region, lang)
    return words(f"eligibility.{finding.code}", lang, **evidence)


def judged(verdict: Verdict, lang: str) -> str:
    """Say whether a product is in, and if not every reason."""
    if verdict.is_eligible:
        return words("eligibility_said.in", lang)
    reasons = words("eligibility_said.join", lang).join(found(each, lang) for each in verdict.reasons)
    return words("eligibility_said.out", lang, reasons=reasons)


def rung(of: Rung, lang: str) -> str:
    """Name a rung."""
    return words(f"rung.{of}", lang)


def advice(code: str, of: Rung, lang: str) -> str:
    """Say what to do about what was found on a rung; of an application, by whose turn it is."""
    now = f"advice_now.{code}"
    return words(now if now in entries(lang) else f"rung_change.{of}", lang)


def metric(name: str, lang: str) -> str:
    """Name a metric; one we do not know goes by its own name."""
    return label("metric", name, lang)


def track(name: str, lang: str) -> str:
    """Name a track."""
    return words(f"track.{name}", lang)


def stands(progress: Progress, lang: str) -> tuple[str, str]:
    """Say how a milestone stands, and why."""
    return words(f"milestone.{progress.standing}", lang), words(f"milestone_why.{progress.code}", lang)


def _named(evidence: Mapping[str, Param], lang: str) -> dict[str, Param]:
    return {
        name: NAMED[name](str(value), lang) if name in NAMED else value for name, value in evidence.items()
    }
