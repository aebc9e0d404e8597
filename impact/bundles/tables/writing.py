"""Write tables, .csv or .parquet: the same columns, the same bytes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from impact.bundles.tables.loading import Database

Column = Sequence[str] | NDArray[Any]


def write_table(db: Database, file: Path, columns: Mapping[str, Column]) -> None:
    """Write `columns` to a .csv or .parquet; NaN (unknown) and infinity (unlimited) become empty cells."""
    given = {f"c{number}": _prepared(column) for number, column in enumerate(columns.values())}
    names = ", ".join(f'c{number} as "{quoted(column)}"' for number, column in enumerate(columns))
    db.register("given", given)
    rows = db.sql(f"select {names} from given")
    if file.suffix == ".csv":
        rows.write_csv(str(file))
    else:
        rows.write_parquet(str(file))


def quoted(name: str) -> str:
    """Return `name` for use between the double quotes of SQL."""
    return name.replace('"', '""')


def _prepared(column: Column) -> NDArray[Any]:
    values = np.asarray(column)
    if values.dtype.kind == "f":
        return np.where(np.isfinite(values), values, np.nan)
    return np.array(column, dtype=object)
