"""Solved programmes: what was asked, its inputs frozen, and what was answered; kept once, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

import numpy as np
from pydantic import TypeAdapter
from sqlalchemy import JSON, Column, Connection, Engine, Float, ForeignKey, Row, Table, Text, insert, select

from impact.arrays import Floats, Ints
from impact.errors import Issue
from impact.matching.graph.links import Graph, Links
from impact.matching.plan import Plan, RowPrices, RuleOutcome, Status
from impact.matching.question.problem import problem_of
from impact.model import Programme
from impact.reports.solved import Solved
from impact.store.nouns import METADATA
from impact.store.snapshots import keep_arrays, keep_catalog, kept_arrays, kept_catalog

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
LINKS = ("product_of", "placement_of", "parts", "weights", "value", "quality", "baseline", "max_exposure")
IN_MEMORY = 4
"""How many plans a process keeps at hand; a plan never changes, so they cannot go stale."""


@dataclass(frozen=True)
class _Answer:
    """A plan without its arrays."""

    status: Status
    worth: float
    bound: float
    gap: float
    max_violation: float
    rules: tuple[RuleOutcome, ...]
    priced: tuple[tuple[str, tuple[str, ...]], ...]
    engine: str
    seed: int
    seconds: Mapping[str, float]
    versions: Mapping[str, str]
    warnings: tuple[Issue, ...]


_ANSWER = TypeAdapter(_Answer)
_PROGRAMME = TypeAdapter(Programme)


class PlanShelf:
    """The plans of one database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._read = lru_cache(IN_MEMORY)(self._load)

    def ids(self) -> tuple[str, ...]:
        """Name the plans kept, newest first."""
        newest_first = select(PLANS.c.plan_id).order_by(PLANS.c.created_at.desc(), PLANS.c.plan_id)
        with self.engine.connect() as connection:
            return tuple(connection.execute(newest_first).scalars())

    def get(self, plan_id: str) -> Solved | None:
        """Return one plan, or None where there is none of that name."""
        with self.engine.connect() as connection:
            known = connection.execute(select(PLANS.c.plan_id).where(PLANS.c.plan_id == plan_id)).first()
        return self._read(plan_id) if known else None

    def keep(self, solved: Solved) -> None:
        """Keep a solved programme; one that is kept already stays as it is."""
        with self.engine.begin() as connection:
            if connection.execute(select(PLANS.c.plan_id).where(PLANS.c.plan_id == solved.plan_id)).first():
                return
            connection.execute(insert(PLANS).values(_row(connection, solved)))

    def _load(self, plan_id: str) -> Solved:
        with self.engine.connect() as connection:
            row = connection.execute(select(PLANS).where(PLANS.c.plan_id == plan_id)).one()
            arrays = kept_arrays(connection, row.arrays)
            refused = {
                name.removeprefix("refused."): arrays[name] for name in arrays if name.startswith("refused.")
            }
            links = Links(**{name: arrays[name] for name in LINKS})  # type: ignore[arg-type]
            graph = Graph(kept_catalog(connection, row.catalog), links, refused)  # type: ignore[arg-type]
        programme = _PROGRAMME.validate_python(row.programme)
        return Solved(plan_id, programme, graph, problem_of(graph), _plan(row, arrays))


def _row(connection: Connection, solved: Solved) -> dict[str, object]:
    links, plan = solved.graph.links, solved.plan
    arrays: dict[str, Floats | Ints] = {name: getattr(links, name) for name in LINKS}
    arrays |= {f"refused.{reason}": counts for reason, counts in solved.graph.refused.items()}
    arrays |= {f"price.{price.rule}": price.duals for price in plan.prices}
    arrays["exposure"] = plan.exposure
    return {
        "plan_id": solved.plan_id,
        "created_at": datetime.now(UTC).isoformat(timespec="microseconds"),
        "status": plan.status,
        "worth": plan.worth,
        "programme": _PROGRAMME.dump_python(solved.programme, mode="json"),
        "answer": _ANSWER.dump_python(_answer(plan), mode="json"),
        "catalog": keep_catalog(connection, solved.graph.catalog),
        "arrays": keep_arrays(connection, arrays),
    }


def _answer(plan: Plan) -> _Answer:
    kept = {name: getattr(plan, name) for name in _Answer.__dataclass_fields__ if name != "priced"}
    return _Answer(**kept, priced=tuple((price.rule, price.labels) for price in plan.prices))


def _plan(row: Row[tuple[object, ...]], arrays: Mapping[str, Floats | Ints]) -> Plan:
    answer = _ANSWER.validate_python(row.answer)
    prices = tuple(
        RowPrices(rule, labels, np.asarray(arrays[f"price.{rule}"], np.float64))
        for rule, labels in answer.priced
    )
    kept = {name: getattr(answer, name) for name in _Answer.__dataclass_fields__ if name != "priced"}
    return Plan(exposure=np.asarray(arrays["exposure"], np.float64), prices=prices, **kept)
