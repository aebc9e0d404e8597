"""What the forms of imports say: a file or a pasted table, how to read it, and what its headers mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

from impact.catalog.files.limits import LIMITS
from impact.catalog.report import HeaderLine
from impact.errors import BadInput, Issue
from impact.i18n import words
from impact.web.language import spoken

HOW = ("encoding", "delimiter", "sheet")
"""What can be said of how to read a file; left empty it is found out."""
LONGEST_NAME = 200
MARKS = {"comma": ",", "tab": "\t", "semicolon": ";", "pipe": "|"}
"""Signs between cells, as forms send them: browsers do not send all of them as they are."""


@dataclass(frozen=True)
class Upload:
    """What somebody sent to be read: `name` is the file's, or says that it was pasted."""

    name: str
    body: bytes


def uploaded() -> Upload:
    """Read the file of the form, or else the table pasted into it.

    Raises
    ------
    BadInput
        There is neither, or the file is too large.
    """
    file, text = request.files.get("file"), request.form.get("pasted", "")
    if file and file.filename:
        body = file.stream.read(LIMITS.file_bytes + 1)
        if len(body) > LIMITS.file_bytes:
            params = {"found": len(body), "most": LIMITS.file_bytes}
            raise BadInput([Issue("file_too_large", params=params)])
        return Upload(file.filename[-LONGEST_NAME:], body)
    if text.strip():
        return Upload(words("imports.pasted_name", spoken()), text.encode())
    raise BadInput([Issue("nothing_sent")])


def how_to_read() -> dict[str, object]:
    """Read what the form says of encoding, delimiter and sheet; empty fields say nothing."""
    said = {name: request.form.get(name, "") for name in HOW}
    said["delimiter"] = MARKS.get(said["delimiter"], said["delimiter"])
    return {name: value for name, value in said.items() if value}


def meant(mapping: Sequence[HeaderLine]) -> dict[str, str]:
    """Read what each header means: fields go by its place, since a header may be anything."""
    said: Mapping[str, str] = request.form
    return {
        line.header: said[f"means-{place}"] for place, line in enumerate(mapping) if f"means-{place}" in said
    }
