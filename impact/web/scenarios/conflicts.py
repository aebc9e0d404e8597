"""The page of a conflict: rules that cannot hold together, and each way out as a new scenario."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, abort, render_template, request

from impact.bundles.plan_document import ConflictLines, PlanDocument, RelaxationLine
from impact.gate import actor
from impact.i18n import words
from impact.i18n.sentences import Spec, asked
from impact.jobs.kinds.run_scenario import CONFLICT
from impact.jobs.queue import Queue
from impact.matching.plan import Way
from impact.matching.rules import RULES
from impact.model import Catalog
from impact.store.database import Database
from impact.store.decisions import scenarios
from impact.store.decisions.scenario import Asked, Scenario
from impact.store.queue.jobs import Job
from impact.web.jobs.outcomes import job_or_404
from impact.web.language import spoken
from impact.web.people.forms import Page, note
from impact.web.plans import LANG, STEPS
from impact.web.scenarios.kept import saved, scenario_or_404

ALWAYS = ("supply", "capacity", "product_capacity", "promised")
"""Rules that nobody states and that always hold."""


@dataclass(frozen=True)
class Exit:
    """A way out: what the form sends, the sentences before and after, whether solving again proved it."""

    way: str
    moves: tuple[tuple[str, str], ...]
    verified: bool = True


def register(pages: Blueprint, database: Database, queue: Queue) -> None:
    """Add the page of a conflict, and its ways out, to `pages`."""

    @pages.get(f"{LANG}/conflicts/<conflict_id>", endpoint="conflict")
    def _conflict(conflict_id: str) -> str:
        job, scenario, conflict = _found(database, queue, conflict_id)
        catalog, lang = scenarios.question(database, scenario.scenario_id)[0], spoken()
        stated = rules_of(scenario.asked)
        exits = [found for way in Way if (found := _exit(way, conflict, stated, catalog))]
        return render_template(
            "scenarios/conflict.html",
            scenario=scenario,
            job=job,
            is_minimal=conflict.is_minimal,
            steps=STEPS,
            here=STEPS.index("scenario"),
            rules=[(rule, said_rule(stated, rule, catalog, lang)) for rule in conflict.rules],
            removable=set(stated),
            exits=exits,
        )

    @pages.post(f"{LANG}/conflicts/<conflict_id>", endpoint="way_taken")
    def _way_taken(conflict_id: str) -> Page:
        _, scenario, conflict = _found(database, queue, conflict_id)
        way, stated = request.form.get("way", ""), rules_of(scenario.asked)
        moved = moved_rules(stated, [each for each in conflict.relaxations if each.way == way])
        gone = way.removeprefix("without:") if way.startswith("without:") else None
        if not moved and gone not in stated:
            abort(400)
        asked_now = changed(scenario.asked, moved, gone)
        return saved(queue, scenarios.branch(database, scenario.scenario_id, asked_now, actor(), note=note()))


def rules_of(of: Asked) -> Mapping[str, Spec]:
    """Return what a scenario states by the ids of its rules, locks among them."""
    return {str(rule["id"]): rule for rule in of.question.rules}


def moved_rules(stated: Mapping[str, Spec], moves: list[RelaxationLine]) -> Mapping[str, Spec]:
    """Return rules as they are once limits are moved; those that cannot be are left out."""
    found = dict[str, Spec]()
    for move in moves:
        if move.rule not in stated:
            continue
        eased = moved_rule(found.get(move.rule, stated[move.rule]), move.to, move.row)
        if eased is not None:
            found[move.rule] = eased
    return found


def moved_rule(spec: Spec, limit: float, row: str | None = None) -> Spec | None:
    """Return a rule with its limit (in one row, where it has more) moved; None where it cannot be."""
    (rule,) = RULES.validate_python([spec])
    moved = rule.moved(limit) if row is None else rule.moved(limit, row)
    if moved is None:
        return None
    (told,) = RULES.dump_python((moved,), mode="json")
    return {name: value for name, value in told.items() if value is not None}


def changed(before: Asked, moved: Mapping[str, Spec], gone: str | None) -> Asked:
    """Return what is asked with some rules, or locks, moved, and one left out."""
    rules = [dict(moved.get(str(rule["id"]), rule)) for rule in before.programme.rules if rule["id"] != gone]
    locks = [
        replace(lock, rule=moved.get(str(lock.rule["id"]), lock.rule))
        for lock in before.locks
        if lock.rule["id"] != gone
    ]
    return replace(before, programme=replace(before.programme, rules=tuple(rules)), locks=tuple(locks))


def _found(database: Database, queue: Queue, job_id: str) -> tuple[Job, Scenario, ConflictLines]:
    """Find what is known of a conflict, be it while its ways out are still being tried."""
    job, file = job_or_404(queue, job_id, "run_scenario", "frontier_scenario"), queue.file(job_id, CONFLICT)
    if file is None or job.scenario is None:
        abort(404)
    document = PlanDocument.model_validate_json(file)
    return job, scenario_or_404(database, job.scenario), document.conflict or abort(404)


def said_rule(stated: Mapping[str, Spec], rule: str, catalog: Catalog, lang: str) -> str:
    """Say a rule by its id, one that nobody states too."""
    if rule in stated:
        return asked(stated[rule], catalog, lang)
    return words(f"always.{rule}", lang) if rule in ALWAYS else rule


def _exit(way: Way, conflict: ConflictLines, stated: Mapping[str, Spec], catalog: Catalog) -> Exit | None:
    moves = [each for each in conflict.relaxations if each.way is way]
    moved = moved_rules(stated, moves)
    if not moved or {each.rule for each in moves} != set(moved):
        return None
    lang = spoken()
    told = tuple((asked(stated[rule], catalog, lang), asked(moved[rule], catalog, lang)) for rule in moved)
    return Exit(way, told, all(each.verified for each in moves))
