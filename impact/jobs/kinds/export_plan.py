"""Write a plan as a file that takes a while: a workbook of all its lines, or the run that can be verified."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from impact.errors import Issue, Unknown
from impact.exports.allocation import given, lines, titles
from impact.exports.files import write_workbook
from impact.exports.runs import write_run
from impact.i18n.wording import words
from impact.jobs.asked import ExportAsked
from impact.jobs.desk import Desk, Done, Stopped
from impact.reports.solved import Solved
from impact.store.queue.jobs import JobStatus
from impact.store.queue.leases import Ending, Progress
from impact.store.solved.plans import PlanShelf

AT_ONCE = 1_000
"""After so many rows it is told how far the file is."""
LOADED = 0.1
NAMES = {"workbook": "allocation.xlsx", "run": "run.zip"}
T = TypeVar("T")


def run(desk: Desk, asked: ExportAsked) -> Done:
    """Write the file; what is handed in is named as people keep it."""
    watch = desk.stopwatch(load=LOADED, write=1 - LOADED)
    with watch.stage("load"):
        solved = PlanShelf(desk.engine).get(asked.plan)
    if solved is None:
        raise Unknown([Issue("plan_unknown", params={"value": asked.plan})])
    name = f"{asked.plan}-{NAMES[asked.form]}"
    with watch.stage("write"):
        _write(desk, solved, asked, desk.folder / NAMES[asked.form])
    files = {name: (desk.folder / NAMES[asked.form]).read_bytes()}
    return Done(
        Ending(JobStatus.SUCCEEDED, {"file": name, "files": [name]}, seconds=dict(watch.seconds), files=files)
    )


def _write(desk: Desk, solved: Solved, asked: ExportAsked, file: Path) -> None:
    if asked.form == "run":
        write_run(solved, file)
        return
    rows = _told(desk, lines(solved, asked.lang), len(given(solved)))
    write_workbook(file, words("export.sheet", asked.lang), titles(asked.lang), rows)


def _told(desk: Desk, rows: Iterable[T], total: int) -> Iterator[T]:
    """Pass rows on, telling how far they are; raises `Stopped` as soon as somebody said stop."""
    for number, row in enumerate(rows):
        if number % AT_ONCE == 0:
            if desk.cancelled():
                raise Stopped
            desk.tell(Progress("write", LOADED + (1 - LOADED) * number / total))
        yield row
