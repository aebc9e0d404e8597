"""What is asked of each kind of job, as JSON; files come beside it, by name."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from impact.matching.rules.lock import Lock

STRICT = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
BUNDLE, PLAN = "bundle.zip", "plan.zip"
"""The files in which a bundle, and a plan, come to a job."""
MOST_SECONDS = 3_600.0
MOST_SOLVES = 10
"""As often as this an explanation may take the whole time it has for one solve."""
Lang = Literal["zh", "en"]


class Asked(BaseModel):
    """What is asked of a job: nothing yet."""

    model_config = STRICT

    @property
    def patience_seconds(self) -> float:
        """How long what is asked for may take, beside reading and writing."""
        return 0.0


class SolvingAsked(Asked):
    """How long to try, how close to the best will do, by which method; the seed may be the input's own."""

    seconds: float = Field(60.0, gt=0, le=MOST_SECONDS)
    gap: float = Field(1e-4, ge=0, lt=1)
    engine: Literal["auto", "exact", "first-order", "cluster"] = "auto"
    seed: int | None = Field(None, ge=0)

    @property
    def patience_seconds(self) -> float:
        return self.seconds


class DiagnosisAsked(Asked):
    """How long to try whether the rules can hold together."""

    seconds: float = Field(60.0, gt=0, le=MOST_SECONDS)

    @property
    def patience_seconds(self) -> float:
        return self.seconds


class FrontierAsked(SolvingAsked):
    """Which rule to move, in how many points; `seconds` are for each."""

    rule: str
    points: int = Field(11, ge=2, le=101)

    @property
    def patience_seconds(self) -> float:
        return self.seconds * self.points


class ExplanationAsked(SolvingAsked):
    """Whom of which plan to explain, as a link by product and placement; `seconds` are for each solve.

    `at_least` are the exposures wanted; None: a little more than there are.
    """

    plan: str
    producer: str | None = None
    product: str | None = None
    placement: str | None = None
    at_least: float | None = Field(None, ge=0)
    gap: float = Field(1e-6, ge=0, lt=1)

    @property
    def patience_seconds(self) -> float:
        return self.seconds * MOST_SOLVES


class LockAsked(SolvingAsked):
    """A lock to price; why it is wanted, and its last period, are kept for when it is made."""

    rule: Lock
    reason: str = ""
    until: str | None = None


class ImportAsked(Asked):
    """How to read a partner's file, named `file`, and what to do with it.

    `meant` says what headers mean (empty: an attribute); `partly` takes the good rows over where others have
    to be mended; `retire_absent` takes away what the file does not name; `dry` changes nothing; `note` is
    what is said of saving it.
    """

    file: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    meant: dict[str, str] = Field(default_factory=dict)
    partly: bool = False
    retire_absent: bool = False
    dry: bool = False
    note: str = Field("", max_length=2000)
    lang: Lang = "zh"


class PlanAsked(Asked):
    """Which plan it is about."""

    plan: str


class ExportAsked(PlanAsked):
    """In which form to write a plan as a file, with headings of which language."""

    form: Literal["workbook", "run"]
    lang: Lang = "zh"
