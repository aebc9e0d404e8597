"""Columns: the one definition of a partner's catalog; reader, templates, docs and export are made from it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources

from pydantic import ConfigDict, TypeAdapter

DEFINITIONS = "columns.toml"
LONGEST = 100
"""So many characters at most in a cell whose column states no limit: a code, a link's name, a figure."""


class Kind(StrEnum):
    """What the cells of a column say; `values` has a reader for each."""

    TEXT = "text"
    CODE = "code"
    PHONE = "phone"
    LINK = "link"
    ADCODE = "adcode"
    CATEGORY = "category"
    PRODUCER_TYPE = "producer_type"
    COLD_CHAIN = "cold_chain"
    COORDINATE_SYSTEM = "coordinate_system"
    YES_NO = "yes_no"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    COUNT = "count"
    AMOUNT = "amount"
    MONTHLY_AMOUNT = "monthly_amount"
    YEARLY_AMOUNT = "yearly_amount"
    AREA = "area"
    PRICE = "price"
    PACK = "pack"
    SEASON = "season"
    SHELF_LIFE = "shelf_life"
    CERTIFICATES = "certificates"
    YEAR = "year"
    DATE = "date"


@dataclass(frozen=True, eq=False)
class Column:
    """What a column is called, what its cells say, and how people are told of it.

    There is one object for each column: they are compared by identity, which keeps reading fast.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: str
    zh: str
    en: str
    kind: Kind
    example_zh: str
    example_en: str
    says_zh: str
    says_en: str
    synonyms_zh: tuple[str, ...] = ()
    """What partners also call it."""
    synonyms_en: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    """What partners also write in it, all of it understood."""
    needed: bool = False
    """A row without it is refused."""
    private: bool = False
    """It names or reaches a person: only the partner and those who run the programme may see it."""
    unit_zh: str = ""
    """What its values are in."""
    unit_en: str = ""
    limit: int = LONGEST
    """So many characters at most."""

    def title(self, lang: str) -> str:
        """Name the column in `lang`, as headers of templates and exports do."""
        return self.zh if lang == "zh" else self.en

    def example(self, lang: str) -> str:
        """Give a cell as it should be written."""
        return self.example_zh if lang == "zh" else self.example_en

    def says(self, lang: str) -> str:
        """Say in one line what belongs into the column."""
        return self.says_zh if lang == "zh" else self.says_en

    def unit(self, lang: str) -> str:
        """Name what its values are in, empty where they have no unit."""
        return self.unit_zh if lang == "zh" else self.unit_en


def _columns() -> tuple[Column, ...]:
    text = resources.files(__package__).joinpath(DEFINITIONS).read_text("utf-8")
    shape = TypeAdapter(Column)
    return tuple(
        shape.validate_python({"name": name, **fields}) for name, fields in tomllib.loads(text).items()
    )


COLUMNS = _columns()
"""All columns, in the order of templates and exports."""
BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}
