"""How much each interest wants each product: what people wrote down first, likeness of characters second."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from impact.arrays import Floats
from impact.model import Catalog

_CHUNK = 4096


def interest_strengths(catalog: Catalog, ceiling: float) -> Floats:
    """Compute how much consumers of each interest want each product.

    The greater of what the lexicon says of its category and what keywords say of its name; second to them,
    and at most `ceiling`, the likeness of its name to the interest's words. Likeness never outranks
    judgement: it is at most the best that anybody wrote down for the product.

    Returns
    -------
    Floats
        In [0, 1], shape ``(product, interest)``.
    """
    written = np.maximum(_by_category(catalog), _by_keyword(catalog))
    best = written.max(axis=1, initial=0.0, keepdims=True)
    most = np.where(best > 0, np.minimum(ceiling, best), ceiling)
    return np.maximum(written, most * _likeness(catalog))


def words_in(name: str, words: Mapping[str, object], longest: int) -> Iterator[str]:
    """Find the words that `name` holds, the longest first, so that 茶油 does not also speak of 茶."""
    start = 0
    while start < len(name):
        sizes = range(min(longest, len(name) - start), 0, -1)
        size = next((size for size in sizes if name[start : start + size] in words), 0)
        if size:
            yield name[start : start + size]
        start += max(size, 1)


def _by_category(catalog: Catalog) -> Floats:
    strengths_of = _tabulated(
        catalog, ((line.category, line.interest, line.strength) for line in catalog.lexicon)
    )
    strengths = np.zeros((len(catalog.products), len(catalog.interests)))
    for i, product in enumerate(catalog.products):
        strengths[i] = strengths_of.get(product.category, 0.0)
    return strengths


def _by_keyword(catalog: Catalog) -> Floats:
    """Look up the last word that each name holds: a Chinese name ends in what the thing is (玫瑰红苹果)."""
    strengths_of = _tabulated(
        catalog, ((line.word, line.interest, line.strength) for line in catalog.keywords)
    )
    longest = max(map(len, strengths_of), default=0)
    strengths = np.zeros((len(catalog.products), len(catalog.interests)))
    for i, product in enumerate(catalog.products):
        head = deque(words_in(product.name, strengths_of, longest), maxlen=1)
        if head:
            strengths[i] = strengths_of[head[0]]
    return strengths


def _tabulated(catalog: Catalog, lines: Iterable[tuple[str, str, float]]) -> Mapping[str, Floats]:
    """Turn lines of (key, interest, strength) into a row of strengths for each key."""
    number_of = {interest.interest_id: i for i, interest in enumerate(catalog.interests)}
    strengths_of: dict[str, Floats] = {}
    for key, interest, strength in lines:
        strengths_of.setdefault(key, np.zeros(len(number_of)))[number_of[interest]] = strength
    return strengths_of


def _likeness(catalog: Catalog) -> Floats:
    """Compare names with the words of interests by TF-IDF over 1 to 3 characters; the best word counts."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  the web matches nothing, and starts without

    names = [product.name for product in catalog.products]
    words, first_of = _words(catalog)
    likeness = np.zeros((len(names), len(catalog.interests)))
    if not words:
        return likeness
    reader = TfidfVectorizer(analyzer="char", ngram_range=(1, 3)).fit(names + words)
    columns = reader.transform(words).T.tocsr()
    for start in range(0, len(names), _CHUNK):
        rows = slice(start, start + _CHUNK)
        cosines = (reader.transform(names[rows]) @ columns).toarray()
        likeness[rows] = np.maximum.reduceat(cosines, first_of, axis=1)
    return np.clip(likeness, 0.0, 1.0)


def _words(catalog: Catalog) -> tuple[list[str], list[int]]:
    """List the words of each interest, its name first, and where those of each interest begin."""
    words: list[str] = []
    first_of = []
    for interest in catalog.interests:
        first_of.append(len(words))
        words.append(interest.name_zh)
        words.extend(line.word for line in catalog.keywords if line.interest == interest.interest_id)
    return words, first_of
