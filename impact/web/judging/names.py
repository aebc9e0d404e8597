"""What things of a plan are called: by their names instead of their ids, rules as sentences."""

from collections.abc import Iterable
from functools import cached_property

from impact.i18n import label, words
from impact.i18n.places import placed
from impact.i18n.sentences import Spec, asked, valued
from impact.model import Catalog, Placement, Producer, Product, Segment
from impact.reports.solved import Solved

OWN = ("supply", "capacity", "product_capacity")
"""What charges that is no rule of anybody's."""
PROMISED = "promised"
BETWEEN = " · "


class Names:
    """The names of nouns and rules in one language; an id that is not known stands for itself.

    Producers that are there no more go by their names in the `earlier` catalog.
    """

    def __init__(
        self, catalog: Catalog, rules: Iterable[Spec], lang: str, *, earlier: Catalog | None = None
    ) -> None:
        self.catalog = catalog
        self.lang = lang
        self._earlier = earlier
        self._rules = {str(spec["id"]): spec for spec in rules}

    def producer(self, producer_id: str) -> str:
        """Name a producer."""
        found = self._producers.get(producer_id)
        return found.name if found else producer_id

    def product(self, product_id: str) -> str:
        """Name a product, and whose it is where that does not show."""
        found = self._products.get(product_id)
        if found is None:
            return product_id
        owner = self.producer(found.producer_id)
        return found.name if found.name == owner else BETWEEN.join((owner, found.name))

    def placement(self, placement_id: str) -> str:
        """Name a placement by region, interest and channel."""
        found = self._placements.get(placement_id)
        if found is None:
            return placement_id
        channel = valued("channel", found.channel_id, self.catalog, self.lang)
        return BETWEEN.join((self.segment(found.segment_id), channel))

    def segment(self, segment_id: str) -> str:
        """Name a segment by region and interest."""
        found = self._segments.get(segment_id)
        if found is None:
            return segment_id
        interest = valued("interest", found.interest, self.catalog, self.lang)
        return BETWEEN.join((label("province", found.region, self.lang), interest))

    def region(self, adcode: str) -> str:
        """Name a region with its province."""
        found = next((each for each in self.catalog.regions if each.adcode == adcode), None)
        return placed(found, self.lang) if found else adcode

    def rule(self, rule: str) -> str:
        """Say a rule as a sentence; what nobody states, and floors that come with the tables, by name."""
        if rule in OWN:
            return words(f"charge.{rule}", self.lang)
        if rule == PROMISED:
            return words("rule.promised", self.lang)
        spec = self.spec(rule)
        return asked(spec, self.catalog, self.lang) if spec else rule

    def spec(self, rule: str) -> Spec | None:
        """Return a rule as it is stated."""
        return self._rules.get(rule)

    @cached_property
    def _producers(self) -> dict[str, Producer]:
        earlier = self._earlier.producers if self._earlier else ()
        return {each.producer_id: each for each in (*earlier, *self.catalog.producers)}

    @cached_property
    def _products(self) -> dict[str, Product]:
        return {each.product_id: each for each in self.catalog.products}

    @cached_property
    def _placements(self) -> dict[str, Placement]:
        return {each.placement_id: each for each in self.catalog.placements}

    @cached_property
    def _segments(self) -> dict[str, Segment]:
        return {each.segment_id: each for each in self.catalog.segments}


def names_of(solved: Solved, lang: str) -> Names:
    """Return the names of what is in a plan."""
    return Names(solved.graph.catalog, solved.programme.rules, lang)
