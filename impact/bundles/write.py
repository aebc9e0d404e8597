"""Write a problem as a bundle, everything in the order of its ids."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from impact.arrays import Ints
from impact.bundles.canonical import canonical
from impact.bundles.document import PROBLEM_FILE, written
from impact.bundles.read import BUNDLE_FILES, Bundle
from impact.bundles.shipped import shipped
from impact.bundles.tables.layout import LINKS, PLACEMENTS, PRODUCERS, PRODUCTS, PUBLISHED, Table
from impact.bundles.tables.loading import database, header_faults
from impact.bundles.tables.writing import Column, write_table
from impact.matching.question.problem import Attributes, Problem, Texts
from impact.matching.question.published import Published


def write_bundle(bundle: Bundle, out: Path) -> None:
    """Write `bundle` to the folder or .zip `out`, whole or not at all."""
    problem = canonical(bundle.problem)
    with shipped(out, BUNDLE_FILES) as folder, database() as db:
        (folder / PROBLEM_FILE).write_text(written(bundle.document), "utf-8")
        for name, columns in tables_of(problem).items():
            write_table(db, folder / f"{name}.{bundle.suffix}", columns)


def tables_of(problem: Problem) -> dict[str, Mapping[str, Column]]:
    """Lay `problem` out in the tables of a bundle."""
    return {
        PRODUCERS.name: {
            "producer_id": problem.producer_ids,
            "capacity": problem.capacity,
            "floor": problem.promised,
            **({"owed": problem.owed} if problem.owed.any() else {}),
            **_free(problem.producer_attributes, PRODUCERS),
        },
        PRODUCTS.name: {
            "product_id": problem.product_ids,
            "producer_id": named(problem.producer_ids, problem.producer_of_product),
            "capacity": problem.product_capacity,
            **_free(problem.product_attributes, PRODUCTS),
        },
        PLACEMENTS.name: {
            "placement_id": problem.placement_ids,
            "supply": problem.supply,
            **_free(problem.placement_attributes, PLACEMENTS),
        },
        LINKS.name: {
            "product_id": named(problem.product_ids, problem.product_of),
            "placement_id": named(problem.placement_ids, problem.placement_of),
            "value": problem.value,
            "quality": problem.quality,
            "baseline": problem.baseline,
            "max_exposure": problem.max_exposure,
        },
        **({PUBLISHED.name: _published(problem, problem.published)} if problem.published else {}),
    }


def _published(problem: Problem, before: Published) -> Mapping[str, Column]:
    """Write what was published out, what was given where there is no link any more last."""
    given = np.flatnonzero(before.exposure)
    product = np.concatenate([problem.product_of[given], before.gone_product])
    placement = np.concatenate([problem.placement_of[given], before.gone_placement])
    return {
        "product_id": named(problem.product_ids, product),
        "placement_id": named(problem.placement_ids, placement),
        "exposure": np.concatenate([before.exposure[given], before.gone_exposure]),
    }


def named(ids: Texts, index_of: Ints) -> NDArray[np.object_]:
    """Write out the id behind each index."""
    return np.array(ids, dtype=object)[index_of]


def _free(attributes: Attributes, table: Table) -> Attributes:
    """Return `attributes` if they can be columns of `table`, beside those with a meaning of their own."""
    faults = tuple(header_faults((*table.known, *attributes), table, table.name))
    if faults:
        raise ValueError(f"Expected attributes that can be columns, got {faults}.")
    return attributes
