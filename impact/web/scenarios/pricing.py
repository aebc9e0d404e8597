"""A lock's price before it is saved: what the plan loses by it, who has less and more then; and saving it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from impact.bundles.explanations.lock_price import LockPriceDocument
from impact.bundles.plan_document import PlanDocument
from impact.errors import BadInput
from impact.gate import actor
from impact.jobs.kinds.price_lock import CONFLICT, PRICE
from impact.jobs.queue import Queue
from impact.store.database import Database
from impact.store.decisions import scenarios
from impact.store.decisions.scenario import Lock
from impact.store.queue.jobs import Job
from impact.web.jobs.outcomes import followed, job_or_404
from impact.web.judging.gains import payers_told
from impact.web.judging.names import Names
from impact.web.language import spoken
from impact.web.people.forms import Page
from impact.web.plans import LANG, STEPS
from impact.web.programmes.filled import Fault, faults_of
from impact.web.scenarios.kept import saved, scenario_or_404
from impact.web.sentences import free_id

LOCK_FIELDS = ("product", "placement", "at_least", "at_most", "reason", "until")


def register(pages: Blueprint, database: Database, queue: Queue) -> None:
    """Add the page of a lock's price, and saving the lock, to `pages`."""

    @pages.get(f"{LANG}/lock-prices/<price_id>", endpoint="lock_price")
    def _lock_price(price_id: str) -> Page:
        job = job_or_404(queue, price_id, "price_lock")
        return _page(database, queue, job, []) if job.ended else redirect(followed(price_id), 303)

    @pages.post(f"{LANG}/lock-prices/<price_id>", endpoint="lock_saved")
    def _lock_saved(price_id: str) -> Page:
        job = job_or_404(queue, price_id, "price_lock")
        found = _price(queue, job) or abort(400)
        try:
            return _saved(database, queue, job, found)
        except BadInput as error:
            return _page(database, queue, job, faults_of(error, spoken())), 422


def _saved(database: Database, queue: Queue, job: Job, found: LockPriceDocument) -> Response:
    """Make a scenario that asks for the lock too, with the price it was seen at."""
    before = scenario_or_404(database, job.scenario or "")
    taken = {str(rule["id"]) for rule in before.asked.question.rules}
    rule = {**_rule(job), "id": free_id("lock-1", taken)}
    reason, until = request.form.get("reason", "").strip(), request.form.get("until", "").strip()
    lock = Lock(rule, reason, until or None, price=found.lost)
    asked_now = replace(before.asked, locks=(*before.asked.locks, lock))
    made = scenarios.branch(database, before.scenario_id, asked_now, actor())
    return saved(queue, made, "locks")


def _page(database: Database, queue: Queue, job: Job, wrong: list[Fault]) -> str:
    scenario, found, lang = scenario_or_404(database, job.scenario or ""), _price(queue, job), spoken()
    catalog = scenarios.question(database, scenario.scenario_id)[0]
    names = Names(catalog, (*scenario.asked.question.rules, _rule(job)), lang)
    return render_template(
        "scenarios/lock_price.html",
        scenario=scenario,
        job=job,
        steps=STEPS,
        here=STEPS.index("scenario"),
        lock=names.rule(str(_rule(job)["id"])),
        found=found,
        paid=payers_told(found.payers, names) if found else None,
        against=_against(queue, job, names),
        filled=_filled(job),
        typed=request.form or {name: job.asked.get(name) or "" for name in ("reason", "until")},
        wrong=wrong,
    )


def _rule(job: Job) -> Mapping[str, object]:
    rule = job.asked.get("rule")
    assert isinstance(rule, dict)
    return rule


def _filled(job: Job) -> dict[str, Any]:
    """Return what the form of a lock said, by the names of its fields."""
    stated = {**_rule(job), "reason": job.asked.get("reason"), "until": job.asked.get("until")}
    said = {name: f"{each:.15g}" if isinstance(each, float) else each for name, each in stated.items()}
    return {f"lock.{name}": said[name] for name in LOCK_FIELDS if said.get(name) is not None}


def _price(queue: Queue, job: Job) -> LockPriceDocument | None:
    file = queue.file(job.job_id, PRICE)
    return LockPriceDocument.model_validate_json(file) if file else None


def _against(queue: Queue, job: Job, names: Names) -> list[str]:
    """Say the rules that the lock cannot hold with, itself among them."""
    file = queue.file(job.job_id, CONFLICT)
    conflict = PlanDocument.model_validate_json(file).conflict if file else None
    return [names.rule(rule) for rule in conflict.rules] if conflict else []
