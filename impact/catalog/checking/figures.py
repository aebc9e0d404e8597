"""What a listing says, in the units that figures are compared in."""

from collections.abc import Mapping

from impact.catalog.checking.plausible import Figures
from impact.catalog.listing import Erased, Json
from impact.catalog.values.units import KILOGRAM


def figures_of(values: Mapping[str, Json | Erased]) -> Figures:
    """Take out of values by column what can be compared; what is counted in pieces or forgotten cannot."""
    category, area = values.get("category"), values.get("area")
    return Figures(
        category if isinstance(category, str) else None,
        _in_kilograms(values.get("monthly_capacity")),
        _in_kilograms(values.get("annual_output")),
        float(area) if isinstance(area, int | float) else None,
        _per_kilogram(values.get("price")),
    )


def _in_kilograms(amount: Json | Erased) -> float | None:
    if isinstance(amount, dict) and amount.get("unit") == KILOGRAM:
        return _number(amount.get("amount"))
    return None


def _per_kilogram(price: Json | Erased) -> float | None:
    if isinstance(price, dict) and price.get("per") == KILOGRAM:
        return _number(price.get("yuan"))
    return None


def _number(value: Json) -> float | None:
    return float(value) if isinstance(value, int | float) else None
