"""What people call a plan: by its programme, which run of that it was, and the day on which it was made."""

from dataclasses import dataclass
from datetime import date

from impact.model import Programme


@dataclass(frozen=True)
class PlanName:
    """What a plan is called; it stays so for good.

    `number` counts the plans that came of the programme's scenarios until then, this one among them; None
    where it came of none. `day` is that of its making, in UTC; None where nobody knows.
    """

    programme: Programme
    number: int | None
    day: date | None
