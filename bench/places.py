"""Which division a text means: how many labelled cases are right, how many wrong and told, how fast."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import process_time

from impact.config import DATA
from impact.reference import read_resolver
from impact.regions.gazetteer import Gazetteer
from impact.regions.resolver import Resolution, Resolver

CASES = Path(__file__).parents[1] / "tests" / "data" / "places"
SETS = ("written", "listed", "later", "blind")
TIMES = 10
"""Each case is asked so often, by resolvers that remember nothing."""
LARGER = 10
"""So many Chinas, each with codes of its own, are the large gazetteer."""


def rows() -> list[dict[str, object]]:
    """Ask every labelled case; times are of the processor, whoever else uses it."""
    start = process_time()
    resolver = _awake(read_resolver(DATA))
    ready = process_time() - start
    large = _awake(Resolver(_many(resolver.gazetteer)))
    return [
        {
            "set": name,
            "cases": len(cases),
            "right, %": round(100 * counts["right"] / len(cases), 2),
            "wrong and told, %": round(100 * counts["wrong"] / len(cases), 2),
            "ms each": _ms_each(resolver, cases),
            f"ms each, {LARGER} times the divisions": _ms_each(large, cases),
            "seconds to start": round(ready, 2),
        }
        for name in SETS
        for cases, counts in [_asked(resolver, name)]
    ]


def _asked(resolver: Resolver, name: str) -> tuple[list[str], Counter[str]]:
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        labelled = [(row["text"], row["region"]) for row in csv.DictReader(file)]
    counts = Counter(_judged(resolver.gazetteer, resolver.resolve(text), region) for text, region in labelled)
    return [text for text, _ in labelled], counts


def _judged(gazetteer: Gazetteer, found: Resolution, region: str) -> str:
    if found.region:
        return "right" if gazetteer.full_name(found.region) == region else "wrong"
    told = "ambiguous" if found.refused and found.refused.code == "place_ambiguous" else "unknown"
    return "right" if told == region else "refused"


def _ms_each(resolver: Resolver, texts: list[str]) -> float:
    start = process_time()
    for _ in range(TIMES):
        resolver.forget()
        for text in texts:
            resolver.resolve(text)
    return round(1000 * (process_time() - start) / TIMES / len(texts), 3)


def _awake(resolver: Resolver) -> Resolver:
    """Let a resolver build its indices, of signs and of sounds."""
    resolver.resolve("通州区")
    resolver.resolve("Tongzhou")
    return resolver


def _many(gazetteer: Gazetteer) -> Gazetteer:
    return Gazetteer([region for number in range(LARGER) for region in _copied(gazetteer, number)])


def _copied(gazetteer: Gazetteer, number: int) -> Iterator:
    for region in gazetteer.regions:
        yield replace(
            region,
            adcode=f"{number}{region.adcode}",
            parent=region.parent and f"{number}{region.parent}",
            province=f"{number}{region.province}",
        )
