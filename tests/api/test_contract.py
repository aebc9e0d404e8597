"""The specification and the service say the same."""

from uuid import uuid4

import pytest
import schemathesis
from api.shelves import application
from hypothesis import HealthCheck, settings
from openapi_spec_validator import validate
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    missing_required_header,
    positive_data_acceptance,
)
from services import token_of

from impact.access import Role

APP = application()
TOKEN = {"Authorization": f"Bearer {token_of(APP, Role.COORDINATOR)}"}
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", APP)
ASKED = {"Accept-Encoding": "identity", **TOKEN}
KEY, VERSION = "Idempotency-Key", "If-Match"
PICKY = (
    "/catalogs",
    "/programmes",
    "/programme-templates/{template}/programmes",
    "/scenarios/{scenario_id}/branch",
)
"""Where fields that are each as specified may not go together."""
PATIENT = settings(
    max_examples=15, stateful_step_count=5, deadline=None, suppress_health_check=list(HealthCheck)
)


def with_own_key(case):
    """Give a request a key that no other has: else another's answer is given again, or it is refused."""
    key = case.headers.get(KEY)
    if isinstance(key, str) and 0 < len(key) <= 200:
        case.headers[KEY] = str(uuid4())


def left_out(case):
    """Checks that cannot know: of a version nobody has seen it is said that it moved, and of none that it is
    missing (428); a file is somebody's, which the token says where the address does not.
    """
    is_edit = any(parameter.name == VERSION for parameter in case.operation.headers)
    return [missing_required_header, positive_data_acceptance] if is_edit or case.path in PICKY else []


@pytest.mark.slow
@SCHEMA.parametrize()
def test_every_generated_case_gets_what_the_specification_promises(case):
    with_own_key(case)
    case.call_and_validate(headers=ASKED, excluded_checks=left_out(case))


@pytest.mark.slow
def test_what_answers_lead_to_is_there():
    """Every request bears the token; who has another is tried at the gate."""

    class Machine(SCHEMA.as_state_machine()):
        def before_call(self, case):
            with_own_key(case)

        def get_call_kwargs(self, case):
            return {"headers": ASKED}

        def validate_response(self, response, case, additional_checks=(), **more):
            case.validate_response(response, excluded_checks=[*left_out(case), ignored_auth])

    Machine.run(settings=PATIENT)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_specification_is_valid_openapi(lang):
    validate(APP.test_client().get("/api/v1/openapi.json", headers={"Accept-Language": lang}).get_json())


def test_every_route_is_in_the_specification_and_back():
    specified = APP.test_client().get("/api/v1/openapi.json").get_json()["paths"]
    rules = [rule for rule in APP.url_map.iter_rules() if rule.endpoint.startswith("api.")]

    routed = {
        (rule.rule.removeprefix("/api/v1").replace("<", "{").replace(">", "}"), method.lower())
        for rule in rules
        for method in rule.methods - {"HEAD"}
    }

    assert {(path, method) for path, methods in specified.items() for method in methods} == routed
