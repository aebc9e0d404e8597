"""The limit of a rule as something that can be turned."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Dial:
    """The one limit of a rule: where it stands, where it asks for nothing, and where it asks for most."""

    limit: float
    loosest: float
    tightest: float

    @property
    def is_floor(self) -> bool:
        """Tell whether a lower limit is the easier one."""
        return self.loosest <= self.tightest
