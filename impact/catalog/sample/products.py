"""Products: one a producer; quality, shelf life, cold chain, fame and popularity imputed by stated rules."""

from collections.abc import Mapping, Sequence

from impact.arrays import Floats
from impact.catalog.sample.producers import KindRow, ProducerRow, SourceColdChain
from impact.model import ALL_YEAR, ColdChain, Months, Product

COLD_CHAIN = {
    SourceColdChain.AMBIENT: ColdChain.AMBIENT,
    SourceColdChain.CHILLED: ColdChain.CHILLED,
    SourceColdChain.FROZEN: ColdChain.FROZEN,
    SourceColdChain.FROZEN_OR_LIVE: ColdChain.LIVE,
    SourceColdChain.DRY_OR_CHILLED: ColdChain.AMBIENT,
}
"""Where the source leaves a choice, the class that its shelf life belongs to: 7 days alive, 180 days dry."""

ALWAYS_IMPUTED = frozenset({"quality", "fame", "cold_chain", "popularity"})


def make_products(
    rows: Sequence[ProducerRow], kinds: Mapping[str, KindRow], popularity: Floats
) -> tuple[Product, ...]:
    """Make one product of each producer; `popularity` is in exposures a month, shape ``(producer,)``."""
    return tuple(
        Product(
            product_id=f"{row.producer_id}-1",
            producer_id=row.producer_id,
            name=row.name,
            category=row.category,
            quality=quality_from_nps(row.imp_nps),
            fame=kinds[row.kind].fame,
            cold_chain=COLD_CHAIN[row.imp_coldchain_class],
            shelf_life_days=row.imp_shelf_life_days,
            season=season(row),
            popularity=float(organic),
            imputed=imputed(row),
        )
        for row, organic in zip(rows, popularity, strict=True)
    )


def quality_from_nps(nps: float) -> float:
    """Map a net promoter score in [-100, 100] to [0, 1]."""
    return (nps + 100) / 200


def organic_exposure(capacity: Floats, organic_share: float, organic_power: float) -> Floats:
    """Split `organic_share` of all capacity by each producer's capacity to the power of `organic_power`.

    Above 1 the power makes a heavy tail: the share of a producer's capacity that attention fills unaided
    grows with its size, and may exceed 1.
    """
    weight = capacity**organic_power
    organic: Floats = weight * (organic_share * capacity.sum() / weight.sum())
    return organic


def season(row: ProducerRow) -> Months:
    """Return the months of the listed season, else of the peak, else the whole year."""
    if row.season_start and row.season_end:
        return months(row.season_start, row.season_end)
    if row.peak_start and row.peak_end:
        return months(row.peak_start, row.peak_end)
    return ALL_YEAR


def months(first: int, last: int) -> Months:
    """Return the months from `first` to `last`, over the turn of the year where `last` comes earlier."""
    return frozenset((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1))


def imputed(row: ProducerRow) -> frozenset[str]:
    """Name the fields of a product that nobody observed."""
    guessed_season = set() if row.season_start and row.season_end else {"season"}
    guessed_shelf_life = {"shelf_life_days"} if row.imp_shelf_life_days is not None else set()
    return ALWAYS_IMPUTED | guessed_season | guessed_shelf_life
