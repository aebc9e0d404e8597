"""Write the OpenAPI 3.1 document of operations: what is served is what is specified."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from impact.access import Scope
from impact.api.contract.bodies import FORM, PART
from impact.api.contract.operation import JSON, AnyOperation, Json, Operations
from impact.api.contract.refusals import ProblemLines
from impact.api.contract.replaying import HEADER, MOST_CHARACTERS
from impact.i18n.problems import MEDIA_TYPE
from impact.i18n.wording import words

BEARER = "token"
SIGNED = ("webhook-id", "webhook-timestamp", "webhook-signature")
"""What a letter bears, by which whoever gets it knows it."""
Refs = Mapping[type[BaseModel], Json]


@dataclass(frozen=True)
class About:
    """What a specification needs to know beside the operations.

    `needs` tells by an operation's name the scope it takes, None where anybody may; `job` shows a job;
    `letters` are what is posted to others, by kind of news.
    """

    server: str
    version: str
    needs: Callable[[str], Scope | None]
    job: type[BaseModel]
    letters: Mapping[str, type[BaseModel]]


def specification(operations: Operations, lang: str, about: About) -> Json:
    """Write the OpenAPI 3.1 document of `operations`, its prose in `lang`."""
    schemas, refs = _schemas(operations, about)
    writer = _Writer(lang, about, refs)
    paths: dict[str, Json] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = writer.operation(operation)
    said = words("api.security", lang)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": words("api.title", lang),
            "version": about.version,
            "description": words("api.text", lang),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": about.server}],
        "tags": [
            {"name": tag, "description": words(f"api_tag.{tag}", lang)}
            for tag in dict.fromkeys(operation.resource for operation in operations)
        ],
        "paths": paths,
        "webhooks": {kind: {"post": writer.letter(kind)} for kind in about.letters},
        "components": {
            "schemas": schemas,
            "securitySchemes": {BEARER: {"type": "http", "scheme": "bearer", "description": said}},
        },
    }


def _schemas(operations: Operations, about: About) -> tuple[Json, Refs]:
    """Write the schemas of everything taken and given, and how each is referred to."""
    taken = {model for each in operations for model in each.takes.values() if model}
    given = [
        ProblemLines,
        about.job,
        *about.letters.values(),
        *(model for each in operations for model in each.gives.values() if model),
    ]
    inputs = [(model, "validation") for model in sorted(taken, key=lambda model: model.__name__)]
    outputs = [(model, "serialization") for model in dict.fromkeys(given)]
    found, whole = models_json_schema(
        [*inputs, *outputs],  # type: ignore[list-item]
        ref_template="#/components/schemas/{model}",
    )
    return whole["$defs"], {(model, mode): ref for (model, mode), ref in found.items()}  # type: ignore[misc]


class _Writer:
    """Writes operations in one language."""

    def __init__(self, lang: str, about: About, refs: Refs) -> None:
        self._lang, self._about, self._refs = lang, about, refs

    def operation(self, operation: AnyOperation) -> Json:
        """Write one operation."""
        scope = self._about.needs(operation.name)
        written: Json = {
            "operationId": operation.name,
            "tags": [operation.resource],
            "summary": self._say(f"api.{operation.name}.summary"),
            "description": self._say(f"api.{operation.name}.text"),
            "parameters": list(self._parameters(operation)),
            "security": [{BEARER: [str(scope)]}] if scope else [],
            "responses": self._responses(operation, is_open=scope is None),
        }
        if operation.takes:
            content = {media: self._taken(media, model) for media, model in operation.takes.items()}
            written["requestBody"] = {"required": True, "content": content}
        return written

    def letter(self, kind: str) -> Json:
        """Write what is posted to others, as whoever gets it has to answer."""
        name = kind.replace(".", "_")
        content = {JSON: self._given(self._about.letters[kind])}
        return {
            "operationId": f"letter_{name}",
            "tags": ["webhooks"],
            "summary": self._say(f"api_letter.{name}"),
            "description": self._say("api_letter.text"),
            "parameters": [
                self._parameter(header, "header", {"type": "string"}, required=True) for header in SIGNED
            ],
            "requestBody": {"required": True, "content": content},
            "responses": {
                "2XX": {"description": self._say("api_letter.heard")},
                "410": {"description": self._say("api_letter.gone")},
                "default": {"description": self._say("api_letter.again")},
            },
        }

    def _say(self, code: str, **params: str | int) -> str:
        return words(code, self._lang, **params)

    def _taken(self, media: str, model: type[BaseModel] | None) -> Json:
        if model is not None:
            return {"schema": self._refs[model, "validation"]}  # type: ignore[index]
        if media == FORM:
            part = {"type": "string", "format": "binary"}
            return {"schema": {"type": "object", "required": [PART], "properties": {PART: part}}}
        return {"schema": {"type": "string", "format": "binary"}}

    def _given(self, model: type[BaseModel] | None) -> Json:
        return {"schema": self._refs[model, "serialization"]} if model else {}  # type: ignore[index]

    def _parameters(self, operation: AnyOperation) -> Iterator[Json]:
        for name in operation.path_names:
            yield self._parameter(name, "path", {"type": "string", "minLength": 1}, required=True)
        whole = operation.query.model_json_schema()
        for name, schema in whole.get("properties", {}).items():
            required = name in whole.get("required", ())
            yield self._parameter(name, "query", _plain(schema, whole), required=required)
        for name, schema, required_too in _headers(operation):
            yield self._parameter(name, "header", schema, required=required_too)

    def _parameter(self, name: str, place: str, schema: Json, *, required: bool) -> Json:
        said = self._say(f"api_parameter.{name.lower().replace('-', '_')}")
        return {"name": name, "in": place, "required": required, "description": said, "schema": schema}

    def _responses(self, operation: AnyOperation, *, is_open: bool) -> Json:
        responses: Json = {str(operation.status): self._success(operation)}
        if operation.method == "GET" and operation.gives:
            responses["304"] = {"description": self._say("api.unchanged")}
        if operation.is_slow:
            headers = {name: self._header(name) for name in ("Location", "Retry-After")}
            content = {JSON: self._given(self._about.job)}
            responses["202"] = {"description": self._say("api.later"), "headers": headers, "content": content}
        for status, kind in sorted(refusals_of(operation, is_open=is_open).items()):
            responses[str(status)] = self._refusal(f"problem_title.{kind}")
        return {**responses, "default": self._refusal("api.refused")}

    def _success(self, operation: AnyOperation) -> Json:
        success: Json = {"description": self._say("api.ok")}
        if operation.gives:
            success["content"] = {media: self._given(model) for media, model in operation.gives.items()}
        names = ["ETag"] if operation.method == "GET" or operation.is_edit else []
        names += {201: ["Location"], 202: ["Location", "Retry-After"]}.get(operation.status, [])
        if names:
            success["headers"] = {name: self._header(name) for name in names}
        if operation.leads_to:
            success["links"] = {
                target: {"operationId": target, "parameters": dict(parameters)}
                for target, parameters in operation.leads_to.items()
            }
        return success

    def _header(self, name: str) -> Json:
        kind = "integer" if name == "Retry-After" else "string"
        return {
            "description": self._say(f"api_header.{name.lower().replace('-', '_')}"),
            "schema": {"type": kind},
        }

    def _refusal(self, code: str) -> Json:
        return {"description": self._say(code), "content": {MEDIA_TYPE: self._given(ProblemLines)}}


def refusals_of(operation: AnyOperation, *, is_open: bool) -> dict[int, str]:
    """Name the kinds of refusal an address has, by status: of every address, and of its own."""
    wanted: Iterable[tuple[bool, int, str]] = (
        (True, 422, "bad_input"),
        (bool(operation.gives), 406, "not_acceptable"),
        (bool(operation.path_names), 404, "not_found"),
        (not is_open, 401, "not_signed_in"),
        (not is_open, 403, "not_allowed"),
        (not is_open, 429, "too_many_requests"),
        (bool(operation.takes), 400, "not_json"),
        (bool(operation.takes), 415, "unsupported_media_type"),
        (operation.method in ("POST", "PUT", "PATCH"), 413, "too_large"),
        (operation.method == "POST", 409, "under_way"),
        (operation.is_edit, 412, "version_moved"),
        (operation.is_edit, 428, "version_not_stated"),
    )
    return {status: kind for holds, status, kind in wanted if holds} | dict(operation.refuses)


def _headers(operation: AnyOperation) -> Iterator[tuple[str, Json, bool]]:
    """Name the headers that an operation reads, with their schemas and whether they must be there."""
    if operation.method == "POST":
        yield (
            HEADER,
            {"type": "string", "minLength": 1, "maxLength": MOST_CHARACTERS, "pattern": "^[ -~]+$"},
            False,
        )
    if operation.is_edit:
        yield "If-Match", {"type": "string", "minLength": 1}, True
    if operation.is_slow:
        yield "Prefer", {"type": "string"}, False


def _plain(schema: Json, whole: Json) -> Json:
    """Write the schema of a parameter in one piece; one that may be left out is not therefore null."""
    forms = [form for form in schema.get("anyOf", [schema]) if form.get("type") != "null"]
    inner = forms[0] if len(forms) == 1 else schema
    if "$ref" in inner:
        inner = whole["$defs"][inner["$ref"].rpartition("/")[2]]
    left_out = schema.get("default") in (None, "")
    stated = inner if left_out else {**inner, "default": schema["default"]}
    return {
        key: value for key, value in stated.items() if key != "title" and not (left_out and key == "default")
    }
