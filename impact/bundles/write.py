"""Write a problem as a bundle, everything in the order of its ids."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from impact.arrays import Ints
from impact.bundles.canonical import canonical
from impact.bundles.document import PROBLEM_FILE, written
from impact.bundles.read import BUNDLE_FILES, Bundle
from impact.bundles.shipped import shipped
from impact.bundles.tables.layout import LINKS, PLACEMENTS, PRODUCERS, PRODUCTS
from impact.bundles.tables.writing import Column, write_table
from impact.matching.problem import Problem, Texts


def write_bundle(bundle: Bundle, out: Path) -> None:
    """Write `bundle` to the folder or .zip `out`, whole or not at all."""
    problem = canonical(bundle.problem)
    with shipped(out, BUNDLE_FILES) as folder:
        (folder / PROBLEM_FILE).write_text(written(bundle.document), "utf-8")
        for name, columns in tables_of(problem).items():
            write_table(folder, name, columns, bundle.suffix)


def tables_of(problem: Problem) -> dict[str, dict[str, Column]]:
    """Lay `problem` out in the tables of a bundle."""
    return {
        PRODUCERS.name: {
            "producer_id": problem.producer_ids,
            "capacity": problem.capacity,
            "floor": problem.promised,
            **problem.producer_attributes,
        },
        PRODUCTS.name: {
            "product_id": problem.product_ids,
            "producer_id": named(problem.producer_ids, problem.producer_of_product),
            "capacity": problem.product_capacity,
            **problem.product_attributes,
        },
        PLACEMENTS.name: {
            "placement_id": problem.placement_ids,
            "supply": problem.supply,
            **problem.placement_attributes,
        },
        LINKS.name: {
            "product_id": named(problem.product_ids, problem.product_of),
            "placement_id": named(problem.placement_ids, problem.placement_of),
            "value": problem.value,
            "quality": problem.quality,
            "baseline": problem.baseline,
            "max_exposure": problem.max_exposure,
        },
    }


def named(ids: Texts, index_of: Ints) -> NDArray[np.object_]:
    """Write out the id behind each index."""
    return np.array(ids, dtype=object)[index_of]
