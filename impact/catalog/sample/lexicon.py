"""What consumers of an interest want: by category of goods, and by words in a product's name."""

from impact.catalog.table import Row, Share, Tables
from impact.model import Affinity, Category, Keyword

LEXICON = "demand/lexicon.csv"
KEYWORDS = "demand/keywords.csv"
CATEGORIES = "demand/categories.csv"


class AffinityRow(Row):
    """A line of demand/lexicon.csv."""

    category: str
    interest: str
    strength: Share


class KeywordRow(Row):
    """A line of demand/keywords.csv."""

    word: str
    interest: str
    strength: Share


class CategoryRow(Row):
    """A line of demand/categories.csv; `why_no_interest` excuses a category from the lexicon."""

    category: str
    name_zh: str
    name_en: str
    why_no_interest: str | None = None


def read_lexicon(tables: Tables) -> tuple[Affinity, ...]:
    """Read how much goods of each category speak to each interest."""
    rows = tables.read(LEXICON, AffinityRow)
    return tuple(Affinity(row.category, row.interest, row.strength) for row in rows)


def read_keywords(tables: Tables) -> tuple[Keyword, ...]:
    """Read how much words in names speak for each interest."""
    rows = tables.read(KEYWORDS, KeywordRow)
    return tuple(Keyword(row.word, row.interest, row.strength) for row in rows)


def read_categories(tables: Tables) -> tuple[Category, ...]:
    """Read the categories of goods."""
    rows = tables.read(CATEGORIES, CategoryRow)
    return tuple(Category(row.category, row.name_zh, row.name_en) for row in rows)
