"""Write a frontier as files: what was swept, a table of points, and a table of who pays."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import BaseModel

from impact.bundles.plan_document import STRICT, Asked
from impact.bundles.shipped import shipped
from impact.bundles.tables.layout import Suffix, files_of
from impact.bundles.tables.loading import database
from impact.bundles.tables.writing import Column, write_table
from impact.matching.choices.frontier import Frontier
from impact.matching.solve import Limits, versions

FRONTIER_FILE = "frontier.json"
POINTS, PAYERS = "points", "payers"
FRONTIER_FILES = (FRONTIER_FILE, *files_of(POINTS, PAYERS))
Line = Mapping[str, object]


class FrontierDocument(BaseModel):
    """The content of frontier.json; limits are in the rule's own units.

    The rule begins to bind at `free`; `end` is the most that can hold. `tightest` is the most a rule of its
    kind could ask for, and `against` the rules proved to stand between: none where `end` is that.
    """

    model_config = STRICT

    format: Literal["impact-frontier/1"] = "impact-frontier/1"
    rule: str
    kind: str
    stated: float
    free: float
    end: float
    tightest: float
    against: tuple[str, ...]
    points: int
    asked: Asked
    versions: dict[str, str]
    seed: int
    input_sha256: str


def frontier_document(found: Frontier, asked: Limits, sha256: str) -> FrontierDocument:
    """State what was swept, and how far."""
    return FrontierDocument(
        rule=found.rule,
        kind=found.kind,
        stated=found.dial.limit,
        free=found.points[0].limit,
        end=found.points[-1].limit,
        tightest=found.dial.tightest,
        against=found.against,
        points=len(found.points),
        asked=Asked(seconds=asked.seconds, gap=asked.gap, engine=asked.engine),
        versions=versions(),
        seed=asked.seed,
        input_sha256=sha256,
    )


def write_frontier(
    out: Path, document: FrontierDocument, tables: Mapping[str, Sequence[Line]], suffix: Suffix
) -> None:
    """Write frontier.json and `tables` to the folder or .zip `out`, whole or not at all."""
    with shipped(out, FRONTIER_FILES) as folder, database() as db:
        for name, lines in tables.items():
            if lines:
                write_table(db, folder / f"{name}.{suffix}", columns_of_lines(lines))
        (folder / FRONTIER_FILE).write_text(document.model_dump_json(indent=1) + "\n", "utf-8")


def columns_of_lines(lines: Sequence[Line]) -> dict[str, Column]:
    """Turn lines, which all have the same names, into columns."""
    return {name: _column([line[name] for line in lines]) for name in lines[0]}


def _column(values: Sequence[object]) -> Column:
    if all(isinstance(value, str) for value in values):
        return [str(value) for value in values]
    return np.array(values, np.float64)  # None becomes NaN, an empty cell
