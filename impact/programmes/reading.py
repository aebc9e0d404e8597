"""Reading: a programme's document from JSON, or every field of it that has to be mended."""

from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from impact.errors import BadInput, Issue, Param
from impact.model import Programme
from impact.programmes.document import ProgrammeDocument

CODES = {"missing": "field_missing", "extra_forbidden": "field_unknown", "json_invalid": "not_json"}
FILE = "programme.json"


def read_programme(path: Path) -> Programme:
    """Read what the programme in a file asks of the engine; raises as `read_document` does."""
    if not path.is_file():
        raise BadInput([Issue("file_missing", file=path.name)])
    return read_document(path.read_bytes(), path.name).programme


def read_document(content: bytes | str, file: str = FILE) -> ProgrammeDocument:
    """Read a programme's document from JSON.

    Raises
    ------
    BadInput
        With every field that is missing, unknown or not usable, each pointed at in `file`.
    """
    try:
        return ProgrammeDocument.model_validate_json(content)
    except ValidationError as error:
        raise BadInput(_issue(file, fault) for fault in error.errors(include_url=False)) from error


def _issue(file: str, fault: ErrorDetails) -> Issue:
    code = CODES.get(fault["type"], "field_not_valid")
    place = ".".join(str(step) for step in fault["loc"]) or None
    params: dict[str, Param] = {} if code in ("field_missing", "field_unknown") else {"reason": fault["msg"]}
    if code == "field_not_valid":
        params["value"] = str(fault["input"])
    return Issue(code, file, column=place, params=params)
