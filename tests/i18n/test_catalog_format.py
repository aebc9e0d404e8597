"""docs/catalog-format.md is what the columns say."""

import pytest

from impact.catalog.columns import COLUMNS
from impact.config import ROOT
from impact.i18n.catalog_format import format_page

PAGE = format_page()


def test_the_page_is_made_from_the_columns():
    written = (ROOT / "docs" / "catalog-format.md").read_text("utf-8")

    assert written == PAGE, "python -m impact catalog format --out docs/catalog-format.md"


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_every_column_is_explained_in_both_languages(column):
    for lang in ("zh", "en"):
        (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| **{column.title(lang)}** `")]
        assert column.says(lang) in line
        assert column.example(lang) in line
        assert all(name in line for name in (*column.synonyms_zh, *column.synonyms_en))
