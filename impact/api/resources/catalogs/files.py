"""Lists as files: an empty one to fill in, and what a partner lists, to be changed and sent again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Response

from impact.api.contract.delivery import deliver_stream
from impact.api.contract.operation import AnyOperation, Asked, NoBody, NoQuery, Operation
from impact.api.contract.refusals import Refused
from impact.api.resources.catalogs.sending import CSV, XLSX
from impact.api.service import Service
from impact.catalog.export import export_csv, export_rows, export_xlsx
from impact.catalog.listing import Listing
from impact.catalog.templates import template_csv

TYPES: Mapping[str, str] = {CSV: f"{CSV}; charset=utf-8", XLSX: XLSX}
WRITE: Mapping[str, Callable[[Path, Sequence[Listing], str], None]] = {CSV: export_csv, XLSX: export_xlsx}
SUFFIX: Mapping[str, str] = {CSV: "csv", XLSX: "xlsx"}


def operations(service: Service) -> Iterator[AnyOperation]:
    """Give lists as files."""

    def template(asked: Asked[NoQuery, NoBody]) -> Response:
        content = _written("csv", lambda file: template_csv(file, asked.lang))
        return deliver_stream([content], TYPES[CSV], f"template-{asked.lang}")

    def export(asked: Asked[NoQuery, NoBody]) -> Response:
        partner, media = asked.path["partner"], asked.media
        if not asked.who.sees(partner):
            raise Refused("noun_not_found", 404, name=partner)
        listings = service.imports.listings(service.directory.get(partner).partner_id)
        content = _written(SUFFIX[media], lambda file: WRITE[media](file, listings, asked.lang))
        response = deliver_stream([content], TYPES[media], f"{_mark(listings, asked.lang)}-{SUFFIX[media]}")
        response.headers.set("Content-Disposition", "attachment", filename=f"{partner}.{SUFFIX[media]}")
        return response

    yield Operation("template", "/catalogs/template", template, NoQuery, {CSV: None})
    yield Operation(
        "export_catalog",
        "/catalogs/{partner}/export",
        export,
        NoQuery,
        {CSV: None, XLSX: None},
        refuses={404: "unknown"},
    )


def _written(suffix: str, write: Callable[[Path], None]) -> bytes:
    with TemporaryDirectory(prefix="impact-") as folder:
        file = Path(folder) / f"list.{suffix}"
        write(file)
        return file.read_bytes()


def _mark(listings: Sequence[Listing], lang: str) -> str:
    """Return the version of what is listed; a workbook of the same has other bytes each time."""
    return sha256("\n".join(map(repr, export_rows(listings, lang))).encode()).hexdigest()
