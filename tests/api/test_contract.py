"""The specification and the service say the same."""

import pytest
import schemathesis
from api.shelves import application
from openapi_spec_validator import validate

APP = application()
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", APP)


@pytest.mark.slow
@SCHEMA.parametrize()
def test_every_generated_case_gets_what_the_specification_promises(case):
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_specification_is_valid_openapi(lang):
    validate(APP.test_client().get("/api/v1/openapi.json", headers={"Accept-Language": lang}).get_json())


def test_every_route_is_in_the_specification_and_back():
    specified = set(APP.test_client().get("/api/v1/openapi.json").get_json()["paths"])
    rules = {rule.rule for rule in APP.url_map.iter_rules() if rule.endpoint.startswith("api.")}

    routed = {rule.removeprefix("/api/v1").replace("<", "{").replace(">", "}") for rule in rules}

    assert specified == routed
