"""What pydantic refuses, as issues that point at the place: rules[3].share."""

import re
from collections.abc import Collection, Mapping, Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from impact.errors import Issue, Param

MOST_TEXT = 100
Loc = Sequence[str | int]

_ALTERNATIVE = re.compile(r"constrained-\w+|(dict|list|literal)\[.*|str|float|one|several")
"""How pydantic names, inside a place, which form of a value it tried."""
_TYPES = {"bool": "boolean", "dict": "object", "float": "number", "int": "integer", "string": "string"}
_JSON_TYPES = {**_TYPES, "list": "array", "tuple": "array", "model": "object", "dataclass": "object"}


def pointed(error: ValidationError, file: str | None) -> list[Issue]:
    """Turn every error of `error` into an issue of `file`; `column` points into the document."""
    found = [_issue(detail, file) for detail in error.errors(include_url=False)]
    first = {issue.column: issue for issue in reversed(found)}
    return [issue for issue in first.values() if not _deeper(issue.column, first)][::-1]


def pointer(loc: Loc) -> str:
    """Write a place in a document as people do: ``rules[3].share``."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    return path.removeprefix(".")


def shown(value: object) -> str:
    """Show a value in an error, cut where it is long."""
    text = str(value)
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}…"


def _issue(detail: ErrorDetails, file: str | None) -> Issue:
    code, params = _code(detail)
    return Issue(code, file=file, column=pointer(_place(detail)) or None, params=params)


def _code(detail: ErrorDetails) -> tuple[str, Mapping[str, Param]]:
    context, value = detail.get("ctx", {}), shown(detail["input"])
    match detail["type"]:
        case "missing" | "union_tag_not_found":
            return "field_missing", {}
        case "extra_forbidden" | "unexpected_keyword_argument":
            return "field_unknown", {}
        case "json_invalid":
            return "not_json", {"reason": str(context.get("error", ""))}
        case "union_tag_invalid":
            known = str(context["expected_tags"]).replace("'", "")
            return "rule_kind_unknown", {"value": str(context["tag"]), "known": known}
        case kind:
            return _value_code(kind, context, value, detail["msg"])


def _wrong_type(kind: str) -> str | None:
    """Name the JSON type that an error of this kind asks for, if it is about the type."""
    asked, _, fault = kind.partition("_")
    return _JSON_TYPES.get(asked) if fault in ("type", "parsing", "from_float") else None


def _value_code(
    kind: str, context: Mapping[str, object], value: str, reason: str
) -> tuple[str, Mapping[str, Param]]:
    match kind:
        case "greater_than" | "greater_than_equal":
            return "field_too_small", {"value": value, "least": str(context.get("ge", context.get("gt")))}
        case "less_than" | "less_than_equal":
            return "field_too_large", {"value": value, "most": str(context.get("le", context.get("lt")))}
        case "literal_error":
            return "field_not_one_of", {"value": value, "known": str(context["expected"]).replace("'", "")}
        case "finite_number":
            return "not_finite", {"value": value}
        case _ if expected := _wrong_type(kind):
            return "field_wrong_type", {"value": value, "expected": expected}
        case _:
            return "field_not_valid", {"value": value, "reason": reason.removeprefix("Value error, ")}


def _deeper(column: str | None, columns: Collection[str | None]) -> bool:
    """Tell whether another place inside `column` says more: one form of the value came further."""
    return column is not None and any(other and other.startswith(f"{column}.") for other in columns)


def _place(detail: ErrorDetails) -> Loc:
    """Leave out what pydantic adds to a place: a rule's kind behind its number, the form it tried."""
    loc = detail["loc"]
    at = loc.index("rules") if "rules" in loc else len(loc)
    if len(loc) > at + 2 and isinstance(loc[at + 1], int):
        loc = (*loc[: at + 2], *loc[at + 3 :])
    place = [step for step in loc if isinstance(step, int) or not _ALTERNATIVE.fullmatch(step)]
    return [*place, "kind"] if detail["type"].startswith("union_tag") else place
