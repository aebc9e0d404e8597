"""What the API says of itself: its specification, a page to read it by, and whether it is well."""

import json
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import Any, Literal

from flask import Response, render_template, request
from pydantic import BaseModel, ConfigDict

from impact.api.contract import JSON, Asked, NoQuery, Operation, specification
from impact.api.delivery import deliver, deliver_text
from impact.i18n.wording import words
from impact.reports.solved import Shelf

HTML = "text/html"


class Health(BaseModel):
    """Whether plans can be shown, and how many there are."""

    model_config = ConfigDict(extra="forbid")

    status: Literal["ok"]
    version: str
    plans: int


class Specification(BaseModel):
    """An OpenAPI 3.1 document."""

    model_config = ConfigDict(extra="allow")

    openapi: str


def operations(shelf: Shelf) -> Iterable[Operation[NoQuery]]:
    """Say whether plans can be shown."""

    def health(asked: Asked[NoQuery]) -> Response:
        well = Health(status="ok", version=version("impact"), plans=len(shelf.ids()))
        return deliver(well, asked.media)

    yield Operation("health", "/health", health, NoQuery, {JSON: Health})


def about(others: Sequence[Operation[Any]]) -> Sequence[Operation[Any]]:
    """Describe `others` and the descriptions themselves."""

    def openapi(asked: Asked[NoQuery]) -> Response:
        return deliver_text(json.dumps(specified(asked.lang), ensure_ascii=False), asked.media)

    def docs(asked: Asked[NoQuery]) -> Response:
        page = render_template("reference.html", spec=specified(asked.lang), lang=asked.lang, words=words)
        return deliver_text(page, f"{HTML}; charset=utf-8")

    def specified(lang: str) -> dict[str, Any]:
        server = request.path.rpartition("/")[0]
        return specification([*others, *descriptions], lang, server)

    descriptions = [
        Operation("openapi", "/openapi.json", openapi, NoQuery, {JSON: Specification}),
        Operation("docs", "/docs", docs, NoQuery, {HTML: None}),
    ]
    return descriptions
