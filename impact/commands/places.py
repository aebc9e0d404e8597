"""Commands about regions: which division a text means."""

import json
import sys
from collections.abc import Iterator

import click

from impact.commands.session import Ended, Session
from impact.config import DATA
from impact.i18n.issues import say
from impact.i18n.wording import words
from impact.reference import read_resolver
from impact.regions.gazetteer import Gazetteer
from impact.regions.resolver import Resolution

FROM_INPUT = "-"


@click.group("regions")
def regions() -> None:
    """Find divisions by what people call them."""


@regions.command("resolve")
@click.argument("texts", nargs=-1, required=True, metavar="TEXT…")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document instead of words.")
@click.pass_context
def resolve_texts(context: click.Context, /, texts: tuple[str, ...], *, as_json: bool) -> None:
    """Say which division each TEXT means; - reads lines from standard input.

    0 all are found, 1 some are ambiguous or unknown.
    """
    session: Session = context.obj
    resolver = read_resolver(DATA)
    asked = [line.rstrip("\n") for line in sys.stdin] if texts == (FROM_INPUT,) else list(texts)
    found = [resolver.resolve(text) for text in asked]
    if as_json:
        documents = [_document(resolver.gazetteer, each, session.lang) for each in found]
        click.echo(json.dumps(documents, ensure_ascii=False, indent=1))
    else:
        click.echo(
            "\n".join(line for each in found for line in _told(resolver.gazetteer, each, session.lang))
        )
    context.exit(Ended.WELL if all(each.region for each in found) else Ended.CLAIM_FALSE)


def _document(gazetteer: Gazetteer, found: Resolution, lang: str) -> dict[str, object]:
    return {
        "text": found.text,
        "adcode": found.region.adcode if found.region else None,
        "name": gazetteer.full_name(found.region) if found.region else None,
        "confidence": found.confidence,
        "candidates": [
            {"adcode": region.adcode, "name": gazetteer.full_name(region)} for region in found.candidates
        ],
        "several": [region.adcode for region in found.several],
        "doubts": [say(doubt, lang) for doubt in found.doubts],
        "refused": say(found.refused, lang) if found.refused else None,
    }


def _told(gazetteer: Gazetteer, found: Resolution, lang: str) -> Iterator[str]:
    if found.region is None:
        assert found.refused is not None
        yield words("resolved.refused", lang, text=found.text, said=say(found.refused, lang))
        return
    name, code = gazetteer.full_name(found.region), found.region.adcode
    yield words("resolved.region", lang, text=found.text, code=code, region=name, confidence=found.confidence)
    for doubt in found.doubts:
        yield words("resolved.doubt", lang, said=say(doubt, lang))
