"""Finding: what a criterion found of a product, and what all criteria have in common."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import BaseModel, ConfigDict

from impact.errors import Param
from impact.programmes.dossier import Case, Rung

NOTHING: Mapping[str, Param] = {}


@dataclass(frozen=True)
class Finding:
    """What was found: a code with its evidence; where it is not `met`, the `rung` that mends it.

    There is no rung for what nobody can change, such as where goods come from.
    """

    criterion: str
    code: str
    is_met: bool
    evidence: Mapping[str, Param] = field(default_factory=dict)
    rung: Rung | None = None


class Asked(BaseModel, ABC):
    """A criterion, asked of producers of some `types`, empty for all."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    kind: str
    types: tuple[str, ...] = ()

    @abstractmethod
    def found(self, case: Case) -> Finding:
        """Say whether a case meets it, by what evidence, or what is missing."""

    def mended(self, case: Case) -> Case | None:
        """Return the case as it is once what is asked is done, None where nobody can do anything."""
        return None

    def concerns(self, case: Case) -> bool:
        """Tell whether it is asked of a case at all."""
        return not self.types or case.producer.type in self.types

    def met(self, code: str, evidence: Mapping[str, Param] = NOTHING) -> Finding:
        return Finding(self.kind, code, True, evidence)

    def unmet(self, code: str, evidence: Mapping[str, Param] = NOTHING, rung: Rung | None = None) -> Finding:
        return Finding(self.kind, code, False, evidence, rung)


def with_dossier(case: Case, **known: object) -> Case:
    """Return a case of whose product something else is known."""
    return replace(case, dossier=replace(case.dossier, **known))  # type: ignore[arg-type]
