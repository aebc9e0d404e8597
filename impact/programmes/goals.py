"""Goals: two mistakes told apart from an outcome: a process metric in its place, and a method in its place.

Neither is forbidden: each is flagged, and asks for a written reason, which is kept.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from impact.errors import Issue
from impact.programmes.document import Goal

METRICS = "metrics.toml"
SHORTEST_REASON = 10
"""A reason of fewer characters explains nothing."""
FILE = "programme.json"
_NUMBER = {
    "zh": r"[0-9０-９一二三四五六七八九十百千万亿两几数上]+[余多来]?",
    "en": r"(?:[0-9][0-9,. ]*(?:k|m|thousand|million)?|an?|one|two|three|five|ten|hundreds? of|dozens? of)",
}


@dataclass(frozen=True)
class Metrics:
    """Metrics by what they say, and how the two mistakes read in each language."""

    outcomes: frozenset[str]
    processes: frozenset[str]
    process_words: dict[str, re.Pattern[str]]
    methods: dict[str, re.Pattern[str]]


def mistakes(goal: Goal) -> tuple[Issue, ...]:
    """Flag what reads like a process metric or a method in the place of an outcome, wherever it stands."""
    return tuple(_flags(goal))


def unreasoned(goal: Goal) -> tuple[Issue, ...]:
    """Return the flags of a goal that gives no reason for them; with a reason none is left."""
    return () if len(goal.reason.strip()) >= SHORTEST_REASON else mistakes(goal)


def _flags(goal: Goal) -> Iterator[Issue]:
    known = metrics()
    if goal.metric in known.processes:
        yield Issue("goal_is_process_metric", FILE, column="goal.metric", params={"found": goal.metric})
    for lang, text in (("zh", goal.outcome.zh), ("en", goal.outcome.en)):
        column = f"goal.outcome.{lang}"
        if method := known.methods[lang].search(text):
            yield Issue("goal_is_method", FILE, column=column, params={"found": method[0].strip()})
        if word := known.process_words[lang].search(text):
            yield Issue("goal_is_process_metric", FILE, column=column, params={"found": word[0]})


@cache
def metrics() -> Metrics:
    """Read the metrics and words that ship with this package."""
    text = resources.files(__package__).joinpath(METRICS).read_text("utf-8")
    table = tomllib.loads(text)
    words, method = table["words"], table["method"]
    return Metrics(
        outcomes=frozenset(table["outcomes"]),
        processes=frozenset(table["processes"]),
        process_words={
            "zh": re.compile(_any(words["zh"]), re.IGNORECASE),
            "en": re.compile(rf"\b(?:{_any(words['en'])})\b", re.IGNORECASE),
        },
        methods={
            "zh": re.compile(
                rf"(?:{_any(method['zh_verbs'])})[^，。；,;0-9]{{0,6}}?{_NUMBER['zh']}\s*(?:{_any(method['zh_things'])})"
            ),
            "en": re.compile(
                rf"\b(?:{_any(method['en_verbs'])})\s+{_NUMBER['en']}\s*(?:[\w-]+\s+){{0,3}}?"
                rf"(?:{_any(method['en_things'])})(?:s|es)?\b",
                re.IGNORECASE,
            ),
        },
    )


def _any(words: Sequence[str]) -> str:
    """Match any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
