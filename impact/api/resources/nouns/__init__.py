"""Belts, producers, products, segments, channels and placements: the live catalog, noun by noun.

Read `kinds` first, then `reading` and `keeping`; `lines`, `lists` and `wanted` are what is sent to and fro.
"""

from collections.abc import Iterator

from impact.api.contract.operation import AnyOperation
from impact.api.resources.nouns import keeping, reading
from impact.api.resources.nouns.kinds import KINDS
from impact.api.service import Service


def operations(service: Service) -> Iterator[AnyOperation]:
    """Show the live catalog, and keep it."""
    for kind in KINDS:
        yield from reading.operations(service, kind)
        yield from keeping.operations(service, kind)
