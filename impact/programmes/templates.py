"""Templates: programmes to begin from, as documents whose days are counted from the day one begins.

A day is written ``+30``: thirty days after the start. What a template holds can be changed in what it makes.
"""

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from impact.errors import BadInput, Issue
from impact.programmes.document import Names, ProgrammeDocument
from impact.programmes.reading import read_document

FOLDER = "programmes"
DAYS = re.compile(r"\+(\d{1,5})")
Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
Part = TypeVar("Part", bound=Json)


def template_names(data: Path) -> tuple[str, ...]:
    """Name the templates in the data folder, in order."""
    return tuple(sorted(path.stem for path in (data / FOLDER).glob("*.json")))


def drafted(
    data: Path, template: str, programme_id: str, start: date, name: Names | None = None
) -> ProgrammeDocument:
    """Begin a programme from a template on a day; it has the template's name where none is given.

    Raises
    ------
    BadInput
        There is no such template.
    """
    if template not in template_names(data):
        known = ", ".join(template_names(data))
        raise BadInput([Issue("template_unknown", params={"value": template, "known": known})])
    path = data / FOLDER / f"{template}.json"
    content = _dated(json.loads(path.read_text("utf-8")), start)
    own: Mapping[str, Json] = {"programme_id": programme_id, "month": start.month}
    named: Mapping[str, Json] = {"name": name.model_dump()} if name else {}
    return read_document(json.dumps({**content, **own, **named}), path.name)


def blank(programme_id: str, name: Names, start: date) -> ProgrammeDocument:
    """Begin a programme from nothing: no goal yet, everybody in, no rule."""
    return ProgrammeDocument(
        format="impact-programme/1", programme_id=programme_id, name=name, month=start.month
    )


def _dated(part: Part, start: date) -> Part:
    """Turn days counted from the start into dates, wherever they stand."""
    if isinstance(part, dict):
        return {key: _dated(value, start) for key, value in part.items()}  # type: ignore[return-value]
    if isinstance(part, list):
        return [_dated(value, start) for value in part]  # type: ignore[return-value]
    days = DAYS.fullmatch(part) if isinstance(part, str) else None
    return (start + timedelta(int(days[1]))).isoformat() if days else part  # type: ignore[return-value]
