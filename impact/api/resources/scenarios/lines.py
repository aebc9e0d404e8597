"""What is asked in scenarios, and how they are shown."""

from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, Field, TypeAdapter

from impact.api.contract.operation import BODY, FORBID, Plain
from impact.api.contract.paging import After, Listed
from impact.api.resources.programmes.lines import Day
from impact.matching.rules import RULES, Rule
from impact.matching.rules.lock import Lock as LockRule
from impact.store.decisions.scenario import Asked, Lock, Scenario

Period = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
"""A month, as in 2026-10."""
Said = Annotated[Plain, Field(max_length=2000)]
_LOCK = TypeAdapter(LockRule)


class ScenarioBegun(BaseModel):
    """The day for whose month a scenario is begun; today when left out."""

    model_config = BODY

    on: Day | None = None


class LockLine(BaseModel):
    """A lock, why it is there, and its last period; null: it holds for good."""

    model_config = BODY

    rule: LockRule
    reason: Annotated[str, Field(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=2000)]
    until: Period | None = None


class ScenarioAsked(BaseModel):
    """What is put to the inputs: rules, locks and the period; `seed` and rules stay when left out.

    `note` says why it is asked.
    """

    model_config = BODY

    period: Period
    locks: Annotated[tuple[LockLine, ...], Field(max_length=1000)] = ()
    rules: Annotated[tuple[Rule, ...], Field(max_length=1000)] | None = None
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    note: Said = ""


class KeptLock(BaseModel):
    """A lock as it is kept; `price` are the points the plan lost by it then, null where nobody asked."""

    model_config = FORBID

    rule: dict[str, object]
    reason: str
    until: str | None
    price: float | None


class NoteLine(BaseModel):
    """What was said about a scenario, by whom (an id), and when."""

    model_config = FORBID

    text: str
    who: str
    at: str


class ScenarioView(BaseModel):
    """A scenario. `catalog` is the hash of the inputs it froze; `parent` the one it was branched from;
    `published` the plan that was published then. What is asked may change until `frozen_at`.
    """

    model_config = FORBID

    scenario_id: str
    programme_id: str
    programme_version: int
    period: str
    rules: list[dict[str, object]]
    locks: list[KeptLock]
    seed: int
    notes: list[NoteLine]
    catalog: str
    parent: str | None
    published: str | None
    version: int
    made_at: str
    made_by: str
    frozen_at: str | None


class ScenarioList(Listed[ScenarioView]):
    """Scenarios, the newest first; `next` is the cursor of the page after, null on the last."""


class OfProgramme(After):
    """Of which programme; of all when left out."""

    programme_id: Annotated[Plain, Field(min_length=1, max_length=200)] | None = None


def read(body: ScenarioAsked, before: Scenario) -> Asked:
    """Put what is sent in the place of what was asked before."""
    programme = before.asked.programme
    if body.rules is not None:
        programme = replace(programme, rules=tuple(RULES.dump_python(body.rules, mode="json")))
    if body.seed is not None:
        programme = replace(programme, seed=body.seed)
    return Asked(programme, body.period, tuple(map(_lock, body.locks)))


def _lock(line: LockLine) -> Lock:
    return Lock(_LOCK.dump_python(line.rule, mode="json"), line.reason, line.until)


def shown(kept: Scenario) -> ScenarioView:
    """Show a scenario as it stands."""
    asked = kept.asked
    return ScenarioView(
        scenario_id=kept.scenario_id,
        programme_id=kept.programme_id,
        programme_version=kept.programme_version,
        catalog=kept.catalog,
        parent=kept.parent,
        published=kept.published,
        version=kept.version,
        made_at=kept.made_at,
        made_by=kept.made_by,
        frozen_at=kept.frozen_at,
        period=asked.period,
        rules=list(map(dict, asked.programme.rules)),
        locks=[KeptLock.model_validate(vars(each) | {"rule": dict(each.rule)}) for each in asked.locks],
        seed=asked.programme.seed,
        notes=[NoteLine.model_validate(vars(each)) for each in kept.notes],
    )
