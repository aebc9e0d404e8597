"""Partners' files: sent, taken over and undone; and what partners list, as files to change and send again.

Read `sending`, then `files`.
"""

from collections.abc import Iterator

from impact.api.contract.operation import AnyOperation
from impact.api.resources.catalogs import files, sending
from impact.api.service import Service


def operations(service: Service) -> Iterator[AnyOperation]:
    """Take partners' files, and give them back."""
    yield from sending.operations(service)
    yield from files.operations(service)
