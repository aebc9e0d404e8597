"""What can go wrong, as codes with parameters; the words for a code live in `i18n`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Param = str | int | float


@dataclass(frozen=True)
class Issue:
    """One thing to mend: what (`code`, `params`) and where (`file`, `row`, `column`).

    `row` counts as a spreadsheet does: the header is row 1.
    """

    code: str
    file: str | None = None
    row: int | None = None
    column: str | None = None
    params: Mapping[str, Param] = field(default_factory=dict)


class ImpactError(Exception):
    """Anything this package refuses."""


class BadInput(ImpactError):
    """The input cannot be used; carries every issue found, not only the first."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("; ".join(map(str, self.issues)))


class Unknown(BadInput):
    """There is nothing of the name that was asked for."""


class Conflict(BadInput):
    """What is asked does not go with how things stand by now; who asks has to look again."""


class SolverFailed(ImpactError):
    """The solver ended without a plan and without a proof that there is none."""

    def __init__(self, status: str) -> None:
        self.status = status
        super().__init__(f"The solver gave up: {status}.")


def refuse_if_any(issues: Iterable[Issue]) -> None:
    """Raise `BadInput` with all of `issues`, if there is one."""
    found = tuple(issues)
    if found:
        raise BadInput(found)
