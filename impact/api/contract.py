"""The contract of an address: what it takes and gives, used to answer it and to write the specification."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Generic, TypeVar

from flask import Blueprint, Response, request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.json_schema import models_json_schema

from impact.api.refusals import ProblemLines, Refused, language
from impact.bundles.pointed import pointed
from impact.i18n.problems import MEDIA_TYPE
from impact.i18n.wording import words

JSON = "application/json"
REFUSALS = {404: "not_found", 406: "not_acceptable", 422: "bad_input"}


def _only_digits(value: object) -> object:
    if isinstance(value, str) and not (value.isascii() and value.isdigit()):
        raise ValueError("Expected digits only.")
    return value


class NoQuery(BaseModel):
    """An address without query parameters."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Page(NoQuery):
    """Which part of a list: `limit` items from where the page before ended."""

    limit: Annotated[int, Field(ge=1, le=100), BeforeValidator(_only_digits)] = 20
    cursor: Annotated[str, Field(pattern="^[0-9]{1,12}$")] = ""


Query = TypeVar("Query", bound=NoQuery)


@dataclass(frozen=True)
class Asked(Generic[Query]):
    """A request as checked against its contract."""

    path: Mapping[str, str]
    query: Query
    media: str
    lang: str


@dataclass(frozen=True)
class Operation(Generic[Query]):
    """GET on one address; `gives` maps each media type to its schema, None for text and bytes."""

    name: str
    path: str
    answer: Callable[[Asked[Query]], Response]
    query: type[Query]
    gives: Mapping[str, type[BaseModel] | None]

    @property
    def path_names(self) -> list[str]:
        """The names in braces."""
        return [part[1:-1] for part in self.path.split("/") if part.startswith("{")]


def serve(blueprint: Blueprint, operation: Operation[Query]) -> None:
    """Answer `operation`, and nothing but what it allows, at its address."""
    rule = operation.path.replace("{", "<").replace("}", ">")
    view = partial(_answer, operation)
    blueprint.add_url_rule(rule, operation.name, view, methods=["GET"], provide_automatic_options=False)


def _answer(operation: Operation[Query], **path: str) -> Response:
    media = _media(operation.gives)
    return operation.answer(Asked(path, _query(operation.query), media, language()))


def _media(given: Mapping[str, object]) -> str:
    """Choose the form the client likes best; the first where it does not say."""
    if not request.accept_mimetypes:
        return next(iter(given))
    chosen = request.accept_mimetypes.best_match(given)
    if chosen is None:
        raise Refused("not_acceptable", 406, known=", ".join(given))
    return chosen


def _query(model: type[Query]) -> Query:
    stated = {name: values[0] if len(values) == 1 else values for name, values in request.args.lists()}
    try:
        return model.model_validate(stated)
    except ValidationError as error:
        raise Refused("bad_input", 422, pointed(error, None)) from error


def specification(operations: Sequence[Operation[NoQuery]], lang: str, server: str) -> dict[str, object]:
    """Write the OpenAPI 3.1 document of `operations`, its prose in `lang`."""
    models: list[type[BaseModel]] = [ProblemLines]
    models += [model for operation in operations for model in operation.gives.values() if model]
    _, schemas = models_json_schema(
        [(model, "validation") for model in models], ref_template="#/components/schemas/{model}"
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": words("api.title", lang), "version": "1", "description": words("api.text", lang)},
        "servers": [{"url": server}],
        "paths": {operation.path: {"get": _operation(operation, lang)} for operation in operations},
        "components": {"schemas": schemas["$defs"]},
    }


def _operation(operation: Operation[NoQuery], lang: str) -> dict[str, object]:
    given = {media: _content(model) for media, model in operation.gives.items()}
    refused = {MEDIA_TYPE: _content(ProblemLines)}
    kinds = REFUSALS if operation.path_names else {code: REFUSALS[code] for code in (406, 422)}
    return {
        "operationId": operation.name,
        "summary": words(f"api.{operation.name}.summary", lang),
        "description": words(f"api.{operation.name}.text", lang),
        "parameters": list(_parameters(operation, lang)),
        "responses": {
            "200": {"description": words("api.ok", lang), "content": given},
            "304": {"description": words("api.unchanged", lang)},
            **{
                str(code): {"description": words(f"problem_title.{kind}", lang), "content": refused}
                for code, kind in kinds.items()
            },
            "default": {"description": words("api.refused", lang), "content": refused},
        },
    }


def _content(model: type[BaseModel] | None) -> dict[str, object]:
    return {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}} if model else {}


def _parameters(operation: Operation[NoQuery], lang: str) -> Iterator[dict[str, object]]:
    for name in operation.path_names:
        text = words(f"api_parameter.{name}", lang)
        schema = {"type": "string", "minLength": 1}
        yield {"name": name, "in": "path", "required": True, "description": text, "schema": schema}
    for name, schema in operation.query.model_json_schema().get("properties", {}).items():
        text = words(f"api_parameter.{name}", lang)
        stated = {key: value for key, value in schema.items() if key not in ("title", "default")}
        yield {"name": name, "in": "query", "required": False, "description": text, "schema": stated}
