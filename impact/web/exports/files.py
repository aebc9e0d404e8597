"""The allocation of a plan as a file: sent as it is written, or by a job where that takes a while."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from impact.exports.allocation import COLUMNS, lines, titles
from impact.exports.files import json_chunks, parquet_chunks, sheet_chunks
from impact.gate import actor
from impact.i18n.naming import plan_called
from impact.i18n.sentences import named
from impact.jobs.queue import Queue
from impact.reports.solved import Shelf, Solved
from impact.store.decisions.naming import PlanNames
from impact.web.files import file_to_keep
from impact.web.jobs.outcomes import job_or_404
from impact.web.language import spoken
from impact.web.plans import LANG, solved_or_404

ONE = f"{LANG}/plans/<plan_id>"
BY_JOB = ("workbook", "run")
"""Forms that take a while to write."""


@dataclass(frozen=True)
class Form:
    """A form of a file: its type, and how it is written from a plan, by its name, in a language."""

    mimetype: str
    written: Callable[[Solved, str, str], Iterator[bytes]]


def register(pages: Blueprint, shelf: Shelf, queue: Queue, names: PlanNames) -> None:
    """Add the files of plans to `pages`."""

    @pages.get(
        f"{LANG}/plans/<plan_id>/allocation.<any(csv, json, parquet):form>", endpoint="allocation_file"
    )
    def _allocation_file(plan_id: str, form: str) -> Response:
        solved = solved_or_404(shelf, plan_id)
        chunks = FORMS[form].written(solved, plan_called(names.of, plan_id, spoken()), spoken())
        return file_to_keep(chunks, FORMS[form].mimetype, f"{plan_id}-allocation.{form}")

    @pages.post(f"{ONE}/export", endpoint="export_asked")
    def _export_asked(plan_id: str) -> AnyResponse:
        form = request.form.get("form", "")
        if form not in BY_JOB:
            abort(400)
        asked = {"plan": solved_or_404(shelf, plan_id).plan_id, "form": form, "lang": spoken()}
        return redirect(url_for("web.job", job_id=queue.put("export_plan", asked, actor())), 303)

    @pages.get(f"{LANG}/exports/<export_id>", endpoint="export_file")
    def _export_file(export_id: str) -> Response:
        job = job_or_404(queue, export_id, "export_plan")
        name = str(job.result.get("file", ""))
        return file_to_keep(queue.file(export_id, name) or abort(404), "application/octet-stream", name)


def _csv(solved: Solved, _name: str, lang: str) -> Iterator[bytes]:
    return sheet_chunks(titles(lang), lines(solved, lang))


def _json(solved: Solved, name: str, lang: str) -> Iterator[bytes]:
    head = {
        "plan": solved.plan_id,
        "name": name,
        "programme": named(solved.programme, lang),
        "status": solved.plan.status,
        "columns": dict(zip(COLUMNS, titles(lang), strict=True)),
    }
    return json_chunks(head, COLUMNS, lines(solved, lang))


def _parquet(solved: Solved, _name: str, lang: str) -> Iterator[bytes]:
    columns = list(zip(*lines(solved, lang), strict=True)) or [()] * len(COLUMNS)
    return parquet_chunks(dict(zip(COLUMNS, columns, strict=True)))


FORMS: Mapping[str, Form] = {
    "csv": Form("text/csv", _csv),
    "json": Form("application/json", _json),
    "parquet": Form("application/vnd.apache.parquet", _parquet),
}
