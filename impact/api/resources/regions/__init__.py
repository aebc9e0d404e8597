"""Regions: administrative divisions, and which of them a text means.

Read `divisions`, then `resolving`.
"""

from collections.abc import Iterator

from impact.api.contract.operation import AnyOperation
from impact.api.resources.regions import divisions, resolving
from impact.api.service import Service


def operations(service: Service) -> Iterator[AnyOperation]:
    """Show divisions, and find them by what people write."""
    yield from divisions.operations(service)
    yield from resolving.operations(service)
