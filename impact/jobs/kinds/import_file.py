"""Check a partner's file, and take over what it changes; the report of the check comes of it either way."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import file_digest

from sqlalchemy import Connection

from impact.catalog.checking.examine import Findings
from impact.catalog.differences import Change, Outcome
from impact.catalog.rejected import REASON, Rejected, write_table
from impact.catalog.report import check_document
from impact.config import DATA
from impact.errors import Issue
from impact.i18n.issues import say
from impact.intake import Asked as HowToRead
from impact.intake import Intake, open_intake
from impact.jobs.asked import ImportAsked
from impact.jobs.desk import Desk, Done, Kept, Overtaken, Stopped
from impact.jobs.spool import Spool
from impact.memory import steady
from impact.reference import read_reference
from impact.store.database import reading
from impact.store.entries import Entry
from impact.store.lists.headers import remembered
from impact.store.lists.imports import Arrival, state_of
from impact.store.lists.listings import Listings
from impact.store.lists.taking_over import commit_within
from impact.store.queue.jobs import JobStatus
from impact.store.queue.leases import Ending
from impact.store.turns import Turn, take_turn

FILE, REPORT, REJECTED = "file", "check.json", "rejected.csv"


@dataclass(frozen=True)
class Checked:
    """A file beside what its partner listed then (`state`): what it changes, and what is to be mended."""

    intake: Intake
    state: object
    changes: Iterable[Entry]
    """None for a dry run."""
    findings: Findings
    files: Mapping[str, bytes]

    @property
    def num_rejected(self) -> int:
        return self.findings.outcomes[Outcome.REJECTED]


def run(desk: Desk, asked: ImportAsked) -> Done:
    """Check the file beside what the partner lists, and hand in what it changes: all of it, or none.

    A row that is rejected may be of a product that then seems absent, so nothing is taken away beside it.
    """
    watch = desk.stopwatch(read=0.3, check=0.5, keep=0.2)
    with watch.stage("read"):
        intake = _opened(desk, asked)
    with watch.stage("check"):
        found = _checked(desk, asked, intake)
    with watch.stage("keep"):
        arrival = _arrival(desk, asked, intake)
    done = Ending(
        JobStatus.SUCCEEDED,
        {"files": sorted(found.files), "rejected": found.num_rejected},
        seconds=dict(watch.seconds),
        files=found.files,
    )
    if asked.dry:
        return Done(done)
    if found.findings.num_errors and not asked.partly:
        issue = Issue("rows_to_mend", params={"count": found.num_rejected})
        return Done(replace(done, status=JobStatus.FAILED, issues=(issue,)))
    if found.findings.num_errors and asked.retire_absent:
        issue = Issue("absent_unsure", params={"count": found.num_rejected})
        return Done(replace(done, status=JobStatus.FAILED, issues=(issue,)))
    keep = partial(_keep, found, arrival, desk, asked)
    return Done(done, keep)


def _keep(found: Checked, arrival: Arrival, desk: Desk, asked: ImportAsked, connection: Connection) -> Kept:
    """Write what the file changes, if what it was checked beside is still so, in the name of who asked."""
    take_turn(connection, Turn.LISTINGS, arrival.partner)
    if state_of(connection, arrival.partner) != found.state:
        raise Overtaken
    done = commit_within(
        connection,
        arrival,
        lambda _: found.changes,
        desk.job.asker,
        retiring=asked.retire_absent,
        reason=asked.note,
        job=desk.job.job_id,
    )
    return {"import": done.import_id, "counts": dict(done.counts)}


def _checked(desk: Desk, asked: ImportAsked, intake: Intake) -> Checked:
    findings, back, partner = Findings(), Rejected(partial(say, lang=asked.lang)), desk.job.partner or ""
    with reading(desk.engine) as connection:
        state, listings = state_of(connection, partner), Listings(connection, partner)
        found = _until_stopped(desk, intake.changes(listings, findings, back.add, counting=asked.dry))
        changes = _gone_through(found) if asked.dry else Spool(found)
        files = {REPORT: _report(asked, intake, findings, partner)}
        if asked.partly and findings.num_errors:
            files[REJECTED] = _rejected(desk, asked, intake, back)
    return Checked(intake, state, changes, findings, files)


def _gone_through(changes: Iterator[Change]) -> Iterable[Entry]:
    deque(changes, maxlen=0)
    return ()


def _opened(desk: Desk, asked: ImportAsked) -> Intake:
    known = remembered(desk.engine, desk.job.partner) if desk.job.partner else {}
    steady()
    how = HowToRead(asked.file, asked.encoding, asked.delimiter, asked.sheet, asked.meant)
    return open_intake(desk.folder / FILE, how, known, read_reference(DATA))


def _until_stopped(desk: Desk, changes: Iterator[Change]) -> Iterator[Change]:
    for change in changes:
        if desk.cancelled():
            raise Stopped
        yield change


def _report(asked: ImportAsked, intake: Intake, findings: Findings, partner: str) -> bytes:
    def said(issue: Issue) -> str:
        return say(issue, asked.lang)

    document = check_document(intake.table, intake.headers, findings, said, file=asked.file, partner=partner)
    return document.model_dump_json(indent=1).encode()


def _rejected(desk: Desk, asked: ImportAsked, intake: Intake, back: Rejected) -> bytes:
    """Write the rows that have to be mended as the partner wrote them, with the reason."""
    out, header = desk.folder / REJECTED, (*intake.table.header, REASON[asked.lang])
    write_table(out, header, back.rows(), intake.table.source.delimiter or ",")
    return out.read_bytes()


def _arrival(desk: Desk, asked: ImportAsked, intake: Intake) -> Arrival:
    source = intake.table.source
    how = {"encoding": source.encoding, "delimiter": source.delimiter, "sheet": source.sheet}
    with (desk.folder / FILE).open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    return Arrival(desk.job.partner or "", asked.file, digest, how, intake.meant)
