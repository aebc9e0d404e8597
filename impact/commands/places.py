"""Commands about regions: which division a text means, and what is known of it."""

import json
import sys
from collections.abc import Iterator

import click

from impact.commands.session import Ended, Session
from impact.config import DATA
from impact.i18n.issues import say
from impact.i18n.places import belted
from impact.i18n.wording import label, words
from impact.reference import read_lists, read_resolver
from impact.regions.facts import NO_TIER, Facts, facts_of
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


@regions.command("show")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document instead of words.")
@click.pass_context
def show_region(context: click.Context, /, text: str, *, as_json: bool) -> None:
    """Tell what is known of the division that TEXT means: where it lies, what it holds, what it was called.

    0 it is told, 1 TEXT is ambiguous or unknown.
    """
    session: Session = context.obj
    resolver = read_resolver(DATA)
    found = resolver.resolve(text)
    if found.region is None:
        click.echo("\n".join(_told(resolver.gazetteer, found, session.lang)))
        context.exit(Ended.CLAIM_FALSE)
    facts = facts_of(resolver.gazetteer, found.region, read_lists(DATA))
    if as_json:
        click.echo(json.dumps(_facts_document(resolver.gazetteer, facts), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_facts_told(resolver.gazetteer, facts, session.lang)))


def _facts_document(gazetteer: Gazetteer, facts: Facts) -> dict[str, object]:
    region = facts.region
    return {
        "adcode": region.adcode,
        "name": gazetteer.full_name(region),
        "level": region.level.value,
        "place": {"lat": region.place.lat, "lng": region.place.lng} if region.place else None,
        "holders": [holder.adcode for holder in facts.holders],
        "children": [child.adcode for child in facts.children],
        "former": [{"adcode": name.old_adcode, "name": name.old_name} for name in facts.former],
        "tier": facts.tier,
        "has_cold_chain": facts.has_cold_chain,
        "belts": [{"belt_id": belt.belt_id, "name": belt.name} for belt in facts.belts],
    }


def _facts_told(gazetteer: Gazetteer, facts: Facts, lang: str) -> Iterator[str]:
    region = facts.region
    yield words("shown.region", lang, code=region.adcode, region=gazetteer.full_name(region))
    if region.place:
        yield words("shown.place", lang, lat=region.place.lat, lng=region.place.lng)
    if facts.children:
        held = words("shown.join", lang).join(child.name for child in facts.children)
        yield words("shown.children", lang, count=len(facts.children), names=held)
    if facts.former:
        former = dict.fromkeys(f"{name.old_name} {name.old_adcode}".strip() for name in facts.former)
        yield words("shown.former", lang, names=words("shown.join", lang).join(former))
    if facts.tier != NO_TIER:
        yield words("shown.tier", lang, tier=label("tier", facts.tier, lang))
    if facts.has_cold_chain:
        yield words("shown.cold_chain", lang)
    if facts.belts:
        names = words("shown.join", lang).join(belted(belt, lang) for belt in facts.belts)
        yield words("shown.belts", lang, names=names)


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
