"""Freshness: what is left of a product's shelf life when it arrives, by how it must be kept on its way."""

from collections.abc import Sequence

import numpy as np

from impact.arrays import Bools, Floats
from impact.model import ColdChain, Product


def days_kept(products: Sequence[Product], has_cold_chain: Bools, kept_share: float) -> Floats:
    """Return the days that each product keeps on its way, infinite if for ever, shape ``(product,)``.

    Ambient goods keep their shelf life. Chilled, frozen and live ones keep all of it where the county they
    come from has a cold chain, and `kept_share` of it where it has none.
    """
    life = [np.inf if product.shelf_life_days is None else product.shelf_life_days for product in products]
    needs_cold = np.array([product.cold_chain is not ColdChain.AMBIENT for product in products], bool)
    return np.array(life, float) * np.where(needs_cold & ~has_cold_chain, kept_share, 1.0)


def freshness(days_kept: Floats, arrival_days: Floats) -> Floats:
    """Return the share of its time that a product has left on arrival: 1 as new, 0 spoiled.

    `arrival_days` has shape ``(product, region)``; what keeps no time at all is spoiled at once.
    """
    kept = days_kept[:, None]
    with np.errstate(over="ignore"):  # of what keeps next to no time all is spent
        spent_share: Floats = np.divide(arrival_days, kept, out=np.ones_like(arrival_days), where=kept > 0)
    return np.maximum(1 - spent_share, 0.0)
