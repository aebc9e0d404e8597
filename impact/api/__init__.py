"""JSON for machines, one module per resource; every address is an `Operation` of `contract`.

Read `contract` for what an address promises and how that is kept, then `plans` and `allocation`.
"""

from flask import Blueprint

from impact.api import allocation, plans, reference, refusals
from impact.api.contract import serve
from impact.reports.solved import Shelf

PREFIX = "/api/v1"


def blueprint(shelf: Shelf) -> Blueprint:
    """Make the addresses under ``/api/v1`` that show the plans of `shelf`."""
    api = Blueprint("api", __name__, url_prefix=PREFIX, template_folder="templates")
    refusals.register(api, PREFIX)
    operations = [*plans.operations(shelf), *allocation.operations(shelf), *reference.operations(shelf)]
    for operation in (*operations, *reference.about(operations)):
        serve(api, operation)
    return api
