"""Quotas: what a programme promises to groups of producers, as rules that the engine knows."""

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

LIMITS = {"least_share": "share", "least": "at_least", "most_share": "share", "most": "at_most"}
"""How a rule names the limit that a quota states."""
FLOOR_AND_CAP: Mapping[str, str] = {"group_floor": "least", "group_cap": "most"}
"""The kinds of rules that quotas are, and how the names of their limits begin."""


class Quota(BaseModel):
    """A group gets at least, or at most, a share of all exposure or so many exposures."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    id: str = Field(min_length=1)
    group: dict[str, str | tuple[str, ...]] = Field(min_length=1)
    """Attributes that must all match, as in rules."""
    least_share: float | None = Field(default=None, ge=0, le=1)
    least: float | None = Field(default=None, ge=0)
    most_share: float | None = Field(default=None, ge=0, le=1)
    most: float | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if len(self._stated) != 1:
            raise ValueError(f"Expected one of {', '.join(LIMITS)}.")
        return self

    @property
    def rule(self) -> dict[str, object]:
        """Write the quota as the bundle's problem.json states rules."""
        ((name, limit),) = self._stated.items()
        kind = next(kind for kind, begins in FLOOR_AND_CAP.items() if name.startswith(begins))
        group = {key: value if isinstance(value, str) else list(value) for key, value in self.group.items()}
        return {"id": self.id, "kind": kind, "group": group, LIMITS[name]: limit}

    @property
    def _stated(self) -> dict[str, float]:
        return {name: limit for name in LIMITS if (limit := getattr(self, name)) is not None}


def quota_of(rule: Mapping[str, object]) -> Quota:
    """Read the quota that a rule writes: the other way round of `Quota.rule`."""
    begins = FLOOR_AND_CAP[str(rule["kind"])]
    ((name, limit),) = (
        (name, rule[limit]) for name, limit in LIMITS.items() if name.startswith(begins) and limit in rule
    )
    group = rule["group"]
    assert isinstance(group, Mapping)
    stated = {key: value if isinstance(value, str) else tuple(value) for key, value in group.items()}
    return Quota.model_validate({"id": rule["id"], "group": stated, name: limit})
