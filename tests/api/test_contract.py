"""The specification and the service say the same."""

from uuid import uuid4

import pytest
import schemathesis
from api.shelves import application
from hypothesis import HealthCheck, settings
from openapi_spec_validator import validate
from schemathesis.specs.openapi.checks import positive_data_acceptance
from services import token_of

from impact.access import Role


class Service:
    """A service that can begin anew, and then knows of nothing that was sent before."""

    def __init__(self):
        self.begin()

    def begin(self):
        self.app = application()
        self.token = token_of(self.app, Role.COORDINATOR)

    def __call__(self, environ, start_response):
        return self.app(environ, start_response)


SERVICE = Service()
CHECKS = {
    "missing_required_header": ["400", "401", "403", "404", "406", "412", "415", "422", "428"],
    "positive_data_acceptance": ["2xx", "401", "403", "404", "409", "412"],
}
"""What the checks take for an answer: an edit of a version that nobody has seen gets 412, of none 428."""
CONFIG = schemathesis.Config.from_dict(
    {"checks": {name: {"expected-statuses": statuses} for name, statuses in CHECKS.items()}}
)
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", SERVICE, config=CONFIG)
ASKED = {"Accept-Encoding": "identity"}
KEY = "Idempotency-Key"
PICKY = (
    "/catalogs",
    "/programmes",
    "/programmes/{programme_id}",
    "/programme-templates/{template}/programmes",
    "/programmes/{programme_id}/scenarios",
    "/scenarios/{scenario_id}",
    "/scenarios/{scenario_id}/branch",
    "/scenarios/{scenario_id}/run",
    "/scenarios/{scenario_id}/locks/price",
    "/producers",
    "/producers/{producer_id}",
    "/products",
    "/products/{product_id}",
    "/segments",
    "/segments/{segment_id}",
    "/placements",
    "/placements/{placement_id}",
    "/applications/{product_id}/recommend",
    "/applications/{product_id}/review",
    "/tokens",
    "/webhooks",
    "/webhooks/{hook_id}",
    "/solve",
    "/verify",
    "/diagnose",
    "/frontier",
)
"""What is sent here is refused too where fields that are each as specified do not go together: an id that
nothing bears, two columns of one name, a file that is nobody's, a refusal without a reason, a scenario that
nobody is in.
"""
CHOOSY = ("/plans/{plan_id}/explain",)
"""What is read here has to be about just one of what the parameters name."""
PATIENT = settings(
    max_examples=15, stateful_step_count=5, deadline=None, suppress_health_check=list(HealthCheck)
)


def with_own_key(case):
    """Give a request a key that no other has: else another's answer is given again, or it is refused."""
    key = case.headers.get(KEY)
    if isinstance(key, str) and 0 < len(key) <= 200:
        case.headers[KEY] = str(uuid4())


def left_out(case):
    is_picky = case.path in PICKY and case.method != "GET"
    return [positive_data_acceptance] if is_picky or case.path in CHOOSY else []


@SCHEMA.auth(refresh_interval=None)
class Coordinator:
    """Bears the token; the checks take it away, and exchange it, to see who is let in without."""

    def get(self, case, context):
        return SERVICE.token

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


@pytest.mark.slow
@SCHEMA.parametrize()
def test_every_generated_case_gets_what_the_specification_promises(case):
    with_own_key(case)
    case.call_and_validate(headers=ASKED, excluded_checks=left_out(case))


@pytest.mark.slow
def test_what_answers_lead_to_is_there():
    class Machine(SCHEMA.as_state_machine()):
        """Each story begins with a service of its own: what it may go on with hangs on what was answered,
        and a story told again has to be answered the same.
        """

        def setup(self):
            SERVICE.begin()

        def before_call(self, case):
            with_own_key(case)

        def get_call_kwargs(self, case):
            return {"headers": ASKED}

        def validate_response(self, response, case, additional_checks=(), **more):
            case.validate_response(
                response, excluded_checks=left_out(case), transport_kwargs=more, recorder=self.recorder
            )

    Machine.run(settings=PATIENT)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_specification_is_valid_openapi(lang):
    validate(
        SERVICE.app.test_client().get("/api/v1/openapi.json", headers={"Accept-Language": lang}).get_json()
    )


def test_every_route_is_in_the_specification_and_back():
    specified = SERVICE.app.test_client().get("/api/v1/openapi.json").get_json()["paths"]
    rules = [rule for rule in SERVICE.app.url_map.iter_rules() if rule.endpoint.startswith("api.")]

    routed = {
        (rule.rule.removeprefix("/api/v1").replace("<", "{").replace(">", "}"), method.lower())
        for rule in rules
        for method in rule.methods - {"HEAD"}
    }

    assert {(path, method) for path, methods in specified.items() for method in methods} == routed
