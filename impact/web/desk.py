"""The desk: what waits for whoever looks, where programmes stand, and what became of what they asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.access import Actor, Scope
from impact.gate import actor
from impact.i18n.naming import plan_called
from impact.i18n.wording import words
from impact.jobs.queue import Queue
from impact.programmes.document import ProgrammeDocument
from impact.store.database import Database
from impact.store.decisions import enrolling, programmes, standing
from impact.store.decisions.applications import ApplicationStep
from impact.store.decisions.naming import PlanNames
from impact.store.decisions.standing import Sought, Standing
from impact.store.decisions.steps import MAKING, State
from impact.store.decisions.waiting import applications_due, moved_last
from impact.store.happened.warnings import at_risk
from impact.store.paging import Part
from impact.store.queue.jobs import Sought as SoughtJobs
from impact.web.deciding import here_of
from impact.web.home import home
from impact.web.jobs.outcomes import outcome_of
from impact.web.language import spoken
from impact.web.plans import LANG, STEPS
from impact.web.programmes.filled import today

AT_ONCE = 12
"""So many programmes, and plans that wait in one state, fit on the desk."""
RECENT = 5
ANSWERED_BY = {ApplicationStep.COUNTY: Scope.SCENARIO_RUN, ApplicationStep.PLATFORM: Scope.PLAN_PUBLISH}
"""What one must be allowed to do to answer an application that waits for this step."""
FOR_APPROVERS = (State.PROPOSED, State.APPROVED)


@dataclass(frozen=True)
class Place:
    """Where a programme stands: at which step of the way, and by which plan; None where there is none yet.

    `published` is the plan that is carried out meanwhile, None where that is `plan` itself or none.
    """

    document: ProgrammeDocument
    plan: Standing | None
    published: str | None = None

    @property
    def here(self) -> int:
        """The number of the step it stands at."""
        return here_of(self.plan)


@dataclass(frozen=True)
class Task:
    """Something that waits: of which kind, what of it one is told, and where it is done."""

    kind: str
    told: dict[str, str | int]
    address: str


def register(pages: Blueprint, database: Database, queue: Queue, names: PlanNames) -> None:
    """Add the desk to `pages`."""

    @pages.get(f"{LANG}/", endpoint="desk")
    def _desk() -> str | Response:
        who = actor()
        if who.partner:
            return redirect(home(spoken()))
        documents = [enrolling.document_of(each) for each in programmes.listed(database, Part(AT_ONCE)).items]
        stands = moved_last(database, [each.programme_id for each in documents])
        return render_template(
            "desk.html",
            tasks=list(_tasks(database, names, who, documents)),
            places=[_place(database, each, stands.get(each.programme_id)) for each in documents],
            steps=STEPS,
            jobs=queue.list(SoughtJobs(owner=who.actor_id), limit=RECENT),
            outcome_of=outcome_of,
        )


def _place(database: Database, document: ProgrammeDocument, plan: Standing | None) -> Place:
    published = standing.published(database, document.programme_id)
    return Place(document, plan, None if plan and plan.plan_id == published else published)


def _tasks(
    database: Database, names: PlanNames, who: Actor, documents: list[ProgrammeDocument]
) -> Iterator[Task]:
    """Name what waits for somebody: plans first, then applications, then milestones."""
    if who.may(Scope.PLAN_PUBLISH):
        yield from _plans(database, who, names)
    yield from _applications(database, who, documents)
    if who.may(Scope.SCENARIO_RUN):
        yield from _milestones(database, documents)


def _plans(database: Database, who: Actor, names: PlanNames) -> Iterator[Task]:
    """Say which plans wait to be approved, by somebody who did not make them, and which to be published."""
    for state in FOR_APPROVERS:
        for each in standing.listed(database, Part(AT_ONCE), Sought(state=state)).items:
            if state is State.PROPOSED and _made(database, each.plan_id, who):
                continue
            told: dict[str, str | int] = {
                "name": plan_called(names.of, each.plan_id, spoken()),
                "period": each.period,
            }
            yield Task(state, told, url_for("web.plan", plan_id=each.plan_id, _anchor="deciding"))


def _made(database: Database, plan_id: str, who: Actor) -> bool:
    taken = standing.steps_of(database, plan_id)
    return any(each.step in MAKING and each.who == who.actor_id for each in taken)


def _applications(database: Database, who: Actor, documents: list[ProgrammeDocument]) -> Iterator[Task]:
    """Say how many applications wait, where some programme asks for them."""
    asking = [each for each in documents if any(one.kind == "application" for one in each.eligibility)]
    if not asking:
        return
    address = url_for("web.enrolled", programme_id=asking[0].programme_id, shown="out")
    for step, count in applications_due(database).items():
        if who.may(ANSWERED_BY[step]):
            yield Task(f"application_{step}", {"count": count}, address)


def _milestones(database: Database, documents: list[ProgrammeDocument]) -> Iterator[Task]:
    named = {
        (each.programme_id, one.milestone_id): (each.name, one.name)
        for each in documents
        for one in each.milestones
    }
    for risk in at_risk(database, today()):
        about = named.get((risk.programme_id, risk.milestone_id))
        if about:
            programme, milestone = (each.model_dump()[spoken()] for each in about)
            address = url_for("web.programme", programme_id=risk.programme_id)
            why = words(f"milestone_why.{risk.code}", spoken())
            yield Task("milestone", {"name": programme, "milestone": milestone, "why": why}, address)
