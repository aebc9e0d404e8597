"""The page of a scenario: what it asks, as sentences, and what came of it."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request

from impact.errors import BadInput, Issue, refuse_if_any
from impact.gate import actor
from impact.i18n.sentences import asked
from impact.jobs.kind import kind_of
from impact.jobs.queue import Queue
from impact.model import Catalog
from impact.reports.solved import Shelf
from impact.store.database import Database
from impact.store.decisions import programmes, scenarios
from impact.store.decisions.admitted import admitted, refuse_if_nobody
from impact.store.decisions.scenario import Asked, Lock, Scenario
from impact.web.jobs.outcomes import followed
from impact.web.judging.names import Names
from impact.web.language import spoken
from impact.web.people.forms import Page
from impact.web.plans import LANG, STEPS
from impact.web.programmes.filled import Fault, faults_of
from impact.web.programmes.told import nouns_named
from impact.web.scenarios.filled import STEPS_OFFERED, asked_by_form, sweepable
from impact.web.scenarios.foresight import foresight, hopeless
from impact.web.scenarios.kept import saved, scenario_or_404
from impact.web.scenarios.locked import asked_of, lock_by_form, wants_lock
from impact.web.scenarios.reach import fault_of, unreached
from impact.web.scenarios.result import result_of
from impact.web.sentences import OFFERED, groups, sentence


def register(pages: Blueprint, shelf: Shelf, database: Database, queue: Queue) -> None:
    """Add the page of a scenario, changing it and running it, to `pages`."""

    @pages.get(f"{LANG}/scenarios/<scenario_id>", endpoint="scenario")
    def _scenario(scenario_id: str) -> str:
        return _page(shelf, database, queue, scenario_or_404(database, scenario_id), [])

    @pages.post(f"{LANG}/scenarios/<scenario_id>", endpoint="scenario_changed")
    def _scenario_changed(scenario_id: str) -> Page:
        before = scenario_or_404(database, scenario_id)
        is_run = request.form.get("do") == "run"
        try:
            if is_run:
                refuse_if_nobody(database, before)
            asked_now = asked_by_form(before.asked)
            lock, unlinked = _wanted_lock(database, before, asked_now)
            if unlinked:
                return _page(shelf, database, queue, before, [unlinked]), 422
            scenario = _branched(database, before, asked_now)
            if lock:
                told = asked_of(lock)
                return redirect(
                    followed(queue.put("price_lock", told, actor(), scenario=scenario.scenario_id)), 303
                )
        except BadInput as error:
            return _page(shelf, database, queue, before, faults_of(error, spoken())), 422
        if not is_run:
            return saved(queue, scenario)
        job_id = queue.put("run_scenario", {}, actor(), scenario=scenario.scenario_id)
        return redirect(followed(job_id), 303)


def _branched(database: Database, before: Scenario, asked_now: Asked) -> Scenario:
    """Return a child that asks what the form says; the scenario itself where that is what it asks.

    Raises
    ------
    BadInput
        A lock, which somebody made for a reason, is taken away for none.
    """
    note = request.form.get("note", "").strip()
    if len(asked_now.locks) < len(before.asked.locks) and not note:
        raise BadInput([Issue("lock_removed_reason_missing", column="note")])
    if asked_now == before.asked and not note:
        return before
    return scenarios.branch(database, before.scenario_id, asked_now, actor(), note=note)


def _wanted_lock(
    database: Database, scenario: Scenario, asked_now: Asked
) -> tuple[Lock | None, Fault | None]:
    """Return the lock that the form adds, to be priced before it is saved, and why nothing links its pair."""
    if not wants_lock():
        return None, None
    taken, catalog = {str(rule["id"]) for rule in asked_now.question.rules}, _catalog(database, scenario)
    lock = lock_by_form(Names(catalog, (), spoken()), taken)
    refuse_if_any(replace(asked_now, locks=(lock,)).issues())
    kind_of("price_lock").read(asked_of(lock))
    pair = str(lock.rule["product"]), str(lock.rule["placement"])
    found = unreached(catalog, asked_now.question, *pair)
    return lock, fault_of(catalog, found) if found else None


def _page(shelf: Shelf, database: Database, queue: Queue, scenario: Scenario, wrong: list[Fault]) -> str:
    lang, result = spoken(), result_of(database, shelf, queue, scenario)
    nouns = _catalog(database, scenario) if _has_locks(scenario.asked) else nouns_named(database)
    rules = [sentence(rule, nouns, lang) for rule in scenario.asked.programme.rules]
    locks = [(sentence(lock.rule, nouns, lang), lock) for lock in scenario.asked.locks]
    found, look = admitted(database, scenario), None if result.now else foresight(queue, scenario, nouns)
    return render_template(
        "scenarios/scenario.html",
        scenario=scenario,
        programme=programmes.get(database, scenario.programme_id),
        steps=STEPS,
        here=STEPS.index("scenario"),
        rules=rules,
        locks=locks,
        offered=[sentence(rule, nouns, lang) for rule in OFFERED],
        groups=groups(lang),
        admitted=found,
        hopeless=hopeless(found, look),
        result=result,
        foresight=look,
        sweepable=[(name, asked(rule, nouns, lang)) for name, rule in sweepable(scenario.asked).items()],
        steps_offered=STEPS_OFFERED,
        typed=request.values,
        wrong=wrong,
    )


def _has_locks(of: Asked) -> bool:
    return bool(of.locks) or any(rule["kind"] == "lock" for rule in of.programme.rules)


def _catalog(database: Database, scenario: Scenario) -> Catalog:
    """Return the inputs as they were frozen."""
    return scenarios.question(database, scenario.scenario_id)[0]
