"""Write what producers are owed after a plan: the column `owed` of the next cycle's table of producers."""

from pathlib import Path
from tempfile import TemporaryDirectory

from impact.arrays import Floats
from impact.bundles.tables.loading import database
from impact.bundles.tables.writing import Column, write_table
from impact.errors import Issue, refuse_if_any
from impact.matching.question.problem import Problem
from impact.matching.spread.debts import debts


def demand_new(file: Path) -> None:
    """Refuse a `file` that is there already: it may be the table that was read."""
    refuse_if_any([Issue("out_taken", params={"out": str(file)})] if file.exists() else [])


def write_owed(file: Path, problem: Problem, exposure: Floats) -> None:
    """Write `producer_id` and `owed` after `exposure` to a .parquet, else as .csv, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    columns: dict[str, Column] = {"producer_id": problem.producer_ids, "owed": debts(problem, exposure)}
    suffix = ".parquet" if file.suffix == ".parquet" else ".csv"
    with TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as beside, database() as db:
        written = Path(beside) / f"owed{suffix}"
        write_table(db, written, columns)
        written.replace(file)
