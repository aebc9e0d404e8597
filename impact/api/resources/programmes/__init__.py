"""Programmes: begun from a template or a document, changed version by version; and who is in them.

Read `reading`, then `keeping`; `lines` is what is sent to and fro.
"""

from collections.abc import Iterator

from impact.api.contract.operation import AnyOperation
from impact.api.resources.programmes import keeping, reading
from impact.api.service import Service


def operations(service: Service) -> Iterator[AnyOperation]:
    """Keep programmes, and say who is in them."""
    yield from reading.operations(service)
    yield from keeping.operations(service)
