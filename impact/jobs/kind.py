"""What kinds of jobs there are: what each is asked, and how long and how much memory it may take."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from impact.bundles.pointed import pointed
from impact.errors import BadInput, Issue, refuse_if_any
from impact.jobs.asked import (
    BUNDLE,
    PLAN,
    Asked,
    DiagnosisAsked,
    ExplanationAsked,
    ExportAsked,
    FrontierAsked,
    ImportAsked,
    LockAsked,
    PlanAsked,
    SolvingAsked,
)
from impact.store.queue.jobs import Wanted


@dataclass(frozen=True)
class Kind:
    """A kind of job: what is asked, which files come with it, what it concerns, and its limits.

    `of_partner` and `of_scenario` say that it concerns one. `module` does it, and is loaded only where it is
    done. `seconds` are for all but what is asked to be waited for.
    """

    module: str
    asked: type[Asked]
    files: tuple[str, ...] = ()
    of_partner: bool = False
    of_scenario: bool = False
    seconds: float = 300.0
    memory_mb: int = 4_096

    def seconds_of(self, asked: Mapping[str, object]) -> float:
        """Return how long a job may take in all; raises as `read` does."""
        return self.seconds + self.read(asked).patience_seconds

    def read(self, asked: Mapping[str, object]) -> Asked:
        """Read what is asked.

        Raises
        ------
        BadInput
            With every field that is missing, unknown or out of range.
        """
        try:
            return self.asked.model_validate(dict(asked))
        except ValidationError as error:
            raise BadInput(pointed(error, None)) from error


HERE = "impact.jobs.kinds"
KINDS: Mapping[str, Kind] = {
    "diagnose_bundle": Kind(f"{HERE}.diagnose_bundle", DiagnosisAsked, files=(BUNDLE,)),
    "explain_plan": Kind(f"{HERE}.explain_plan", ExplanationAsked),
    "export_plan": Kind(f"{HERE}.export_plan", ExportAsked),
    "foresee_scenario": Kind(f"{HERE}.foresee_scenario", Asked, of_scenario=True),
    "frontier_bundle": Kind(f"{HERE}.frontier_bundle", FrontierAsked, files=(BUNDLE,)),
    "frontier_scenario": Kind(f"{HERE}.frontier_scenario", FrontierAsked, of_scenario=True),
    "import_file": Kind(f"{HERE}.import_file", ImportAsked, files=("file",), of_partner=True),
    "price_lock": Kind(f"{HERE}.price_lock", LockAsked, of_scenario=True),
    "run_scenario": Kind(f"{HERE}.run_scenario", SolvingAsked, of_scenario=True),
    "solve_bundle": Kind(f"{HERE}.solve_bundle", SolvingAsked, files=(BUNDLE,)),
    "solve_sample": Kind(f"{HERE}.solve_sample", SolvingAsked),
    "verify_bundle": Kind(f"{HERE}.verify_bundle", Asked, files=(BUNDLE, PLAN)),
    "verify_plan": Kind(f"{HERE}.verify_plan", PlanAsked),
}


def kind_of(name: str) -> Kind:
    """Return a kind by its name.

    Raises
    ------
    BadInput
        There is none of that name.
    """
    known = KINDS.get(name)
    if known is None:
        raise BadInput([Issue("job_kind_unknown", params={"value": name, "known": ", ".join(KINDS)})])
    return known


def refuse_other(kind: Kind, wanted: Wanted) -> None:
    """Refuse a job that does not say what it concerns, files that are missing or that nobody asked for."""
    concerns = [Issue("job_partner_missing")] if kind.of_partner and not wanted.partner else []
    concerns += [Issue("job_scenario_missing")] if kind.of_scenario and not wanted.scenario else []
    missing, others = set(kind.files) - wanted.files.keys(), wanted.files.keys() - set(kind.files)
    files = [Issue("job_file_missing", params={"value": name}) for name in sorted(missing)]
    files += [Issue("job_file_unknown", params={"value": name}) for name in sorted(others)]
    refuse_if_any([*concerns, *files])
