"""What partners' files may hold, as a page made from the columns that the reader uses."""

from collections.abc import Iterable, Iterator, Sequence

from impact.catalog.columns import COLUMNS, Column
from impact.catalog.files.asides import Why
from impact.catalog.files.border import SUFFIXES
from impact.catalog.files.limits import LIMITS
from impact.catalog.files.texts import ENCODINGS
from impact.catalog.listing import CLEAR
from impact.catalog.templates import FAMILIES
from impact.catalog.values.choices import choices, name_of
from impact.catalog.values.units import MEASURES, PIECES
from impact.i18n.wording import words

CERTIFICATE = "certificate"


def format_page() -> str:
    """Write the page: Chinese, then English."""
    return "\n".join([words("format.made", "en"), "", *_part("zh"), "---", "", *_part("en")])


def _part(lang: str) -> Iterator[str]:
    yield f"# {words('format.title', lang)}\n"
    yield _read(lang) + "\n"
    yield f"## {words('format.columns', lang)}\n"
    yield words("format.columns_note", lang, clear=CLEAR.value) + "\n"
    yield from _table(words("format.column_table", lang), (_column(each, lang) for each in COLUMNS))
    yield f"## {words('format.units', lang)}\n"
    yield from _table(words("format.unit_table", lang), _units())
    yield f"## {words('format.choices', lang)}\n"
    yield words("format.choices_note", lang) + "\n"
    for family in (*FAMILIES.values(), CERTIFICATE):
        names = words("format.join", lang).join(name_of(family, each, lang) for each in choices(family))
        yield f"- **{words(f'format_family.{family}', lang)}**{words('format.colon', lang)}{names}"
    yield ""
    yield f"## {words('format.asides', lang)}\n"
    yield words("format.asides_note", lang) + "\n"
    yield from (f"- `{why}` {words(f'check_aside.{why}', lang)}" for why in Why)
    yield f"\n## {words('format.commands', lang)}\n"
    yield words("format.commands_note", lang)
    yield ""


def _read(lang: str) -> str:
    suffixes = ", ".join(sorted(suffix for kind in SUFFIXES.values() for suffix in kind if suffix))
    return words(
        "format.read",
        lang,
        suffixes=suffixes,
        encodings=", ".join(ENCODINGS),
        file_mb=LIMITS.file_bytes // 1_000_000,
        cells=LIMITS.cells,
        columns=LIMITS.columns,
    )


def _column(column: Column, lang: str) -> tuple[str, ...]:
    names = (
        (column.synonyms_zh, column.synonyms_en) if lang == "zh" else (column.synonyms_en, column.synonyms_zh)
    )
    needed = words("format.needed", lang) if column.needed else ""
    private = words("format.private", lang) if column.private else ""
    return (
        f"**{column.title(lang)}** `{column.name}`{needed}{private}",
        column.says(lang),
        column.unit(lang),
        column.example(lang),
        ", ".join(column.written),
        ", ".join(name for some in names for name in some),
    )


def _units() -> Iterator[tuple[str, ...]]:
    for (base, factor), written in MEASURES.items():
        yield written.replace(" ", ", "), f"{factor:g} {base}"
    for base, written in PIECES.items():
        yield written.replace(" ", ", "), base


def _table(head: str, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lay rows out under a head of names parted by bars."""
    names = head.split("|")
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"
    yield ""
