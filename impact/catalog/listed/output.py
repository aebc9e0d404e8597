"""Output: how many exposures a month a listing's goods can serve, by what it states, and by which figure."""

from collections.abc import Mapping
from dataclasses import dataclass

from impact.catalog.listed.norms import Norms
from impact.catalog.listing import Json
from impact.catalog.values.units import HOLDERS, KILOGRAM, LITRE, MU
from impact.model import Months

KG_PER_LITRE = 1.0
"""Assumed: of what is sold by the litre."""
STATED = ("monthly_capacity", "annual_output", "stock")
"""What a listing may state, the most telling first."""


@dataclass(frozen=True)
class Output:
    """What a listing's goods can serve: orders and exposures a month, and the column that says so."""

    orders: float
    exposures: float
    by: str


def output_of(values: Mapping[str, Json], category: str, season: Months, norms: Norms) -> Output | None:
    """Turn what a listing states into exposures a month, None where it states nothing that can be turned.

    1. A month's capacity counts whole; of a year's output the share sold online, over the months of its
       season; of the stock all, as one month's.
    2. Kilograms become orders by what the pack holds, else by what an order of the category weighs; a
       case, a box, a bag or a piece is an order.
    3. An order takes so many exposures, averaged over the channels.
    """
    for column in STATED:
        goods = _goods(values.get(column))
        if goods is not None:
            amount, unit = goods
            a_month = amount * norms.online_share / len(season) if column == "annual_output" else amount
            orders = a_month / _of_an_order(unit, values.get("pack"), norms.kg_per_order.get(category, 1.0))
            return Output(orders, orders * norms.exposures_per_order, column)
    return None


def _goods(stated: Json) -> tuple[float, str] | None:
    if not isinstance(stated, dict):
        return None
    amount, unit = stated.get("amount"), stated.get("unit")
    if not isinstance(amount, int | float) or not isinstance(unit, str) or unit == MU:
        return None
    return (amount * KG_PER_LITRE, KILOGRAM) if unit == LITRE else (float(amount), unit)


def _of_an_order(unit: str, pack: Json, kg_per_order: float) -> float:
    """Return how many of `unit` make an order."""
    if unit != KILOGRAM:
        return 1.0
    held = pack if isinstance(pack, dict) and pack.get("per", "item") in {*HOLDERS, "item", "piece"} else {}
    amount = held.get("amount")
    if held.get("unit") == KILOGRAM and isinstance(amount, int | float) and amount > 0:
        return float(amount)
    return kg_per_order
