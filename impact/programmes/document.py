"""A programme's document: its goal apart from its method, who may be in it, and the steps on the way.

Everything but a name and a month may be left out: what is left out is not asked for.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from impact.model import Programme
from impact.programmes.criteria import Criterion
from impact.programmes.quotas import Quota

STRICT = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)
Text = Annotated[str, Field(min_length=1)]


class Part(BaseModel):
    """A part of the document."""

    model_config = STRICT


class Names(Part):
    """What something is called in each language."""

    zh: Text
    en: Text


class Goal(Part):
    """What is to be different for people afterwards, and by how much and when one will know.

    `reason` says why, where the goal reads like a process metric or a method (see `goals`).
    """

    outcome: Names
    metric: Text
    baseline: float | None = None
    """As it is before; None where nobody has measured it yet."""
    target: float
    by: date
    reason: str = ""


class TrackBudget(Part):
    """What may be spent on a track in its own unit: hours of field, slots of the others."""

    track: Literal["field", "alliance", "campaign", "top_kol"]
    budget: float = Field(ge=0)


class Window(Part):
    """The days in which it runs, both included."""

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.last:
            raise ValueError("Expected a window that begins before it ends.")
        return self


class Method(Part):
    """How it is done: on which tracks, when and where; none of it is a goal."""

    tracks: tuple[TrackBudget, ...] = ()
    exposures: float | None = Field(default=None, ge=0)
    """The exposures that may be given, None for all that placements have."""
    window: Window | None = None
    channels: tuple[Text, ...] = ()
    """Channels by id, empty for all."""


class MilestoneDocument(Part):
    """A step on the way: `metric` is to go from `baseline` to `target` between two days."""

    milestone_id: Text
    name: Names
    metric: Text
    baseline: float = 0.0
    target: float
    first: date
    due: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first >= self.due:
            raise ValueError("Expected a milestone that begins before it is due.")
        return self


class ProgrammeDocument(Part):
    """The content of programme.json; each rule is as in the bundle's problem.json and checked there."""

    format: Literal["impact-programme/1"]
    programme_id: Text
    name: Names
    month: int = Field(ge=1, le=12)
    rules: tuple[dict[str, object], ...] = ()
    seed: int = Field(default=0, ge=0)
    template: str | None = None
    """The template it was begun from, None for one begun from nothing."""
    goal: Goal | None = None
    method: Method = Method()
    eligibility: tuple[Criterion, ...] = ()
    quotas: tuple[Quota, ...] = ()
    milestones: tuple[MilestoneDocument, ...] = ()
    north_star: tuple[Text, ...] = ()
    """Metrics that say whether people are better off, the first one first."""

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        names = [quota.id for quota in self.quotas] + [str(rule.get("id")) for rule in self.rules]
        milestones = [milestone.milestone_id for milestone in self.milestones]
        for each in (names, milestones):
            twice = sorted({name for name in each if each.count(name) > 1})
            if twice:
                raise ValueError(f"Expected each to be named once: {', '.join(twice)}.")
        return self

    @property
    def programme(self) -> Programme:
        """What the engine is asked: the quotas as rules, before the rules that are stated as such."""
        return Programme(
            programme_id=self.programme_id,
            name_zh=self.name.zh,
            name_en=self.name.en,
            month=self.month,
            rules=(*(quota.rule for quota in self.quotas), *self.rules),
            seed=self.seed,
        )
