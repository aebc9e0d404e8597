"""What is plainly impossible, on the page of a scenario that was not solved; each way out is a scenario."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, request

from impact.bundles.foresight_document import ForeseenLine, ForesightDocument, MoveLine
from impact.errors import Issue
from impact.gate import actor
from impact.i18n import words
from impact.i18n.issues import say
from impact.i18n.sentences import Spec, asked, valued
from impact.jobs.kinds.foresee_scenario import FORESIGHT
from impact.jobs.queue import Queue
from impact.model import Catalog
from impact.store.database import Database
from impact.store.decisions import scenarios
from impact.store.decisions.admitted import Admitted
from impact.store.decisions.scenario import Scenario
from impact.store.queue.jobs import Job
from impact.web.jobs.outcomes import job_or_404
from impact.web.language import spoken
from impact.web.people.forms import Page, note
from impact.web.plans import LANG
from impact.web.scenarios.conflicts import changed, moved_rule, rules_of, said_rule
from impact.web.scenarios.kept import LOOK, last_look, saved, scenario_or_404

UNLINKED = "nothing_in_reach"


@dataclass(frozen=True)
class WayOut:
    """A way out: its number, and the rule as it would be; `is_gone` where it would be left out."""

    number: int
    said: str
    is_gone: bool


@dataclass(frozen=True)
class Cannot:
    """What cannot be: why, the rules that ask for it, and the ways out."""

    said: str
    rules: tuple[str, ...]
    ways: tuple[WayOut, ...]


@dataclass(frozen=True)
class Foresight:
    """What a look at the sums came to; `wrong` is what kept it from looking."""

    job: Job
    found: tuple[Cannot, ...]
    wrong: tuple[str, ...]


def register(pages: Blueprint, database: Database, queue: Queue) -> None:
    """Add looking at the sums of a scenario, and taking a way out, to `pages`."""

    @pages.post(f"{LANG}/scenarios/<scenario_id>/foresight", endpoint="foresight_asked")
    def _foresight_asked(scenario_id: str) -> Page:
        return saved(queue, scenario_or_404(database, scenario_id), "foresight")

    @pages.post(f"{LANG}/foresights/<foresight_id>", endpoint="foreseen_way_taken")
    def _foreseen_way_taken(foresight_id: str) -> Page:
        job = job_or_404(queue, foresight_id, LOOK)
        scenario, way = scenario_or_404(database, job.scenario or ""), request.form.get("way", "")
        moves = [move for line in _document(queue, job).impossible for move in line.moves]
        move = moves[int(way)] if way in map(str, range(len(moves))) else abort(400)
        stated = rules_of(scenario.asked)
        gone = move.rule if move.to is None else None
        moved = {} if move.to is None else {move.rule: _instead(stated[move.rule], move) or abort(400)}
        asked_now = changed(scenario.asked, moved, gone)
        return saved(queue, scenarios.branch(database, scenario.scenario_id, asked_now, actor(), note=note()))


def foresight(queue: Queue, scenario: Scenario, nouns: Catalog) -> Foresight | None:
    """Tell what the last look at the sums of a scenario came to, None where nobody looked."""
    job = last_look(queue, scenario)
    if job is None:
        return None
    found = tuple(_told(_document(queue, job), scenario, nouns))
    return Foresight(job, found, tuple(say(issue, spoken()) for issue in job.issues))


def hopeless(found: Admitted, look: Foresight | None) -> Issue | None:
    """Return why nothing could be given to anybody, whatever rules say; None where something may."""
    looked = look.job.issues if look else ()
    issues = (*found.issues(), *(each for each in looked if each.code == UNLINKED))
    return next(iter(issues), None)


def _document(queue: Queue, job: Job) -> ForesightDocument:
    file = queue.file(job.job_id, FORESIGHT)
    return ForesightDocument.model_validate_json(file) if file else ForesightDocument()


def _told(document: ForesightDocument, scenario: Scenario, nouns: Catalog) -> Iterator[Cannot]:
    stated, lang, number = rules_of(scenario.asked), spoken(), 0
    for line in document.impossible:
        rules = tuple(said_rule(stated, rule, nouns, lang) for rule in line.rules)
        ways = tuple(_ways(line, stated, nouns, number))
        yield Cannot(_why(line, stated, nouns), rules, ways)
        number += len(line.moves)


def _why(line: ForeseenLine, stated: Mapping[str, Spec], nouns: Catalog) -> str:
    """Say why it cannot be; where quality stands in the way, the channels (or segments) by name."""
    lang, by = spoken(), str(stated.get(line.rules[-1], {}).get("by", "channel"))
    where = [valued(by, each, nouns, lang) for each in str(line.params.get("where", "")).split(", ")]
    said = {**line.params, "where": words("criterion.or", lang).join(where)}
    return words(f"foreseen.{line.code}", lang, **said)


def _ways(line: ForeseenLine, stated: Mapping[str, Spec], nouns: Catalog, first: int) -> Iterator[WayOut]:
    for number, move in enumerate(line.moves, first):
        spec = _instead(stated[move.rule], move)
        yield WayOut(number, asked(spec or stated[move.rule], nouns, spoken()), move.to is None)


def _instead(spec: Spec, move: MoveLine) -> Spec | None:
    return None if move.to is None else moved_rule(spec, move.to)
