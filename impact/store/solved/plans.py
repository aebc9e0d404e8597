"""Solved programmes: what was asked, its inputs frozen, and what was answered; kept once, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any

import numpy as np
from pydantic import TypeAdapter
from sqlalchemy import JSON, Column, Connection, Engine, Float, ForeignKey, Row, Table, Text, select

from impact.arrays import Floats, Ints
from impact.errors import Issue
from impact.matching.plan import BestLevels, Plan, RowPrices, RuleOutcome, Status
from impact.model import Programme
from impact.reports.solved import Headline, Solved
from impact.store.database import insert_new, reading, writing
from impact.store.nouns import METADATA
from impact.store.solved.allocations import keep_allocation
from impact.store.solved.inputs import keep_inputs, kept_inputs
from impact.store.solved.snapshots import beside, keep_arrays, kept_array, kept_arrays

PLANS = Table(
    "plans",
    METADATA,
    Column("plan_id", Text, primary_key=True),
    Column("created_at", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("worth", Float, nullable=False),
    Column("programme", JSON, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("catalog", Text, ForeignKey("snapshots.sha256"), nullable=False),
    Column("arrays", Text, ForeignKey("snapshots.sha256"), nullable=False),
)
HEADLINE = ("plan_id", "programme", "status", "worth", "created_at")
IN_MEMORY = 4
"""How many plans a process keeps at hand; a plan never changes, so they cannot go stale."""


Priced = tuple[tuple[str, tuple[str, ...]], ...]
"""Rules and the labels of their rows."""


@dataclass(frozen=True)
class _Levels:
    """Best levels without their arrays."""

    rule: str
    best: float
    shown: bool
    weighed: Priced


@dataclass(frozen=True)
class _Answer:
    """A plan without its arrays; `levels` and `welfare` are missing from plans kept before there were any."""

    status: Status
    worth: float
    bound: float
    gap: float
    max_violation: float
    rules: tuple[RuleOutcome, ...]
    priced: Priced
    engine: str
    seed: int
    seconds: Mapping[str, float]
    versions: Mapping[str, str]
    warnings: tuple[Issue, ...]
    levels: tuple[_Levels, ...] = ()
    welfare: Mapping[str, float] = field(default_factory=dict)


_NEWEST_FIRST = select(PLANS.c.plan_id).order_by(PLANS.c.created_at.desc(), PLANS.c.plan_id)
_ANSWER = TypeAdapter(_Answer)
_PROGRAMME = TypeAdapter(Programme)
_APART = ("priced", "levels")
"""What is laid out in other words than in the plan."""


class PlanShelf:
    """The plans of one database."""

    def __init__(self, engine: Engine, in_memory: int = IN_MEMORY) -> None:
        self.engine = engine
        self._read = lru_cache(in_memory)(self._load)
        self._inputs = lru_cache(in_memory)(partial(kept_inputs, engine))

    def ids(self) -> tuple[str, ...]:
        """Name the plans kept, newest first."""
        with reading(self.engine) as connection:
            return tuple(connection.execute(_NEWEST_FIRST).scalars())

    def get(self, plan_id: str) -> Solved | None:
        """Return one plan, or None where there is none of that name."""
        with reading(self.engine) as connection:
            known = connection.execute(select(PLANS.c.plan_id).where(PLANS.c.plan_id == plan_id)).first()
        return self._read(plan_id) if known else None

    def headlines(self, plan_ids: Sequence[str]) -> tuple[Headline, ...]:
        """Say of plans what a list says, without loading what they are made of."""
        asked = select(*(PLANS.c[name] for name in HEADLINE)).where(PLANS.c.plan_id.in_(plan_ids))
        with reading(self.engine) as connection:
            found = {row.plan_id: _headline(row) for row in connection.execute(asked)}
        return tuple(found[name] for name in plan_ids if name in found)

    def keep(self, solved: Solved) -> None:
        """Keep a solved programme; one that is kept already stays as it is."""
        with writing(self.engine) as connection:
            keep_plan(connection, solved)

    def _load(self, plan_id: str) -> Solved:
        with reading(self.engine) as connection:
            row = connection.execute(select(PLANS).where(PLANS.c.plan_id == plan_id)).one()
            arrays, inputs = kept_arrays(connection, row.arrays), beside(connection, row.arrays)
        graph, problem = self._inputs(row.catalog, inputs or row.arrays)
        programme = _PROGRAMME.validate_python(row.programme)
        return Solved(plan_id, programme, graph, problem, _plan(row, arrays))


def _headline(row: Row[Any]) -> Headline:
    programme = _PROGRAMME.validate_python(row.programme)
    return Headline(row.plan_id, programme, Status(row.status), row.worth, row.created_at)


def has_baseline(connection: Connection, plan_id: str) -> bool:
    """Tell whether a plan was made over what anybody sees without it: a link has an organic baseline."""
    asked = select(PLANS.c.arrays).where(PLANS.c.plan_id == plan_id)
    name = connection.execute(asked).scalar_one()
    return bool(kept_array(connection, beside(connection, name) or name, "baseline").any())


def keep_plan(connection: Connection, solved: Solved) -> None:
    """Keep a solved programme with whatever else the transaction keeps, see `PlanShelf.keep`."""
    known = connection.execute(select(PLANS.c.plan_id).where(PLANS.c.plan_id == solved.plan_id)).first()
    if known is None and insert_new(connection, PLANS, [plan_row(connection, solved)]):
        keep_allocation(connection, solved)


def plan_row(connection: Connection, solved: Solved) -> dict[str, object]:
    """Lay a plan out as a row, and keep the snapshots it names."""
    plan = solved.plan
    arrays: dict[str, Floats | Ints] = {f"price.{price.rule}": price.duals for price in plan.prices}
    for best in plan.levels:
        arrays |= _level_arrays(best)
    arrays["exposure"] = plan.exposure
    catalog, inputs = _shared(connection, solved.gone_on_from) or keep_inputs(connection, solved)
    return {
        "plan_id": solved.plan_id,
        "created_at": datetime.now(UTC).isoformat(timespec="microseconds"),
        "status": plan.status,
        "worth": plan.worth,
        "programme": _PROGRAMME.dump_python(solved.programme, mode="json"),
        "answer": _ANSWER.dump_python(_answer(plan), mode="json"),
        "catalog": catalog,
        "arrays": keep_arrays(connection, arrays, inputs),
    }


def _shared(connection: Connection, plan_id: str | None) -> tuple[str, str] | None:
    """Name the inputs of a plan as they are kept; None where they are not by themselves."""
    asked = select(PLANS.c.catalog, PLANS.c.arrays).where(PLANS.c.plan_id == plan_id)
    row = connection.execute(asked).first() if plan_id else None
    inputs = beside(connection, row.arrays) if row else ""
    return (row.catalog, inputs) if row and inputs else None


def _level_arrays(best: BestLevels) -> dict[str, Floats]:
    arrays = {f"level.{best.rule}": best.level}
    arrays |= {f"weight.{best.rule}.{each.rule}": each.duals for each in best.weights}
    return arrays if best.shown is None else {**arrays, f"shown.{best.rule}": best.shown}


def _answer(plan: Plan) -> _Answer:
    return _Answer(
        **_figures(plan),
        priced=_labels(plan.prices),
        levels=tuple(
            _Levels(best.rule, best.best, best.shown is not None, _labels(best.weights))
            for best in plan.levels
        ),
    )


def _plan(row: Row[tuple[object, ...]], arrays: Mapping[str, Floats | Ints]) -> Plan:
    answer = _ANSWER.validate_python(row.answer)
    return Plan(
        **_figures(answer),
        exposure=np.asarray(arrays["exposure"], np.float64),
        prices=_priced(arrays, "price", answer.priced),
        levels=tuple(_levels(arrays, best) for best in answer.levels),
    )


def _levels(arrays: Mapping[str, Floats | Ints], best: _Levels) -> BestLevels:
    shown = np.asarray(arrays[f"shown.{best.rule}"], np.float64) if best.shown else None
    level = np.asarray(arrays[f"level.{best.rule}"], np.float64)
    weights = _priced(arrays, f"weight.{best.rule}", best.weighed)
    return BestLevels(best.rule, best.best, level, shown, weights)


def _figures(answer: Plan | _Answer) -> dict[str, Any]:
    """Return what a plan and its row state in the same words."""
    return {name: getattr(answer, name) for name in _Answer.__dataclass_fields__ if name not in _APART}


def _labels(prices: Sequence[RowPrices]) -> Priced:
    return tuple((price.rule, price.labels) for price in prices)


def _priced(arrays: Mapping[str, Floats | Ints], kind: str, labels: Priced) -> tuple[RowPrices, ...]:
    return tuple(
        RowPrices(rule, rows, np.asarray(arrays[f"{kind}.{rule}"], np.float64)) for rule, rows in labels
    )
