"""Catalogs: a partner's file is checked, taken over and undone; what is to be mended comes back as a file."""

from collections.abc import Iterator
from typing import Annotated, Literal

from flask import Response
from pydantic import BaseModel, Field

from impact.access import Actor
from impact.api.contract.bodies import FORM
from impact.api.contract.delivery import deliver, stated
from impact.api.contract.operation import (
    FORBID,
    JSON,
    AnyOperation,
    Asked,
    Because,
    NoBody,
    NoQuery,
    Operation,
    Plain,
    Upload,
)
from impact.api.contract.refusals import Refused
from impact.api.resources.jobs import JobView, accepted
from impact.api.service import Service
from impact.store.lists.imports import Import

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTES = "application/octet-stream"
MOST_BYTES = 64 * 2**20
Name = Annotated[Plain, Field(min_length=1, max_length=200)]


class OfPartner(NoQuery):
    """Whose files; a token that is bound to a partner need not say."""

    partner: Name | None = None


class Taking(OfPartner):
    """Whose file it is, what it is called, how it is read, and what is done with it."""

    name: Name = "upload"
    encoding: Name | None = None
    delimiter: Annotated[Plain, Field(min_length=1, max_length=1)] | None = None
    sheet: Name | None = None
    do: Literal["check", "commit", "commit_good_rows"] = "check"
    retire_absent: Literal["true", "false"] = "false"
    note: Annotated[Plain, Field(max_length=2000)] = ""


class ImportView(BaseModel):
    """A file that was taken over: what it changed, by outcome; `undone_at` is null while it holds.

    `note` and `undone_because` are what was said when it was saved and undone, empty where nothing was.
    """

    model_config = FORBID

    import_id: str
    partner: str
    file: str
    sha256: str
    counts: dict[str, int]
    imported_at: str
    undone_at: str | None
    note: str
    undone_because: str


class ImportList(BaseModel):
    """The files of a partner that were taken over, the newest first."""

    model_config = FORBID

    items: list[ImportView]


def operations(service: Service) -> Iterator[AnyOperation]:
    """Take partners' files."""

    def upload(asked: Asked[Taking, Upload]) -> Response:
        query, sent = asked.query, asked.body
        how = {
            "file": sent.name or query.name,
            "encoding": query.encoding,
            "delimiter": query.delimiter,
            "sheet": query.sheet,
            "dry": query.do == "check",
            "partly": query.do == "commit_good_rows",
            "retire_absent": query.retire_absent == "true",
            "note": query.note,
            "lang": asked.lang,
        }
        partner, files = _partner(query, asked.who), {"file": sent.path.read_bytes()}
        job_id = service.queue.put("import_file", how, asked.who, partner=partner, files=files)
        job = service.queue.get(job_id)
        assert job is not None
        return accepted(job, asked.lang)

    def imports(asked: Asked[OfPartner, NoBody]) -> Response:
        found = service.imports.of(_partner(asked.query, asked.who))
        return deliver(ImportList(items=list(map(_shown, found))), asked.media)

    def undo(asked: Asked[Because, NoBody]) -> Response:
        import_id = asked.path["import_id"]
        known = service.imports.get(import_id)
        if known is None or not asked.who.sees(known.arrival.partner):
            raise Refused("noun_not_found", 404, name=import_id)
        return stated(_shown(service.imports.undo(import_id, asked.who, asked.query.reason)))

    files = {CSV: None, XLSX: None, BYTES: None, FORM: None}
    yield Operation(
        "upload_catalog",
        "/catalogs",
        upload,
        Taking,
        {JSON: JobView},
        "POST",
        files,
        202,
        most_bytes=MOST_BYTES,
        refuses={404: "unknown", 409: "conflict"},
    )
    yield Operation("imports", "/catalogs", imports, OfPartner, {JSON: ImportList})
    yield Operation(
        "undo_import", "/catalogs/{import_id}/undo", undo, Because, {JSON: ImportView}, method="POST"
    )


def _partner(query: OfPartner, who: Actor) -> str:
    """Return whose files are meant; those of another partner are not there."""
    partner = query.partner or who.partner or ""
    if partner and not who.sees(partner):
        raise Refused("noun_not_found", 404, name=partner)
    return partner


def _shown(done: Import) -> ImportView:
    return ImportView(
        import_id=done.import_id or "",
        partner=done.arrival.partner,
        file=done.arrival.file,
        sha256=done.arrival.sha256,
        counts=dict(done.counts),
        imported_at=done.imported_at,
        undone_at=done.undone_at,
        note=done.note,
        undone_because=done.undone_because,
    )
