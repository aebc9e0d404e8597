"""Write tables, .csv or .parquet: the same columns, the same bytes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from impact.bundles.tables.layout import Suffix
from impact.bundles.tables.loading import database

Column = Sequence[str] | NDArray[Any]


def write_table(folder: Path, name: str, columns: Mapping[str, Column], suffix: Suffix) -> None:
    """Write `columns` as table `name`; NaN (unknown) and infinity (unlimited) become empty cells."""
    given = {f"c{number}": _prepared(column) for number, column in enumerate(columns.values())}
    names = ", ".join(f'c{number} as "{quoted(column)}"' for number, column in enumerate(columns))
    with database() as db:
        db.register("given", given)
        rows = db.sql(f"select {names} from given")
        if suffix == "csv":
            rows.write_csv(str(folder / f"{name}.csv"))
        else:
            rows.write_parquet(str(folder / f"{name}.parquet"))


def quoted(name: str) -> str:
    """Return `name` for use between the double quotes of SQL."""
    return name.replace('"', '""')


def _prepared(column: Column) -> NDArray[Any]:
    values = np.asarray(column)
    if values.dtype.kind == "f":
        return np.where(np.isfinite(values), values, np.nan)
    return np.array(column, dtype=object)
