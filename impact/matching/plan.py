"""The answer: exposure per link, what is proved about it, and what each rule costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from impact.arrays import Floats
from impact.errors import ImpactError, Issue


class Status(StrEnum):
    """How solving ended."""

    OPTIMAL = "optimal"
    WITHIN_GAP = "within_gap"
    TIME_LIMIT = "time_limit"
    INFEASIBLE = "infeasible"
    FAILED = "failed"


@dataclass(frozen=True)
class RuleOutcome:
    """How a rule stands at a plan, in the rule's own units (a share, exposures, a quality).

    `activity` and `limit` are those of its tightest row, named by `tightest`; `slack` is how far activity
    is on the good side of the limit; `price` is the worth gained if every row of the rule gave way by one
    unit, valid for small steps.
    """

    id: str
    kind: str
    activity: float
    limit: float
    slack: float
    price: float
    binding: bool
    tightest: str


@dataclass(frozen=True)
class RowPrices:
    """The dual of each row of one rule that has one: proof of the bound, by label."""

    rule: str
    labels: tuple[str, ...]
    duals: Floats


def unsettled_of(rule: str) -> str:
    """Name that among the prices which says how many producers of a max-min rule are not settled."""
    return f"{rule}:unsettled"


@dataclass(frozen=True)
class BestLevels:
    """How far a max-min rule finds everybody can be served at once, for their capacity.

    `best` is the level of those who could reach more alone. `weights` prove, round by round, that nobody's
    level can be higher; `shown` are exposures that hold all of them and the other rules. Where time was up
    before all rounds, `unsettled` producers have no such proof: they are held to the last level that has one.
    """

    rule: str
    best: float
    level: Floats  # [producer], 0 where it has none
    shown: Floats | None  # [link], None where the plan itself has to show it
    weights: tuple[RowPrices, ...]
    at_hand: Floats | None = field(default=None, repr=False)
    """Exposures as in `shown`, whatever share is asked for: known only to who solved."""

    @property
    def unsettled(self) -> int:
        """How many producers may have a higher level than the one that was settled in time."""
        told = unsettled_of(self.rule)
        return sum(int(each.duals[0]) for each in self.weights if each.rule == told)


@dataclass(frozen=True)
class Plan:
    """A solved problem.

    `worth` is the value above the baseline in points, and `welfare`, what each spread is worth, by its id;
    `bound` no plan can exceed, `gap` is their distance relative to the bound, `max_violation` the largest
    relative violation of any row. `duals` are the prices of all rows, those the proof does without too:
    where a search may go on from, known only to who solved.
    """

    exposure: Floats  # [link]
    status: Status
    worth: float
    bound: float
    gap: float
    max_violation: float
    rules: tuple[RuleOutcome, ...]
    prices: tuple[RowPrices, ...]
    engine: str
    seed: int
    seconds: Mapping[str, float] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Issue, ...] = ()
    levels: tuple[BestLevels, ...] = ()
    welfare: Mapping[str, float] = field(default_factory=dict)
    duals: tuple[RowPrices, ...] = field(default=(), repr=False)
    memory_mb: Mapping[str, float] = field(default_factory=dict)
    """Of this process: ``expected`` before solving and the ``peak`` after it."""


class Way(StrEnum):
    """What a way out of a conflict is best at."""

    LEAST_CHANGE = "least_change"
    FEWEST_RULES = "fewest_rules"


@dataclass(frozen=True)
class Relaxation:
    """One limit to move, in the rule's own units; all those of one `way` together resolve the conflict.

    `verified` where solving again with the limits of its way moved found that all rules can hold.
    """

    rule: str
    row: str
    limit: float
    to: float
    way: Way = Way.LEAST_CHANGE
    verified: bool = False


@dataclass(frozen=True)
class Conflict:
    """Rules that cannot hold together; where it `is_minimal`, leaving out any one of them resolves it.

    `proof` is by how much the rules, in the weighted sum that `weights` state, demand more than all links
    could give: above 0 it proves the conflict by Farkas' lemma.
    """

    rules: tuple[str, ...]
    relaxations: tuple[Relaxation, ...]
    proof: float
    weights: tuple[RowPrices, ...]
    is_minimal: bool = True


def unheard(_: object) -> None:
    """Tell nobody of a conflict while it is looked into."""


class Impossible(ImpactError):
    """No plan obeys all rules, and that is proved; which rules are in the way was not asked for."""


class Infeasible(Impossible):
    """No plan obeys all rules, and that is proved."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        super().__init__(f"These rules cannot hold together: {', '.join(conflict.rules)}.")
