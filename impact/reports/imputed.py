"""What of a catalog is imputed: figures that nobody observed, filled in by a stated rule."""

from impact.model import Catalog, Placement, Producer, Product, Segment


def imputed_fields(catalog: Catalog) -> dict[str, list[str]]:
    """Name the fields of each noun that has some of which values are imputed, in the order of names."""
    nouns: dict[str, tuple[Producer | Product | Segment | Placement, ...]] = {
        "producers": catalog.producers,
        "products": catalog.products,
        "segments": catalog.segments,
        "placements": catalog.placements,
    }
    named = {
        name: sorted({part for noun in all_of for part in noun.imputed}) for name, all_of in nouns.items()
    }
    return {name: fields for name, fields in named.items() if fields}
