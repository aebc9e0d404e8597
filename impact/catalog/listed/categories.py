"""Categories: what kind of goods a listing is of, by what it says, else by its product's name."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from impact.catalog.values.choices import words_of
from impact.model import Catalog

UNKNOWN = "other"
"""The category of goods that nothing is known of."""
SHORTEST = 2
"""A word of one character says what goods are only where a name ends in it: 茶 in 信阳毛尖茶, not in 茶具."""
ENDINGS = (3, 2, 1)
FEWEST, AGREED_SHARE = 3, 0.8
"""An ending tells a category where so many known names bear it, and such a share of them agree."""


class Categories:
    """Tells categories by names, over the words and the product names of one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._told: dict[str, str | None] = {}

    def by_name(self, name: str) -> str | None:
        """Tell what a name says the goods are, None where it says nothing known.

        A Chinese name ends in what the thing is (紫阳富硒茶 is tea). In order: a product of that very name;
        the word that ends last in it, the longest of several; an ending that names of one category share.
        """
        if name not in self._told:
            self._told[name] = self._names.get(name) or self._by_word(name) or self._by_ending(name)
        return self._told[name]

    def _by_word(self, name: str) -> str | None:
        found = max(self._within(name), default=None)
        return self._words[found[2]] if found else None

    def _by_ending(self, name: str) -> str | None:
        return next((self._endings[name[-n:]] for n in ENDINGS if name[-n:] in self._endings), None)

    def _within(self, name: str) -> Iterator[tuple[int, int, str]]:
        for word in self._words:
            if word in name and (len(word) >= SHORTEST or name.endswith(word)):
                yield name.rfind(word) + len(word), len(word), word

    @cached_property
    def _names(self) -> Mapping[str, str]:
        named: dict[str, set[str]] = defaultdict(set)
        for product in self._catalog.products:
            named[product.name].add(product.category)
        return {name: min(kinds) for name, kinds in named.items() if len(kinds) == 1}

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """Words by category: the keywords of the interest it serves best, and what people write for it."""
        best = self._best_by_interest()
        strongest: dict[str, tuple[float, str]] = {}
        for line in self._catalog.keywords:
            if line.interest in best:
                said = (line.strength, best[line.interest])
                strongest[line.word] = max(strongest.get(line.word, said), said)
        known = {category.category_id for category in self._catalog.categories}
        spoken = {word: kind for word, kind in words_of("category").items() if kind in known}
        return {word: kind for word, (_, kind) in strongest.items()} | spoken

    @cached_property
    def _endings(self) -> Mapping[str, str]:
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        for product in self._catalog.products:
            for length in ENDINGS:
                kinds[product.name[-length:]][product.category] += 1
        most = {ending: (counts.most_common(1)[0], counts.total()) for ending, counts in kinds.items()}
        return {
            ending: kind
            for ending, ((kind, count), total) in most.items()
            if total >= FEWEST and count >= AGREED_SHARE * total
        }

    def _best_by_interest(self) -> dict[str, str]:
        best: dict[str, tuple[float, str]] = {}
        for line in self._catalog.lexicon:
            strength, _ = best.get(line.interest, (0.0, ""))
            if line.strength > strength:
                best[line.interest] = (line.strength, line.category)
        return {interest: category for interest, (_, category) in best.items()}
