"""Programmes: begun from a template or a document, changed version by version; who is in, and who applies.

Read `reading`, then `keeping`, `applying` and `together`; `lines` is what is sent to and fro.
"""

from collections.abc import Iterator

from impact.api.contract.operation import AnyOperation
from impact.api.resources.programmes import applying, keeping, reading, together
from impact.api.service import Service


def operations(service: Service) -> Iterator[AnyOperation]:
    """Keep programmes, say who is in them, and take applications."""
    yield from reading.operations(service)
    yield from keeping.operations(service)
    yield from applying.operations(service)
    yield from together.operations(service)
