"""Read a problem; every fault is gathered before anything is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from impact.bundles.canonical import fingerprint
from impact.bundles.document import PROBLEM_FILE, ProblemDocument, read_document
from impact.bundles.opened import opened
from impact.bundles.tables.assembling import assemble, index_ids, producers_as_products
from impact.bundles.tables.checking import table_faults
from impact.bundles.tables.layout import (
    LINKS,
    LINKS_OF_PRODUCERS,
    PLACEMENTS,
    PRODUCERS,
    PRODUCTS,
    PUBLISHED,
    PUBLISHED_OF_PRODUCERS,
    TABLES,
    Suffix,
    Table,
    files_of,
)
from impact.bundles.tables.loading import Database, Loaded, columns_of, database, load, suffix_of
from impact.errors import BadInput, Issue, refuse_if_any
from impact.matching.question.problem import Problem
from impact.matching.rules import faults
from impact.matching.rules.obeyed import Obeyed

BUNDLE_FILES = (PROBLEM_FILE, *files_of(*TABLES))


@dataclass(frozen=True)
class Bundle:
    """A problem with its rules, as read; `suffix` is how its tables are kept."""

    problem: Problem
    document: ProblemDocument
    suffix: Suffix = "csv"

    @property
    def rules(self) -> tuple[Obeyed, ...]:
        """What a plan must obey, and the spreads that add to its worth."""
        return (*self.document.rules, *self.document.spreads())

    @cached_property
    def sha256(self) -> str:
        """The fingerprint of the content, the same for .csv and .parquet and any order of rows."""
        return fingerprint(self.problem, self.document)


def read_bundle(path: Path) -> Bundle:
    """Read the problem in a folder or .zip.

    Raises
    ------
    BadInput
        With every fault found in every file, and then with every rule that does not fit the tables.
    """
    found: list[Issue] = []
    with opened(path, BUNDLE_FILES) as folder, database() as db:
        with _gathering(found):
            document = read_document(folder)
        loaded = _load_all(db, folder, found)
        refuse_if_any(found)
        problem = replace(assemble(db, loaded), saturation=document.objective.curve())
        suffix = suffix_of(folder, LINKS.name) or "csv"
    bundle = Bundle(problem, document, suffix)
    refuse_if_any(faults(problem, bundle.rules))
    return bundle


def _load_all(db: Database, folder: Path, found: list[Issue]) -> dict[str, Loaded]:
    """Load and check every table that can be; add what is wrong to `found`."""
    loaded: dict[str, Loaded] = {}
    with _gathering(found):
        loaded["producers"] = _checked(db, load(db, folder, PRODUCERS), loaded, found)
    with _gathering(found):
        if suffix_of(folder, PRODUCTS.name):
            loaded["products"] = _checked(db, load(db, folder, PRODUCTS), loaded, found)
        elif "producers" in loaded:
            loaded["products"] = producers_as_products(db, loaded["producers"])
            index_ids(db, loaded["products"])
    with _gathering(found):
        loaded["placements"] = _checked(db, load(db, folder, PLACEMENTS), loaded, found)
    with _gathering(found):
        table = _naming(db, folder, LINKS, LINKS_OF_PRODUCERS)
        loaded["links"] = _checked(db, load(db, folder, table), loaded, found)
    with _gathering(found):
        if suffix_of(folder, PUBLISHED.name):
            table = _naming(db, folder, PUBLISHED, PUBLISHED_OF_PRODUCERS)
            loaded["published"] = _checked(db, load(db, folder, table), loaded, found)
    return loaded


def _checked(db: Database, loaded: Loaded, others: dict[str, Loaded], found: list[Issue]) -> Loaded:
    found.extend(table_faults(db, loaded, tuple(others)))
    if loaded.table.attributes:
        index_ids(db, loaded)
    return loaded


def _naming(db: Database, folder: Path, products: Table, producers: Table) -> Table:
    """Choose whether a table names products or, where there is no table of those, producers."""
    suffix = suffix_of(folder, products.name)
    if suffix is None or suffix_of(folder, PRODUCTS.name):
        return products
    columns = columns_of(db, folder / f"{products.name}.{suffix}")
    return producers if "producer_id" in columns and "product_id" not in columns else products


@contextmanager
def _gathering(found: list[Issue]) -> Iterator[None]:
    """Add what a block refuses to `found`, and go on."""
    try:
        yield
    except BadInput as error:
        found.extend(error.issues)
