"""The sample programme, from its files to a served plan, a line a stage."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import click
from sqlalchemy import Engine

from impact.access import SYSTEM, Role
from impact.bundles.plan_document import document_of
from impact.catalog.sample.load import load_sample
from impact.commands.sample import PARTNER, keep_partner, presume_ready
from impact.commands.sample_programme import keep_programme
from impact.commands.serving import Host, Open, Port, expect_free, serve
from impact.config import DATA, Settings
from impact.exports.runs import write_parts
from impact.i18n import sentences
from impact.i18n.summary import summary
from impact.i18n.wording import words
from impact.matching.solve import Limits
from impact.pipeline import run, with_belts
from impact.programmes.reading import read_programme
from impact.reports.solved import Solved
from impact.reports.standing import standings
from impact.serving import Address
from impact.store.catalogs import load_catalog, save_catalog
from impact.store.database import open_database
from impact.store.people.links import Purpose, make_link
from impact.store.people.users import Post, User, add_user, user_named
from impact.timing import Stopwatch

PROGRAMME = DATA / "demo" / "programme.json"
PATIENT = Limits(seconds=600)
"""However busy the machine is, who begins is to see a plan."""
COORDINATOR = "demo-coordinator"
TEAM = {
    COORDINATOR: Post(Role.COORDINATOR),
    "demo-approver": Post(Role.APPROVER),
    "demo-partner": Post(Role.PARTNER, PARTNER.partner_id),
    "demo-viewer": Post(Role.VIEWER),
}


def solve_sample(engine: Engine, limits: Limits, watch: Stopwatch) -> Solved:
    """Load the sample into a database, solve its programme from there, keep the plan."""
    with watch.stage("load"):
        sample = load_sample(DATA)
    with watch.stage("belts"):
        save_catalog(engine, with_belts(sample))
    catalog = load_catalog(engine)
    return run(catalog, read_programme(PROGRAMME), limits, watch)


def write_sample(solved: Solved, limits: Limits, out: Path) -> None:
    """Write the programme's bundle and plan to the folders ``bundle`` and ``plan`` of `out`."""
    write_parts(solved, limits, out / "bundle", out / "plan")


def told(solved: Solved, lang: str) -> Iterator[str]:
    """Tell the plan as a coordinator would: the result, then each rule as a sentence and how it stands."""
    figures = solved.measures.figures()
    yield words(
        "demo.title", lang, name=sentences.named(solved.programme, lang), month=solved.programme.month
    )
    document = document_of(solved.plan, Limits(), "", figures)
    yield summary(document.model_copy(update={"rules": (), "warnings": ()}), lang)
    yield words("demo.rules", lang)
    for one in standings(solved):
        said = sentences.asked(one.spec, solved.graph.catalog, lang)
        yield words("demo.rule", lang, rule=said, standing=sentences.standing(one, lang))
        for note in (sentences.price(one, lang), *sentences.cautions(one, lang)):
            yield words("demo.note", lang, note=note)
    yield words("demo.imputed", lang)


def keep_team(engine: Engine) -> User:
    """Keep the partner and a user of each role of a programme, where there are none; return the coordinator.

    None has a password: they come in by links of the operator.
    """
    keep_partner(engine)
    for name, post in TEAM.items():
        if user_named(engine, name) is None:
            add_user(engine, name, post, who=SYSTEM)
    coordinator = user_named(engine, COORDINATOR)
    assert coordinator is not None
    return coordinator


@click.command("demo")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write the bundle and the plan to.")
@click.option("--serve/--no-serve", "serving", default=False, help="Serve the plan afterwards.")
@Host
@Port
@Open
@click.pass_context
def demo(
    context: click.Context, /, host: str, port: int, *, out: Path | None, serving: bool, opening: bool
) -> None:
    """Load the sample data, solve the sample programme, and show what came of it."""
    lang = context.obj.lang
    if serving:
        expect_free(Address(host, port))
    engine = open_database(Settings.read().database_url)
    watch = Stopwatch(partial(_tell_stage, lang))
    solved = solve_sample(engine, PATIENT, watch)
    coordinator = keep_team(engine)
    with watch.stage("keep"):
        keep_programme(engine, solved, datetime.now().astimezone().date(), coordinator.acting())
        presume_ready(engine)
    click.echo("\n".join(("", *told(solved, lang), "")))
    if out:
        write_sample(solved, Limits(), out)
        click.echo(words("summary.out", lang, out=str(out)))
    if serving:
        key = make_link(engine, coordinator.user_id, Purpose.ENTER, who=SYSTEM)
        entrance = f"{lang}/enter?key={key}"
        context.invoke(serve, host=host, port=port, opening=opening, entrance=entrance)


def _tell_stage(lang: str, stage: str, seconds: float) -> None:
    click.echo(words("demo.stage", lang, stage=words(f"stage.{stage}", lang), seconds=seconds))
