"""What a listing says, in the units that figures are compared in."""

from collections.abc import Mapping

from impact.catalog.checking.plausible import Figures
from impact.catalog.listing import Erased, Json
from impact.catalog.values.units import KILOGRAM

NUMBERS = (int, float)


def figures_of(values: Mapping[str, Json | Erased]) -> Figures:
    """Take out of values by column what can be compared; what is counted in pieces or forgotten cannot."""
    said = values.get
    category, area = said("category"), said("area")
    return Figures(
        category if isinstance(category, str) else None,
        _of_kilograms(said("monthly_capacity"), "unit", "amount"),
        _of_kilograms(said("annual_output"), "unit", "amount"),
        float(area) if isinstance(area, NUMBERS) else None,
        _of_kilograms(said("price"), "per", "yuan"),
    )


def _of_kilograms(value: Json | Erased, unit: str, number: str) -> float | None:
    """Take the `number` of a value whose `unit` is the kilogram."""
    if not isinstance(value, dict) or value.get(unit) != KILOGRAM:
        return None
    found = value.get(number)
    return float(found) if isinstance(found, NUMBERS) else None
