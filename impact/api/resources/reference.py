"""What the API says of itself: its specification, a page to read it by, and whether it is well."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import version
from typing import Literal

from flask import Response, render_template, request
from pydantic import BaseModel, ConfigDict

from impact.access import Scope
from impact.api.contract.delivery import deliver, deliver_text
from impact.api.contract.operation import (
    FORBID,
    JSON,
    AnyOperation,
    Asked,
    Json,
    NoBody,
    NoQuery,
    Operation,
    Operations,
)
from impact.api.contract.specification import About, specification
from impact.api.resources.letters import LETTERS
from impact.api.service import Service
from impact.i18n.wording import words

HTML = "text/html"


class Health(BaseModel):
    """Whether plans can be shown, and how many there are."""

    model_config = FORBID

    status: Literal["ok"]
    version: str
    plans: int


class Specification(BaseModel):
    """An OpenAPI 3.1 document."""

    model_config = ConfigDict(extra="allow")

    openapi: str


def operations(service: Service) -> Iterator[AnyOperation]:
    """Say whether plans can be shown."""

    def health(asked: Asked[NoQuery, NoBody]) -> Response:
        well = Health(status="ok", version=_version(), plans=len(service.shelf.ids()))
        return deliver(well, asked.media)

    yield Operation("health", "/health", health, NoQuery, {JSON: Health}, is_remembered=True)


@cache
def _version() -> str:
    return version("impact")


def about(others: Operations, needs: Callable[[str], Scope | None], job: type[BaseModel]) -> Operations:
    """Describe `others` and the descriptions themselves; `needs` and `job` are as in `About`."""

    def openapi(asked: Asked[NoQuery, NoBody]) -> Response:
        return deliver_text(json.dumps(_specified(asked.lang), ensure_ascii=False), asked.media)

    def docs(asked: Asked[NoQuery, NoBody]) -> Response:
        return deliver_text(page(asked.lang, request.path.rpartition("/")[0]), f"{HTML}; charset=utf-8")

    @cache
    def page(lang: str, server: str) -> str:
        return render_template("reference.html", spec=specified(lang, server), lang=lang, words=words)

    def _specified(lang: str) -> Json:
        return specified(lang, request.path.rpartition("/")[0])

    @cache
    def specified(lang: str, server: str) -> Json:
        told = About(server, _version(), needs, job, LETTERS)
        return specification([*others, *descriptions], lang, told)

    descriptions = [
        Operation("openapi", "/openapi.json", openapi, NoQuery, {JSON: Specification}),
        Operation("docs", "/docs", docs, NoQuery, {HTML: None}),
    ]
    return descriptions
