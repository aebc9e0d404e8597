"""Commands about programmes: begin one from a template, say who is in and who is not, and solve it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

import click
from sqlalchemy import Engine

from impact.catalog.listed.names import Naming
from impact.catalog.listed.norms import read_norms
from impact.catalog.sample.load import load_sample
from impact.commands.session import Session
from impact.config import DATA, Settings
from impact.enrolment import Enrolled, Ground, enrol
from impact.errors import BadInput, Issue, refuse_if_any
from impact.i18n import programmes as said
from impact.i18n.issues import say
from impact.i18n.wording import words
from impact.matching.solve import Limits
from impact.model import Programme
from impact.pipeline import run, with_belts
from impact.programmes.document import ProgrammeDocument
from impact.programmes.eligibility import Verdict
from impact.programmes.goals import unreasoned
from impact.programmes.presumed import presumed
from impact.programmes.reading import read_document
from impact.programmes.templates import drafted, template_names
from impact.reports.solved import Solved
from impact.store.catalogs import load_catalog
from impact.store.database import open_database
from impact.store.lists.listings import all_listings
from impact.store.people.secret_key import NAMES, secret_key
from impact.store.solved.plans import PlanShelf

SHOWN = 20
"""So many reasons, and so many listings that became no product, fit on a screen."""
Day = click.DateTime(["%Y-%m-%d"])
File = click.Path(dir_okay=False, path_type=Path)
On = click.option("--on", type=Day, default=lambda: datetime.now().astimezone(), help="The day to judge for.")
Presume = click.option("--presume", is_flag=True, help="Presume producers on public lists to be ready.")


@click.group("programmes")
def programmes() -> None:
    """Say what programmes are for, and who is in them."""


@programmes.command("templates")
@click.pass_context
def list_templates(context: click.Context, /) -> None:
    """List the templates to begin from."""
    lang = context.obj.lang
    for template in template_names(DATA):
        name = drafted(DATA, template, template, date(2000, 1, 1)).programme
        click.echo(words("programmes.template", lang, template=template, name=_named(name, lang)))


@programmes.command("draft")
@click.argument("template")
@click.option("--id", "programme_id", required=True, help="The programme's id.")
@click.option("--start", type=Day, required=True, help="The day it begins.")
@click.option("--out", type=File, help="File to write the document to; standard output without it.")
@click.pass_context
def draft_programme(
    context: click.Context, /, template: str, programme_id: str, start: datetime, out: Path | None
) -> None:
    """Begin a programme from TEMPLATE: its document, to be changed."""
    document = drafted(DATA, template, programme_id, start.date())
    text = json.dumps(document.model_dump(mode="json"), ensure_ascii=False, indent=2)
    if out is None:
        click.echo(text)
        return
    out.write_text(text + "\n", "utf-8")
    click.echo(words("programmes.written", context.obj.lang, file=str(out)))


@programmes.command("judge")
@click.argument("file", type=File)
@On
@Presume
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document, product by product.")
@click.pass_context
def judge_products(
    context: click.Context, /, file: Path, on: datetime, *, presume: bool, as_json: bool
) -> None:
    """Say which products are in the programme of FILE on a day, and why the others are not."""
    session: Session = context.obj
    engine = open_database(Settings.read().database_url)
    document = _read(file)
    enrolled = _enrolled(engine, document, on.date(), presume=presume)
    if as_json:
        judged = [_line(verdict, session.lang) for verdict in enrolled.verdicts.values()]
        click.echo(json.dumps(judged, ensure_ascii=False, indent=1))
        return
    click.echo("\n".join(_told(document, enrolled, on.date(), session.lang, presume=presume)))


@programmes.command("plan")
@click.argument("file", type=File)
@On
@Presume
@click.pass_context
def plan_programme(context: click.Context, /, file: Path, on: datetime, *, presume: bool) -> None:
    """Solve the programme of FILE over the catalog and what partners list, and keep the plan.

    A goal that reads like a process metric or a method wants a reason first.
    """
    session: Session = context.obj
    engine = open_database(Settings.read().database_url)
    document = _read(file)
    refuse_if_any(unreasoned(document.goal) if document.goal else ())
    enrolled = _enrolled(engine, document, on.date(), presume=presume)
    click.echo("\n".join(_told(document, enrolled, on.date(), session.lang, presume=presume)))
    limits = Limits(seed=document.seed)
    solved = run(with_belts(enrolled.catalog), enrolled.programme, limits)
    PlanShelf(engine).keep(solved)
    click.echo(_outcome(solved, enrolled, session.lang))


def _read(file: Path) -> ProgrammeDocument:
    if not file.is_file():
        raise BadInput([Issue("file_missing", file=file.name)])
    return read_document(file.read_bytes(), file.name)


def _enrolled(engine: Engine, document: ProgrammeDocument, on: date, *, presume: bool) -> Enrolled:
    """Judge the live catalog, or the sample where there is none yet, with what all partners list."""
    catalog = load_catalog(engine)
    catalog = catalog if catalog.regions else load_sample(DATA)
    records = presumed(catalog, on) if presume else {}
    ground = Ground(read_norms(DATA), Naming(secret_key(engine, NAMES).encode()), records)
    return enrol(document, catalog, all_listings(engine), on, ground)


def _line(verdict: Verdict, lang: str) -> dict[str, object]:
    return {
        "product": verdict.product_id,
        "eligible": verdict.is_eligible,
        "findings": [
            {
                "criterion": each.criterion,
                "code": each.code,
                "met": each.is_met,
                "evidence": dict(each.evidence),
                "rung": each.rung,
                "said": said.found(each, lang),
            }
            for each in verdict.findings
        ],
    }


def _told(
    document: ProgrammeDocument, enrolled: Enrolled, on: date, lang: str, *, presume: bool
) -> Iterator[str]:
    """Count who is in and who is not, why, and what partners listed that is no product."""
    name = _named(document.programme, lang)
    yield words(
        "programmes.counted", lang, name=name, on=on.isoformat(), **_counts(enrolled, enrolled.verdicts)
    )
    yield words("programmes.listed", lang, **_counts(enrolled, enrolled.joined.listing_of))
    reasons = Counter(
        said.found(reason, lang) for verdict in enrolled.verdicts.values() for reason in verdict.reasons
    )
    for why, count in reasons.most_common(SHOWN):
        yield words("programmes.because", lang, count=count, why=why)
    for each in enrolled.joined.left_out[:SHOWN]:
        about = {"partner": each.partner, "key": each.key, "why": say(each.issue, lang)}
        yield words("programmes.left_out", lang, **about)
    if presume:
        yield words("programmes.presumed", lang)


def _counts(enrolled: Enrolled, products: Iterable[str]) -> dict[str, int]:
    own = [enrolled.verdicts[product] for product in products]
    num_in = sum(verdict.is_eligible for verdict in own)
    return {"num_in": num_in, "num_out": len(own) - num_in}


def _outcome(solved: Solved, enrolled: Enrolled, lang: str) -> str:
    problem, exposure = solved.problem, solved.plan.exposure
    shown = {problem.product_ids[i] for i in problem.product_of[exposure > 0].tolist()}
    return words(
        "programmes.planned",
        lang,
        plan=solved.plan_id,
        exposure=float(exposure.sum()),
        num_shown=len(shown),
        num_listed=len(shown & enrolled.joined.listing_of.keys()),
    )


def _named(programme: Programme, lang: str) -> str:
    return programme.name_zh if lang == "zh" else programme.name_en
