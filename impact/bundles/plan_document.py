"""plan.json: what is claimed of a plan, or why there is none."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from impact.matching.plan import Conflict, Plan, Relaxation, RuleOutcome, Status, Way
from impact.matching.solve import Limits, versions

PLAN_FORMAT: Literal["impact-plan/1"] = "impact-plan/1"
SOLVED = (Status.OPTIMAL, Status.WITHIN_GAP, Status.TIME_LIMIT)
STRICT = ConfigDict(
    extra="forbid",
    frozen=True,
    strict=True,
    allow_inf_nan=False,
    populate_by_name=True,
    serialize_by_alias=True,
)


class RuleLine(BaseModel):
    """How a rule stands, in its own units; `price` is objective gained per unit of relief."""

    model_config = STRICT

    id: str
    kind: str
    activity: float
    limit: float
    slack: float
    price: float
    binding: bool
    tightest: str


class MeasureLines(BaseModel):
    """The figures of a plan; `gini` and `…_of_capacity` are null where no producer has a known capacity.

    `welfare` is what each spread is worth, in points, by its id; `value` and it add up to the objective.
    """

    model_config = STRICT

    value: float
    exposure: float
    supply: float
    served_share: float
    minimum_of_capacity: float | None
    fifth_percentile_of_capacity: float | None
    gini: float | None
    group_shares: dict[str, dict[str, float]]
    quality_by_channel: dict[str, float]
    welfare: dict[str, float] = Field(default_factory=dict)


class LevelLine(BaseModel):
    """The best level of X_i/K_i at which a max-min rule finds that everybody can be held.

    `unsettled` producers may rise above the last level that was settled in time.
    """

    model_config = STRICT

    rule: str
    best: float
    unsettled: int = Field(default=0, ge=0)


class RelaxationLine(BaseModel):
    """A rule to move, from one limit to another, in its own units; `verified` by solving again."""

    model_config = STRICT

    rule: str
    row: str
    limit: float = Field(alias="from")
    to: float
    way: Way = Way.LEAST_CHANGE
    verified: bool = False


class ConflictLines(BaseModel):
    """Rules that cannot hold together; moving limits as all `relaxations` of one `way` state resolves it.

    `proof` is above 0: by how much the rules, weighed as the table of prices states, demand too much. Leaving
    out any one of them resolves it too, unless that is still being found out (`is_minimal`).
    """

    model_config = STRICT

    rules: tuple[str, ...]
    relaxations: tuple[RelaxationLine, ...]
    proof: float
    is_minimal: bool = True


class IssueLine(BaseModel):
    """Something to know or to mend, as a code with parameters."""

    model_config = STRICT

    code: str
    params: dict[str, str | int | float] = Field(default_factory=dict)


class Asked(BaseModel):
    """What the solver was asked for."""

    model_config = STRICT

    seconds: float
    gap: float
    engine: str


class PlanDocument(BaseModel):
    """The content of plan.json."""

    model_config = STRICT

    format: Literal["impact-plan/1"] = PLAN_FORMAT
    status: Status
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    max_violation: float | None = None
    seconds: dict[str, float]
    memory_mb: dict[str, float] = Field(default_factory=dict)
    engine: str
    asked: Asked
    versions: dict[str, str]
    seed: int
    input_sha256: str
    rules: tuple[RuleLine, ...] = ()
    measures: MeasureLines | None = None
    levels: tuple[LevelLine, ...] = ()
    conflict: ConflictLines | None = None
    warnings: tuple[IssueLine, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> "PlanDocument":
        figures = (self.objective, self.bound, self.gap, self.max_violation, self.measures)
        if any((figure is not None) != (self.status in SOLVED) for figure in figures):
            raise ValueError("Expected all figures where there is a plan, and none where there is not.")
        if (self.conflict is not None) != (self.status is Status.INFEASIBLE):
            raise ValueError("Expected a conflict where the status is infeasible, and only there.")
        return self


def document_of(plan: Plan, asked: Limits, sha256: str, figures: Mapping[str, object]) -> PlanDocument:
    """State what `plan` claims; `figures` are those of `MeasureLines`."""
    return PlanDocument(
        status=plan.status,
        objective=plan.worth,
        bound=plan.bound,
        gap=plan.gap,
        max_violation=plan.max_violation,
        seconds=dict(plan.seconds),
        memory_mb=dict(plan.memory_mb),
        engine=plan.engine,
        asked=_asked(asked),
        versions=dict(plan.versions),
        seed=plan.seed,
        input_sha256=sha256,
        rules=tuple(map(rule_line, plan.rules)),
        levels=tuple(
            LevelLine(rule=best.rule, best=best.best, unsettled=best.unsettled) for best in plan.levels
        ),
        measures=MeasureLines.model_validate({**figures, "welfare": dict(plan.welfare)}),
        warnings=tuple(IssueLine(code=issue.code, params=dict(issue.params)) for issue in plan.warnings),
    )


def document_of_conflict(conflict: Conflict, asked: Limits, sha256: str) -> PlanDocument:
    """State which rules cannot hold together."""
    return _without_plan(Status.INFEASIBLE, asked, sha256, conflict=conflict_lines(conflict))


def document_of_failure(status: str, asked: Limits, sha256: str) -> PlanDocument:
    """State that the solver gave up, and how."""
    told = IssueLine(code="solver_failed", params={"status": status})
    return _without_plan(Status.FAILED, asked, sha256, warnings=(told,))


def rule_line(outcome: RuleOutcome) -> RuleLine:
    """Write how a rule stands."""
    return RuleLine.model_validate(outcome, from_attributes=True)


def conflict_lines(conflict: Conflict) -> ConflictLines:
    """Write which rules conflict, and the ways out."""
    return ConflictLines(
        rules=conflict.rules,
        relaxations=tuple(map(_relaxation, conflict.relaxations)),
        proof=conflict.proof,
        is_minimal=conflict.is_minimal,
    )


def _relaxation(each: Relaxation) -> RelaxationLine:
    return RelaxationLine.model_validate(each, from_attributes=True, by_name=True)


def _without_plan(
    status: Status,
    asked: Limits,
    sha256: str,
    conflict: ConflictLines | None = None,
    warnings: tuple[IssueLine, ...] = (),
) -> PlanDocument:
    return PlanDocument(
        status=status,
        seconds={},
        engine=asked.engine,
        asked=_asked(asked),
        versions=versions(),
        seed=asked.seed,
        input_sha256=sha256,
        conflict=conflict,
        warnings=warnings,
    )


def _asked(limits: Limits) -> Asked:
    return Asked(seconds=limits.seconds, gap=limits.gap, engine=limits.engine)
