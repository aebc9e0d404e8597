"""A small bundle as files, to be spoiled one file at a time."""

import json
from pathlib import Path

DOCUMENT = {
    "format": "impact-problem/1",
    "rules": [{"id": "rural-floor", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.3}],
}
FILES = {
    "problem.json": json.dumps(DOCUMENT),
    "producers.csv": "producer_id,capacity,type\nhill,100,rural\ntown,,urban\n",
    "products.csv": "product_id,producer_id,capacity\ntea,hill,\nlamp,town,80\n",
    "placements.csv": "placement_id,supply,channel\nlive,100,livestream\n",
    "links.csv": "product_id,placement_id,value,quality\ntea,live,0.5,0.9\nlamp,live,1.0,0.5\n",
}


def folder_of(folder: Path, **changes: str | bytes | None) -> Path:
    """Write the small bundle, with files replaced or (None) left out; `links` means links.csv."""
    names = {name.split(".")[0]: name for name in FILES}
    files = FILES | {names.get(name, name): content for name, content in changes.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        if content is not None:
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def document_with(**changes: object) -> str:
    """Return problem.json of the small bundle, changed."""
    return json.dumps(DOCUMENT | changes)
