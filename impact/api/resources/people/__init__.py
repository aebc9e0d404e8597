"""Who brings producers in, and what acts for people: partners and tokens.

Read `partners`, then `tokens`.
"""

from collections.abc import Iterator

from impact.api.contract.operation import AnyOperation
from impact.api.resources.people import partners, tokens
from impact.api.service import Service


def operations(service: Service) -> Iterator[AnyOperation]:
    """Keep partners and tokens."""
    yield from partners.operations(service)
    yield from tokens.operations(service)
