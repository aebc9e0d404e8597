"""Commands about partners' files: what is in one, taking it over, undoing that, and what came when."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import file_digest
from pathlib import Path
from typing import NoReturn, TypeVar

import click
from sqlalchemy import Engine

from impact.access import SYSTEM
from impact.catalog.checking.examine import Findings
from impact.catalog.differences import Change, Outcome
from impact.catalog.export import export_csv, export_xlsx
from impact.catalog.rejected import REASON, SPREADSHEET, Rejected, write_table
from impact.catalog.report import CheckDocument, check_document
from impact.catalog.templates import template_csv, template_xlsx
from impact.commands.session import Ended, Folder, Session
from impact.config import DATA, Settings
from impact.errors import BadInput, Issue
from impact.i18n.catalog_format import format_page
from impact.i18n.catalogs import check_told
from impact.i18n.issues import say
from impact.i18n.wording import words
from impact.intake import Asked, Intake, open_intake
from impact.memory import steady
from impact.reference import read_reference
from impact.store.database import open_database, reading
from impact.store.headers import remembered
from impact.store.imports import Arrival, Import, commit, history, undo
from impact.store.listings import Listings
from impact.store.partners import keep_active

Command = TypeVar("Command", bound=Callable[..., object])
File = click.argument("file", type=click.Path(path_type=Path))
Partner = click.option("--partner", required=True, help="Whose file it is.")
Out = click.option("--out", type=Folder, required=True, help="A .xlsx or a .csv file.")
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


@dataclass(frozen=True)
class Desk:
    """Where files are looked at: in one language, beside one database."""

    lang: str

    @cached_property
    def engine(self) -> Engine:
        """The database."""
        return open_database(Settings.read().database_url)

    def say(self, issue: Issue) -> str:
        """Say what is wrong and what to do."""
        return say(issue, self.lang)

    def open(self, file: Path, partner: str | None, mapped: Iterable[str], **how: str | None) -> Intake:
        """Open a file as its partner says, or as their last files were."""
        known = remembered(self.engine, partner) if partner else {}
        intake = open_intake(file, Asked(**how, meant=_meant(mapped)), known, read_reference(DATA))
        steady()
        return intake

    def report(self, intake: Intake, findings: Findings, file: Path, partner: str | None) -> CheckDocument:
        """Report on a file whose rows were all checked."""
        return check_document(
            intake.table, intake.headers, findings, self.say, file=file.name, partner=partner
        )


def _how(command: Command) -> Command:
    for option in reversed(HOW):
        command = option(command)
    return command


@click.group("catalog")
def catalog() -> None:
    """Check partners' files, take them over, and undo that."""


@catalog.command("check")
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
    intake, findings = desk.open(file, partner, mapped, **how), Findings()
    with reading(desk.engine) as connection:
        for _ in intake.changes(Listings(connection, partner or ""), findings):
            pass
    found = desk.report(intake, findings, file, partner)
    told = [found.model_dump_json(indent=1)] if as_json else check_told(found, session.lang)
    _end(told, Ended.WELL if found.is_clean else Ended.CLAIM_FALSE)


@catalog.command("commit")
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
    intake = desk.open(file, partner, mapped, **how)
    whole = partial(_changes, intake, findings, back, partly=rejected is not None, retiring=retire_absent)
    try:
        done = commit(desk.engine, _arrival(intake, file, partner), whole, SYSTEM, retiring=retire_absent)
    except RowsToMend:
        count = findings.outcomes[Outcome.REJECTED]
        found = desk.report(intake, findings, file, partner)
        _end(
            [*check_told(found, session.lang), words("import.kept", session.lang, count=count)],
            Ended.CLAIM_FALSE,
        )
    told = [_import_told(done, session.lang)]
    if rejected and findings.num_errors:
        header, delimiter = (*intake.table.header, REASON[session.lang]), intake.table.source.delimiter
        write_table(rejected, header, back.rows(), delimiter or ",")
        told.append(words("import.rejected", session.lang, out=str(rejected)))
    _end(told, Ended.CLAIM_FALSE if findings.num_errors else Ended.WELL)


@catalog.command("export")
@Partner
@Out
@click.pass_obj
def export_listings(session: Session, /, partner: str, out: Path) -> None:
    """Write what a partner lists to a file that can be changed and committed again."""
    with reading(Desk(session.lang).engine) as connection:
        listings = list(Listings(connection, partner).every().values())
    write = export_xlsx if out.suffix.lower() == SPREADSHEET else export_csv
    write(out, listings, session.lang)
    _end([words("import.exported", session.lang, count=len(listings), out=str(out))], Ended.WELL)


@catalog.command("template")
@Out
@click.pass_obj
def write_template(session: Session, /, out: Path) -> None:
    """Write an empty list with examples to fill in."""
    write = template_xlsx if out.suffix.lower() == SPREADSHEET else template_csv
    write(out, session.lang)
    _end([words("import.template", session.lang, out=str(out))], Ended.WELL)


@catalog.command("format")
@click.option("--out", type=Folder, required=True, help="A .md file.")
@click.pass_obj
def write_format(session: Session, /, out: Path) -> None:
    """Write docs/catalog-format.md: which columns a list may have, and how they are understood."""
    out.write_text(format_page(), "utf-8")
    _end([words("import.format", session.lang, out=str(out))], Ended.WELL)


@catalog.command("undo")
@click.argument("import_id")
@click.pass_obj
def undo_import(session: Session, import_id: str) -> None:
    """Put back what an import changed: 0 undone, 2 it cannot be undone, and why."""
    from impact.store.decisions.grounds import stands_on  # noqa: PLC0415  # checking a file loads no graph

    done = undo(Desk(session.lang).engine, import_id, SYSTEM, stands_on=stands_on)
    _end([_import_told(done, session.lang)], Ended.WELL)


@catalog.command("history")
@Partner
@click.pass_obj
def list_imports(session: Session, partner: str) -> None:
    """List what a partner's files changed, the newest first."""
    imports = history(Desk(session.lang).engine, partner)
    _end([_import_told(each, session.lang) for each in imports], Ended.WELL)


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


def _import_told(done: Import, lang: str) -> str:
    """Say what an import came to, in one line."""
    if done.import_id is None:
        return words("import.nothing", lang, file=done.arrival.file)
    counts = {name: int(count) for name, count in done.counts.items()}
    said = words(
        "import.done", lang, value=done.import_id, at=done.imported_at, file=done.arrival.file, **counts
    )
    return said + (words("import.undone", lang, at=done.undone_at) if done.undone_at else "")


def _end(told: Iterable[str], ended: Ended) -> NoReturn:
    click.echo("\n".join(told))
    raise click.exceptions.Exit(ended)
