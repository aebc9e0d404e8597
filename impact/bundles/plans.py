"""Write a plan as files, and read one back with nothing taken on trust."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from impact.arrays import Floats, Ints
from impact.bundles.document import read_text
from impact.bundles.opened import opened
from impact.bundles.plan_document import PlanDocument
from impact.bundles.pointed import pointed
from impact.bundles.shipped import shipped
from impact.bundles.tables.checking import MOST_ALIKE, table_faults
from impact.bundles.tables.layout import ALLOCATION, LEVELS, PRICES, Suffix, files_of
from impact.bundles.tables.loading import Database, Loaded, database, load, suffix_of
from impact.bundles.tables.writing import Column, write_table
from impact.bundles.write import named
from impact.errors import BadInput, Issue, refuse_if_any
from impact.matching.plan import Conflict, Plan, RowPrices
from impact.matching.question.problem import Problem, Texts
from impact.timing import Stopwatch

PLAN_FILE = "plan.json"
PLAN_FILES = (PLAN_FILE, *files_of(ALLOCATION.name, PRICES.name, LEVELS.name))


@dataclass(frozen=True)
class ReadPlan:
    """A plan as its files state it, on the links of a problem."""

    document: PlanDocument
    exposure: Floats  # [link]
    prices: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    shown: Mapping[str, Floats] = field(default_factory=dict)
    """By max-min rule: exposures said to hold everybody at its best level."""


def allocation_of(problem: Problem, exposure: Floats) -> dict[str, Column]:
    """Return who is shown where how much, in columns; only what is above zero."""
    given = np.flatnonzero(exposure > 0)
    return {
        "product_id": named(problem.product_ids, problem.product_of[given]),
        "placement_id": named(problem.placement_ids, problem.placement_of[given]),
        "exposure": exposure[given],
    }


def write_plan(
    out: Path,
    document: PlanDocument,
    tables: Mapping[str, Mapping[str, Column]],
    suffix: Suffix,
    watch: Stopwatch,
) -> None:
    """Write plan.json and `tables` to the folder or .zip `out`, whole or not at all."""
    with shipped(out, PLAN_FILES) as folder:
        with watch.stage("write"), database() as db:
            for name, columns in tables.items():
                write_table(db, folder / f"{name}.{suffix}", columns)
        timed = document.model_copy(update={"seconds": dict(watch.seconds)})
        (folder / PLAN_FILE).write_text(timed.model_dump_json(indent=1) + "\n", "utf-8")


def plan_tables(problem: Problem, plan: Plan) -> dict[str, Mapping[str, Column]]:
    """Lay `plan` out in the tables of a plan bundle: allocation, prices that prove a bound, levels."""
    tables: dict[str, Mapping[str, Column]] = {
        ALLOCATION.name: allocation_of(problem, plan.exposure),
        PRICES.name: _price_columns(plan.prices),
    }
    shown = {best.rule: best.shown for best in plan.levels if best.shown is not None}
    return tables | ({LEVELS.name: _level_columns(problem, shown)} if shown else {})


def conflict_tables(conflict: Conflict) -> dict[str, Mapping[str, Column]]:
    """Lay out what proves `conflict`: the weights of its certificate."""
    return {PRICES.name: _price_columns(conflict.weights)}


def read_plan(path: Path, problem: Problem) -> ReadPlan:
    """Read the plan of `problem` in a folder or .zip.

    Raises
    ------
    BadInput
        If a file cannot be made out, or the allocation names links that the problem does not have.
    """
    with opened(path, PLAN_FILES) as folder, database() as db:
        document = read_plan_document(folder)
        none = document.objective is None
        exposure = np.zeros(problem.num_links) if none else _exposure(db, folder, problem)
        return ReadPlan(document, exposure, _prices(db, folder), _shown(db, folder, problem))


def read_plan_document(folder: Path) -> PlanDocument:
    """Read plan.json in `folder`; raises `BadInput` with everything that is wrong with it."""
    try:
        return PlanDocument.model_validate_json(read_text(folder / PLAN_FILE), by_alias=True)
    except ValidationError as error:
        raise BadInput(pointed(error, PLAN_FILE)) from error


def _exposure(db: Database, folder: Path, problem: Problem) -> Floats:
    """Put the exposures of the allocation on the links they name."""
    loaded = load(db, folder, ALLOCATION)
    link_of = _links_of(db, loaded, problem)
    exposure = np.zeros(problem.num_links)
    exposure[link_of] = _column(db, loaded, "exposure").astype(np.float64)
    return exposure


def _shown(db: Database, folder: Path, problem: Problem) -> dict[str, Floats]:
    """Read the exposures that show best levels, by rule; none where there is no such table."""
    if suffix_of(folder, LEVELS.name) is None:
        return {}
    loaded = load(db, folder, LEVELS)
    link_of, rule_of = _links_of(db, loaded, problem), _column(db, loaded, "rule")
    given = _column(db, loaded, "exposure").astype(np.float64)
    shown = {str(rule): np.zeros(problem.num_links) for rule in np.unique(rule_of)}
    for rule, exposure in shown.items():
        exposure[link_of[rule_of == rule]] = given[rule_of == rule]
    return shown


def _links_of(db: Database, loaded: Loaded, problem: Problem) -> Ints:
    """Find the link that each row of a table names."""
    refuse_if_any(issue for issue in table_faults(db, loaded, ()) if issue.code != "table_empty")
    product_of = _indices(_column(db, loaded, "product_id"), problem.product_ids)
    placement_of = _indices(_column(db, loaded, "placement_id"), problem.placement_ids)
    link_of = _links(problem, product_of, placement_of)
    refuse_if_any(_unknown_links(loaded.file, link_of))
    return link_of


def _prices(db: Database, folder: Path) -> dict[str, dict[str, float]]:
    """Read the dual of each row by rule and label; none where there is no such table."""
    if suffix_of(folder, PRICES.name) is None:
        return {}
    loaded = load(db, folder, PRICES)
    refuse_if_any(issue for issue in table_faults(db, loaded, ()) if issue.code != "table_empty")
    prices: dict[str, dict[str, float]] = {}
    columns = (_column(db, loaded, name).tolist() for name in ("rule", "row", "dual"))
    for rule, row, dual in zip(*columns, strict=True):
        prices.setdefault(rule, {})[row] = float(dual)
    return prices


def _column(db: Database, loaded: Loaded, name: str) -> NDArray[Any]:
    column: NDArray[Any] = db.execute(
        f"select {loaded.at(name)} as c from {loaded.table.name} order by r"  # noqa: S608
    ).fetchnumpy()["c"]
    return column


def _indices(names: NDArray[Any], ids: Texts) -> Ints:
    index = {name: number for number, name in enumerate(ids)}
    return np.array([index.get(name, -1) for name in names], np.int64)


def _links(problem: Problem, product_of: Ints, placement_of: Ints) -> Ints:
    """Find the link of each (product, placement), -1 where there is none."""
    size = len(problem.placement_ids)
    keys = problem.product_of * size + problem.placement_of
    wanted = np.where((product_of < 0) | (placement_of < 0), -1, product_of * size + placement_of)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, place, -1)


def _unknown_links(file: str, link_of: Ints) -> Iterator[Issue]:
    rows = np.flatnonzero(link_of < 0) + 2
    for row in rows[:MOST_ALIKE].tolist():
        yield Issue("link_unknown", file, row=row)
    if len(rows) > MOST_ALIKE:
        yield Issue("more_like_this", file, params={"count": len(rows) - MOST_ALIKE})


def _level_columns(problem: Problem, shown: Mapping[str, Floats]) -> dict[str, Column]:
    tables = [(rule, allocation_of(problem, exposure)) for rule, exposure in shown.items()]
    rules = [rule for rule, table in tables for _ in range(len(table["exposure"]))]
    joined = {
        name: np.concatenate([np.asarray(table[name]) for _, table in tables])
        for name in ("product_id", "placement_id", "exposure")
    }
    return {"rule": rules, **joined}


def _price_columns(prices: Sequence[RowPrices]) -> dict[str, Column]:
    return {
        "rule": [price.rule for price in prices for _ in price.labels],
        "row": [label for price in prices for label in price.labels],
        "dual": np.concatenate([np.empty(0), *(price.duals for price in prices)]),
    }
