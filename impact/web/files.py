"""Files to keep: answers that a browser saves under a name, in whatever script that is."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from flask import Response

HARMFUL = re.compile(r"[^A-Za-z0-9._-]+")


def file_to_keep(content: bytes | str | Iterator[bytes], mimetype: str, name: str) -> Response:
    """Answer with a file named `name`; headers hold plain letters alone, so others are sent quoted."""
    response = Response(content, mimetype=mimetype)
    names = {"filename": HARMFUL.sub("_", name), "filename*": f"UTF-8''{quote(name, safe='')}"}
    response.headers.set("Content-Disposition", "attachment", **names)
    return response
