"""Groups of links, named by attributes; and the types that rules state their parameters in."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

import numpy as np
from pydantic import ConfigDict, Field

from impact.arrays import Bools, Ints
from impact.errors import Issue
from impact.matching.question.problem import Attributes, Classes, Problem

CONFIG = ConfigDict(extra="forbid", allow_inf_nan=False)
Share = Annotated[float, Field(ge=0, le=1, strict=True)]
Amount = Annotated[float, Field(ge=0, strict=True)]
Id = Annotated[str, Field(min_length=1)]
Group = Mapping[str, str | list[str]]
"""Attributes that must all match; a list means any of its values."""
Of = Literal["exposure", "supply"]


def members(problem: Problem, group: Group) -> Bools:
    """Tell which links belong to `group`, shape ``(link,)``.

    An attribute is looked for among those of products, then producers, then placements.
    """
    inside = np.ones(problem.num_links, bool)
    for name, wanted in group.items():
        found, owner_of = _classes(problem, name)
        inside &= np.isin(found.values, wanted)[found.value_of][owner_of]
    return inside


def group_faults(problem: Problem, rule_id: str, group: Group) -> Iterator[Issue]:
    """Name attributes nobody has, and a group without a link."""
    known = {name for table, _ in _tables(problem) for name in table}
    unknown = [name for name in group if name not in known]
    for name in unknown:
        params = {"rule": rule_id, "attribute": name, "known": ", ".join(sorted(known))}
        yield Issue("unknown_attribute", file="problem.json", column="rules", params=params)
    if not unknown and not members(problem, group).any():
        yield Issue("group_without_links", file="problem.json", column="rules", params={"rule": rule_id})


def _tables(problem: Problem) -> tuple[tuple[Attributes, Ints], ...]:
    return (
        (problem.product_attributes, problem.product_of),
        (problem.producer_attributes, problem.producer_of),
        (problem.placement_attributes, problem.placement_of),
    )


def _classes(problem: Problem, name: str) -> tuple[Classes, Ints]:
    for table, owner_of in _tables(problem):
        if name in table:
            return problem.classes(table, name), owner_of
    raise ValueError(f"Expected an attribute of products, producers or placements, got {name!r}.")
