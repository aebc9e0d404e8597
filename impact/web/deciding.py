"""What is decided of a plan: how it stands, the steps that whoever looks on may take, and those taken."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for

from impact.access import Actor, Scope
from impact.errors import BadInput
from impact.gate import actor
from impact.reports.solved import Shelf, Solved
from impact.store.database import Database
from impact.store.decisions.life import PlanLife
from impact.store.decisions.openness import SWITCHED, is_public
from impact.store.decisions.standing import Standing, Taken
from impact.store.decisions.steps import MOVES, State, Step
from impact.store.people.users import user_with_id
from impact.store.reasons import reasons
from impact.web.people.forms import Page, note, told
from impact.web.plans import LANG, STEPS, plan_page, solved_or_404

REACHED = {
    State.SOLVED: "compare",
    State.PROPOSED: "approve",
    State.APPROVED: "publish",
    State.PUBLISHED: "measure",
    State.SUPERSEDED: "measure",
    State.WITHDRAWN: "scenario",
    State.REJECTED: "scenario",
}
"""Where a plan stands on the way from import to measure; what was turned down begins as a scenario again."""
WHO = {step: Scope.PLAN_PUBLISH for step in MOVES if step is not Step.SUPERSEDE} | {
    Step.PROPOSE: Scope.SCENARIO_RUN
}
"""What one must be allowed to do for a step; that one is superseded comes with publishing another."""


@dataclass(frozen=True)
class Offer:
    """A step that may be taken, and whether it wants a reason; `is_back` where it leads back."""

    step: Step
    is_back: bool
    wants_reason: bool


@dataclass(frozen=True)
class Told:
    """A step that was taken, and the name of whoever took it."""

    taken: Taken
    name: str


@dataclass(frozen=True)
class Deciding:
    """What the page says of a plan's life, and whether anybody may look at it, which some may change.

    `said_of_it` is why that was changed last, empty where nobody said.
    """

    standing: Standing
    offers: tuple[Offer, ...]
    taken: tuple[Told, ...]
    is_public: bool
    may_open: bool
    said_of_it: str

    @property
    def here(self) -> int:
        """Which of the steps from import to measure it stands at."""
        return here_of(self.standing)


def register(pages: Blueprint, shelf: Shelf, database: Database) -> None:
    """Add the page of a plan, and deciding of it, to `pages`."""
    life = PlanLife(database)

    def _page(plan_id: str, wrong: list[str]) -> str:
        solved = solved_or_404(shelf, plan_id)
        return plan_page(solved, deciding=deciding(database, life, solved), wrong=wrong)

    def _taken(plan_id: str, step: Step) -> Page:
        solved_or_404(shelf, plan_id)
        version = request.form.get("version", "")
        expected = int(version) if version.isdecimal() and len(version) < 10 else None
        try:
            life.take(plan_id, step, actor(), note(), expected)
        except BadInput as error:
            return _page(plan_id, told(error)), 409
        return redirect(url_for("web.plan", plan_id=plan_id, _anchor="deciding"), 303)

    @pages.get(f"{LANG}/plans/<plan_id>", endpoint="plan")
    def _plan(plan_id: str) -> str:
        return _page(plan_id, [])

    @pages.post(f"{LANG}/plans/<plan_id>/propose", endpoint="plan_proposed")
    def _plan_proposed(plan_id: str) -> Page:
        return _taken(plan_id, Step.PROPOSE)

    @pages.post(
        f"{LANG}/plans/<plan_id>/<any(approve, reject, publish, withdraw):step>", endpoint="plan_decided"
    )
    def _plan_decided(plan_id: str, step: str) -> Page:
        return _taken(plan_id, Step(step))


def here_of(plan: Standing | None) -> int:
    """Number the step from import to measure at which a plan stands; without one, it is the scenario."""
    return STEPS.index(REACHED[plan.state] if plan else "scenario")


def deciding(database: Database, life: PlanLife, solved: Solved) -> Deciding | None:
    """Say how a plan stands and what may be done, None where it was made from no scenario."""
    standing, who = life.get(solved.plan_id), actor()
    if standing is None:
        return None
    return Deciding(
        standing,
        tuple(_offers(standing.state, who, has_baseline=bool(solved.problem.baseline.any()))),
        tuple(Told(each, _name(database, each.who)) for each in life.steps(solved.plan_id)),
        is_public(database, solved.plan_id),
        may_open=standing.state is State.PUBLISHED and who.may(Scope.PLAN_PUBLISH),
        said_of_it=reasons(database, [solved.plan_id], *SWITCHED).get(solved.plan_id, ""),
    )


def _offers(state: State, who: Actor, *, has_baseline: bool) -> list[Offer]:
    """Return the steps that may be taken, those that lead back last.

    Publishing wants a reason only where no link has a baseline.
    """
    offers = [
        Offer(step, move.wants_reason, move.wants_reason or (step is Step.PUBLISH and not has_baseline))
        for step, move in MOVES.items()
        if step in WHO and state in move.sources and who.may(WHO[step])
    ]
    return sorted(offers, key=lambda offer: offer.is_back)


def _name(database: Database, user_id: str) -> str:
    user = user_with_id(database, user_id)
    return user.name if user else user_id
