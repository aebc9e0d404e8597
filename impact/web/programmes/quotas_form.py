"""The form of what a programme promises to groups: its quotas and rules, as sentences."""

from collections.abc import Mapping

from impact.i18n.sentences import Spec
from impact.programmes.document import ProgrammeDocument
from impact.programmes.quotas import FLOOR_AND_CAP, quota_of
from impact.regions.resolver import Resolver
from impact.store.database import Database
from impact.web.language import spoken
from impact.web.programmes.told import nouns_named
from impact.web.sentences import NEW, OFFERED, groups, rules_by_form, sentence

QUOTAS: tuple[Spec, ...] = tuple(
    {"id": f"{NEW}{name}", "kind": kind, "group": {}, limit: 0.0}
    for name, kind, limit in (
        ("floor", "group_floor", "share"),
        ("least", "group_floor", "at_least"),
        ("cap", "group_cap", "share"),
        ("most", "group_cap", "at_most"),
    )
)
"""Quotas that can be added, before the rules that are for no group."""
TO_ADD = (*QUOTAS, *(rule for rule in OFFERED if "group" not in rule))


def parts_said(document: ProgrammeDocument, _: Resolver) -> Mapping[str, object]:
    """Return the quotas and rules that the form states; what is new for a group is a quota.

    Raises
    ------
    BadInput
        A number is none, or something is added for no group.
    """
    stated = {str(rule["id"]) for rule in document.rules}
    rules = rules_by_form(document.programme.rules, TO_ADD)
    quotas = [rule for rule in rules if rule["kind"] in FLOOR_AND_CAP and rule["id"] not in stated]
    return {
        "quotas": [quota_of(rule).model_dump(mode="json") for rule in quotas],
        "rules": [rule for rule in rules if rule not in quotas],
    }


def shown(database: Database, document: ProgrammeDocument) -> Mapping[str, object]:
    """Return the sentences there are and those that can be added, and the groups to choose from."""
    nouns, lang = nouns_named(database), spoken()
    return {
        "rules": [sentence(rule, nouns, lang) for rule in document.programme.rules],
        "offered": [sentence(rule, nouns, lang) for rule in TO_ADD],
        "groups": groups(lang),
    }
