"""Which regions that criteria name are none."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from impact.errors import Issue
from impact.i18n.problems import WHOLE
from impact.programmes.criteria.origin import RegionCriterion
from impact.programmes.document import ProgrammeDocument
from impact.regions.meant import MOST_TOLD, not_one
from impact.regions.resolver import Resolver


def nowhere(
    document: ProgrammeDocument, before: ProgrammeDocument | None, resolver: Resolver
) -> Iterator[Issue]:
    """Point at each code that no region has, with those that may be meant; not where it stood `before`."""
    return islice(_nowhere(document, before, resolver), MOST_TOLD)


def _nowhere(
    document: ProgrammeDocument, before: ProgrammeDocument | None, resolver: Resolver
) -> Iterator[Issue]:
    stood = before.eligibility if before else ()
    for number, each in enumerate(document.eligibility):
        if not isinstance(each, RegionCriterion) or each in stood:
            continue
        for place, code in enumerate(each.any_of):
            if code not in resolver.gazetteer:
                column = f"eligibility.{number}.any_of.{place}"
                yield replace(not_one(resolver, code), file=WHOLE, column=column)
