"""Problem documents (RFC 9457): one form for everything refused, over HTTP and on the command line."""

import re
from collections.abc import Iterable

from impact.errors import Issue, Param
from impact.i18n.issues import say
from impact.i18n.wording import words

MEDIA_TYPE = "application/problem+json"
WHOLE = "#"
"""What an issue names as its file that is about the document just sent."""


def problem_details(
    kind: str, status: int, lang: str, issues: Iterable[Issue] = (), **params: Param
) -> dict[str, object]:
    """Describe a refusal of `kind` in `lang`; every issue becomes an error with its place.

    `type` is stable; `title` and `detail` are for people.
    """
    errors = [error_of(issue, lang) for issue in issues]
    return {
        "type": f"urn:impact:problem:{kind.replace('_', '-')}",
        "title": words(f"problem_title.{kind}", lang),
        "status": status,
        "detail": words(f"problem_detail.{kind}", lang, **{"count": len(errors), **params}),
        "errors": errors,
    }


def error_of(issue: Issue, lang: str) -> dict[str, object]:
    """Describe one issue with its place."""
    if issue.file == WHOLE:
        places: dict[str, str | int | None] = {"pointer": _pointer(issue) or WHOLE}
    else:
        column = "parameter" if issue.file is None else "column"
        places = {"file": issue.file, "row": issue.row, column: issue.column, "pointer": _pointer(issue)}
    stated = {name: place for name, place in places.items() if place is not None}
    return {"code": issue.code, "detail": say(issue, lang), **stated, "params": dict(issue.params)}


def _pointer(issue: Issue) -> str | None:
    """Write the place in a JSON document as a JSON pointer: rules[3].share is #/rules/3/share."""
    if issue.column is None or issue.row is not None or not (issue.file or "").endswith((".json", WHOLE)):
        return None
    steps = re.split(r"[.\[]", issue.column.replace("]", ""))
    return "#/" + "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps)
