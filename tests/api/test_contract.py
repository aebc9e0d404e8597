"""The specification and the service say the same."""

from uuid import uuid4

import pytest
import schemathesis
from api.shelves import application
from openapi_spec_validator import validate
from services import token_of

from impact.access import Role

APP = application()
TOKEN = {"Authorization": f"Bearer {token_of(APP, Role.COORDINATOR)}"}
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", APP)


@pytest.mark.slow
@SCHEMA.parametrize()
def test_every_generated_case_gets_what_the_specification_promises(case):
    if "Idempotency-Key" in case.headers and len(case.headers["Idempotency-Key"]) < 200:
        case.headers["Idempotency-Key"] = str(uuid4())  # else another case's answer is given again
    case.call_and_validate(headers={"Accept-Encoding": "identity", **TOKEN})


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
