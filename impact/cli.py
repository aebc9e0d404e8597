"""The commands: each reads, calls the core, writes, and ends with a status that says how it went."""

import json
import sys
from collections.abc import Sequence

import click

from impact.commands.session import Ended, Loading, Session
from impact.config import DATA
from impact.errors import BadInput, Issue
from impact.i18n.divisions import call_divisions
from impact.i18n.issues import say_placed
from impact.i18n.problems import problem_details
from impact.i18n.wording import LANGS

COMMANDS = {
    "alternatives": ("impact.commands.explaining", "offer_alternatives"),
    "audit": ("impact.commands.auditing", "audit"),
    "backup": ("impact.commands.keeping", "backup"),
    "catalog": ("impact.commands.cataloguing.group", "catalog"),
    "demo": ("impact.commands.demo", "demo"),
    "diagnose": ("impact.commands.inquiries", "diagnose_bundle"),
    "explain": ("impact.commands.explaining", "explain_plan"),
    "frontier": ("impact.commands.inquiries", "sweep_rule"),
    "partner": ("impact.commands.partners", "partner"),
    "programmes": ("impact.commands.programmes", "programmes"),
    "regions": ("impact.commands.places", "regions"),
    "restore": ("impact.commands.keeping", "restore"),
    "retain": ("impact.commands.keeping", "retain"),
    "schema": ("impact.commands.solving", "print_schema"),
    "serve": ("impact.commands.serving", "serve"),
    "solve": ("impact.commands.solving", "solve_bundle"),
    "token": ("impact.commands.people", "token"),
    "user": ("impact.commands.people", "user"),
    "verify": ("impact.commands.solving", "verify_plan"),
    "worker": ("impact.commands.working", "worker"),
}
"""Where each command lives."""


class Refusing(Loading):
    """Commands that refuse with status 2: in words at a terminal, by a problem document anywhere else."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except BadInput as error:
            issues = error.issues
        except click.UsageError as error:
            issues = (Issue("option_not_valid", params={"reason": error.format_message()}),)
        except OSError as error:
            issues = (Issue("file_not_written", params={"reason": str(error)}),)
        tell = _words if sys.stderr.isatty() else _document
        click.echo(tell(issues, context.params["lang"]), err=True)
        return context.exit(Ended.BAD_INPUT)


def _words(issues: Sequence[Issue], lang: str) -> str:
    """Say what is wrong, a line an issue."""
    return "\n".join(say_placed(issue, lang) for issue in issues)


def _document(issues: Sequence[Issue], lang: str) -> str:
    """Write what is wrong for a program to read."""
    return json.dumps(problem_details("bad_input", 400, lang, issues), ensure_ascii=False, indent=1)


@click.group(cls=Refusing, places=COMMANDS)
@click.option("--lang", type=click.Choice(LANGS), default="zh", envvar="IMPACT_LANG", show_default=True)
@click.pass_context
def commands(context: click.Context, lang: str) -> None:
    """Allocate exposure under fairness constraints, and check what is claimed of a plan."""
    call_divisions(DATA)
    context.obj = Session(lang, context.obj)
