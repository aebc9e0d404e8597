"""Between one document and the files of a bundle, and where a fault in a file is in the document."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from pydantic import BaseModel

from impact.bundles.document import PROBLEM_FILE, written
from impact.bundles.opened import opened
from impact.bundles.plans import PLAN_FILE, PLAN_FILES, read_plan_document
from impact.bundles.pointed import pointer
from impact.bundles.read import BUNDLE_FILES
from impact.bundles.shipped import shipped
from impact.bundles.tables.layout import ALLOCATION, LEVELS, PRICES, Table
from impact.bundles.tables.loading import Database, database, load, suffix_of
from impact.bundles.tables.writing import Column, write_table
from impact.bundles.whole.documents import BundleDocument, Given, LevelGiven, Price, WholePlan
from impact.errors import Issue, refuse_if_any

Row = TypeVar("Row", bound=BaseModel)
Rows = Sequence[BaseModel] | None


def pack_bundle(document: BundleDocument, out: Path) -> None:
    """Write a problem as the bundle `out`, a .zip."""
    whose = "producer_id" if document.products is None else "product_id"
    with shipped(out, BUNDLE_FILES) as folder:
        (folder / PROBLEM_FILE).write_text(written(document.problem), "utf-8")
        _write_tables(
            folder,
            {
                "producers": (document.producers, ("producer_id", "capacity")),
                "products": (document.products, ("product_id", "producer_id")),
                "placements": (document.placements, ("placement_id", "supply")),
                "links": (document.links, (whose, "placement_id", "value")),
                "published": (document.published, (whose, "placement_id", "exposure")),
            },
        )


def pack_plan(document: WholePlan, out: Path) -> None:
    """Write a plan as the bundle `out`, a .zip."""
    with shipped(out, PLAN_FILES) as folder:
        (folder / PLAN_FILE).write_text(document.plan.model_dump_json(), "utf-8")
        _write_tables(
            folder,
            {
                ALLOCATION.name: (document.allocation, ALLOCATION.required),
                PRICES.name: (document.prices, PRICES.required),
                LEVELS.name: (document.levels, LEVELS.required),
            },
        )


def unpack_plan(path: Path) -> WholePlan:
    """Read a plan bundle that we wrote as one document."""
    with opened(path, PLAN_FILES) as folder, database() as db:
        return WholePlan.model_construct(
            plan=read_plan_document(folder),
            allocation=_rows(db, folder, ALLOCATION, Given),
            prices=_rows(db, folder, PRICES, Price),
            levels=_rows(db, folder, LEVELS, LevelGiven) or None,
        )


def within_document(issue: Issue, whole: str) -> Issue:
    """Say of a fault in a file of a bundle where it is in the document; `whole` names that as a file."""
    stem = (issue.file or "").partition(".")[0]
    if not stem:
        return issue
    place: list[str | int] = [stem] if issue.row is None or issue.row < 2 else [stem, issue.row - 2]
    inside = pointer(place) + (f".{issue.column}" if issue.column else "")
    params = {name: value for name, value in issue.params.items() if name != "first_row"}
    if "first_row" in issue.params:
        params["first_row"] = int(issue.params["first_row"]) - 1
    return replace(issue, file=whole, row=None, column=inside, params=params)


def _write_tables(folder: Path, tables: Mapping[str, tuple[Rows, Iterable[str]]]) -> None:
    with database() as db:
        for name, (rows, required) in tables.items():
            if rows is not None:
                file, columns = folder / f"{name}.parquet", _columns(rows, required)
                refuse_if_any(_unwritable(columns, file.name))
                write_table(db, file, columns)


def _unwritable(columns: Iterable[str], file: str) -> Iterator[Issue]:
    """Name fields that cannot be columns: without a name, or alike but for the case of letters."""
    times = Counter(map(str.casefold, columns))
    for name in columns:
        if not name or not name.isprintable():
            yield Issue("column_unnamed", file, row=1, params={"value": repr(name)})
        elif times[name.casefold()] > 1:
            yield Issue("column_repeated", file, row=1, column=name)


def _columns(rows: Sequence[BaseModel], required: Iterable[str]) -> dict[str, Column]:
    """Lay rows out in columns: those that must be there, and those that some row states."""
    lines = [row.model_dump(exclude_none=True) for row in rows]
    names = dict.fromkeys((*required, *(name for line in lines for name in line)))
    return {name: _column([line.get(name) for line in lines]) for name in names}


def _column(values: Sequence[object]) -> Column:
    if any(isinstance(value, str) for value in values):
        return ["" if value is None else str(value) for value in values]
    return np.array(values, np.float64)


def _rows(db: Database, folder: Path, table: Table, row: type[Row]) -> list[Row]:
    """Read the rows of a table that we wrote; none where there is no such table."""
    if suffix_of(folder, table.name) is None:
        return []
    loaded = load(db, folder, table)
    numbers = {number.name for number in table.numbers}
    selected = ", ".join(
        f"{loaded.at(name)}::double" if name in numbers else loaded.at(name) for name in loaded.columns
    )
    found = db.execute(f"select {selected} from {table.name} order by r").fetchall()  # noqa: S608
    return [row.model_construct(**dict(zip(loaded.columns, cells, strict=True))) for cells in found]
