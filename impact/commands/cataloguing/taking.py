"""Commands about one file: what is in it, and taking it over."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import file_digest
from pathlib import Path
from typing import TypeVar

import click

from impact.access import SYSTEM
from impact.catalog.checking.examine import Findings
from impact.catalog.differences import Change, Outcome
from impact.catalog.rejected import REASON, Rejected, write_table
from impact.catalog.report import CheckDocument, check_document
from impact.commands.cataloguing.desk import Desk, Partner, end, import_told
from impact.commands.session import Ended, Folder, Session
from impact.config import DATA
from impact.errors import BadInput, Issue
from impact.i18n.catalogs import check_told
from impact.i18n.wording import words
from impact.intake import Asked, Intake, open_intake
from impact.logs import log_to_stderr
from impact.memory import steady
from impact.reference import read_reference
from impact.store.database import reading
from impact.store.lists.headers import remembered
from impact.store.lists.imports import Arrival
from impact.store.lists.listings import Listings
from impact.store.lists.taking_over import commit
from impact.store.partners import keep_active

Command = TypeVar("Command", bound=Callable[..., object])
File = click.argument("file", type=click.Path(path_type=Path))
HOW = (
    click.option("--encoding", help="Such as gb18030; found out when left out."),
    click.option("--delimiter", help="The sign between cells; found out when left out."),
    click.option("--sheet", help="Of a workbook; the first with a table when left out."),
    click.option(
        "--map",
        "mapped",
        multiple=True,
        metavar="HEADER=COLUMN",
        help="What a header means; nothing: kept as it is.",
    ),
)


class RowsToMend(Exception):
    """Some rows cannot be taken over, and nobody said that the others should be."""


def _how(command: Command) -> Command:
    for option in reversed(HOW):
        command = option(command)
    return command


@click.command("check")
@File
@click.option("--partner", help="Whose file it is: what it changes is told beside what they list.")
@_how
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document instead of words.")
@click.pass_obj
def check_file(
    session: Session,
    /,
    file: Path,
    partner: str | None,
    mapped: tuple[str, ...],
    *,
    as_json: bool,
    **how: str | None,
) -> None:
    """Say what is in FILE and what it would change: 0 nothing to mend, 1 rows to mend, 2 not readable."""
    desk = Desk(session.lang)
    intake, findings = _opened(desk, file, partner, mapped, **how), Findings()
    with reading(desk.engine) as connection:
        for _ in intake.changes(Listings(connection, partner or ""), findings, counting=True):
            pass
    found = _report(desk, intake, findings, file, partner)
    told = [found.model_dump_json(indent=1)] if as_json else check_told(found, session.lang)
    end(told, Ended.WELL if found.is_clean else Ended.CLAIM_FALSE)


@click.command("commit")
@File
@Partner
@_how
@click.option("--rejected", type=Folder, help="Save the good rows, and write the others to this file.")
@click.option("--retire-absent", is_flag=True, help="Take away what the file does not name.")
@click.pass_obj
def commit_file(
    session: Session,
    /,
    file: Path,
    partner: str,
    mapped: tuple[str, ...],
    *,
    rejected: Path | None,
    retire_absent: bool,
    **how: str | None,
) -> None:
    """Take FILE over, all of it or nothing: 0 taken over, 1 rows have to be mended, 2 not readable.

    With --rejected the good rows are taken over, and the others written in their own columns with a reason.
    """
    desk, findings = Desk(session.lang), Findings()
    keep_active(desk.engine, partner, SYSTEM)
    back = Rejected(desk.say)
    intake = _opened(desk, file, partner, mapped, **how)
    whole = partial(_changes, intake, findings, back, partly=rejected is not None, retiring=retire_absent)
    try:
        done = commit(desk.engine, _arrival(intake, file, partner), whole, SYSTEM, retiring=retire_absent)
    except RowsToMend:
        count = findings.outcomes[Outcome.REJECTED]
        found = _report(desk, intake, findings, file, partner)
        end(
            [*check_told(found, session.lang), words("import.kept", session.lang, count=count)],
            Ended.CLAIM_FALSE,
        )
    told = [import_told(done, session.lang)]
    if rejected and findings.num_errors:
        header, delimiter = (*intake.table.header, REASON[session.lang]), intake.table.source.delimiter
        write_table(rejected, header, back.rows(), delimiter or ",")
        told.append(words("import.rejected", session.lang, out=str(rejected)))
    end(told, Ended.CLAIM_FALSE if findings.num_errors else Ended.WELL)


def _opened(desk: Desk, file: Path, partner: str | None, mapped: Iterable[str], **how: str | None) -> Intake:
    """Open a file as its partner says, or as their last files were."""
    known = remembered(desk.engine, partner) if partner else {}
    log_to_stderr()
    intake = open_intake(file, Asked(**how, meant=_meant(mapped)), known, read_reference(DATA))
    steady()
    return intake


def _report(desk: Desk, intake: Intake, findings: Findings, file: Path, partner: str | None) -> CheckDocument:
    """Report on a file whose rows were all checked."""
    return check_document(intake.table, intake.headers, findings, desk.say, file=file.name, partner=partner)


def _changes(
    intake: Intake, findings: Findings, back: Rejected, listings: Listings, *, partly: bool, retiring: bool
) -> Iterator[Change]:
    """Say what to change; where rows have to be mended and no part is wanted, nothing.

    A row that is rejected may be of a product that then seems absent, so nothing is taken away beside it.
    """
    for change in intake.changes(listings, findings, back.add):
        if findings.num_errors and retiring and change.outcome is Outcome.ABSENT:
            raise BadInput([Issue("absent_unsure", params={"count": findings.outcomes[Outcome.REJECTED]})])
        yield change
    if findings.num_errors and not partly:
        raise RowsToMend


def _arrival(intake: Intake, file: Path, partner: str) -> Arrival:
    with file.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    source = intake.table.source
    reading = {"encoding": source.encoding, "delimiter": source.delimiter, "sheet": source.sheet}
    return Arrival(partner, file.name, digest, reading, intake.meant)


def _meant(mapped: Iterable[str]) -> dict[str, str]:
    """Read HEADER=COLUMN pairs."""
    pairs = [each.rpartition("=") for each in mapped]
    issues = [Issue("option_not_valid", params={"reason": column}) for _, sign, column in pairs if not sign]
    if issues:
        raise BadInput(issues)
    return {header: column.strip() for header, _, column in pairs}
