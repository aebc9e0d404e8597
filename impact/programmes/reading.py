"""A programme's document: JSON with names, month, rules and seed."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from impact.errors import BadInput, Issue, Param
from impact.model import Programme

CODES = {"missing": "field_missing", "extra_forbidden": "field_unknown", "json_invalid": "not_json"}
STRICT = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)
Text = Annotated[str, Field(min_length=1)]


class Names(BaseModel):
    """A programme's name in each language."""

    model_config = STRICT

    zh: Text
    en: Text


class ProgrammeDocument(BaseModel):
    """The content of programme.json; each rule is as in the bundle's problem.json and checked there."""

    model_config = STRICT

    format: Literal["impact-programme/1"]
    programme_id: Text
    name: Names
    month: int = Field(ge=1, le=12)
    rules: tuple[dict[str, object], ...] = ()
    seed: int = Field(default=0, ge=0)


def read_programme(path: Path) -> Programme:
    """Read the programme in a file.

    Raises
    ------
    BadInput
        With every field that is missing, unknown or not usable, each pointed at.
    """
    if not path.is_file():
        raise BadInput([Issue("file_missing", file=path.name)])
    try:
        document = ProgrammeDocument.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise BadInput(_issue(path.name, fault) for fault in error.errors(include_url=False)) from error
    return Programme(
        programme_id=document.programme_id,
        name_zh=document.name.zh,
        name_en=document.name.en,
        month=document.month,
        rules=document.rules,
        seed=document.seed,
    )


def _issue(file: str, fault: ErrorDetails) -> Issue:
    code = CODES.get(fault["type"], "field_not_valid")
    place = ".".join(str(step) for step in fault["loc"]) or None
    params: dict[str, Param] = {} if code in ("field_missing", "field_unknown") else {"reason": fault["msg"]}
    if code == "field_not_valid":
        params["value"] = str(fault["input"])
    return Issue(code, file, column=place, params=params)
