"""Read a CSV file as rows of a model, and say of every bad cell where it is and what is wrong."""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from impact.errors import Issue, Param, refuse_if_any

CODES = {
    "missing": "cell_empty",
    "float_parsing": "not_a_number",
    "int_parsing": "not_a_whole_number",
    "int_from_float": "not_a_whole_number",
    "finite_number": "not_finite",
    "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "bool_parsing": "not_yes_or_no",
    "enum": "not_one_of",
    "string_pattern_mismatch": "malformed",
    "string_too_long": "malformed",
    "extra_forbidden": "cell_beyond_header",
}
"""Our code for each fault that pydantic names; a fault not named here is a mistake of ours."""

BEYOND = "beyond_header"
"""Where the csv reader puts cells that no column is named for."""

Share = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[float, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]
NetPromoterScore = Annotated[float, Field(ge=-100, le=100)]
Month = Annotated[int, Field(ge=1, le=12)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Adcode = Annotated[str, Field(pattern=r"^(?:\d{6}|[A-Z]{2}[A-Z0-9]*(?:-[A-Z0-9]+)*)$", max_length=20)]
"""Six digits as in China, or two letters and what follows, as in ISO 3166-2 and NUTS."""


class Row(BaseModel):
    """One line of a table; columns that a row does not name are left unread."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


SomeRow = TypeVar("SomeRow", bound=Row)


@dataclass
class Tables:
    """The tables of one folder; issues gather here until `refuse` is called."""

    folder: Path
    issues: list[Issue] = field(default_factory=list)

    def read(self, name: str, row_type: type[SomeRow]) -> tuple[SomeRow, ...]:
        """Read file `name`, leaving out rows with an issue."""
        try:
            with (self.folder / name).open(encoding="utf-8-sig", newline="") as file:
                return tuple(self._rows(name, csv.DictReader(file, restkey=BEYOND, strict=True), row_type))
        except FileNotFoundError:
            self.issues.append(Issue("file_missing", file=name))
        except UnicodeDecodeError:
            self.issues.append(Issue("not_utf8", file=name))
        except csv.Error as error:
            self.issues.append(Issue("not_csv", file=name, params={"reason": str(error)}))
        return ()

    def has(self, name: str) -> bool:
        """Tell whether there is a file of that name."""
        return (self.folder / name).is_file()

    def refuse(self) -> None:
        """Raise `BadInput` with every issue found, if there is one."""
        refuse_if_any(self.issues)

    def _rows(self, name: str, lines: "csv.DictReader[str]", row_type: type[SomeRow]) -> Iterator[SomeRow]:
        absent = list(_absent(name, lines.fieldnames or (), row_type))
        self.issues += absent
        wanted = row_type.model_fields.keys() | {BEYOND}
        for number, line in enumerate(() if absent else lines, start=2):
            filled = {column: cell for column, cell in line.items() if cell and column in wanted}
            try:
                yield row_type.model_validate(filled)
            except ValidationError as error:
                self.issues += [_issue(name, number, fault) for fault in error.errors()]


def _absent(name: str, columns: Collection[str], row_type: type[Row]) -> Iterator[Issue]:
    """Name the columns that every row needs and the header lacks."""
    for column, definition in row_type.model_fields.items():
        if definition.is_required() and column not in columns:
            yield Issue("column_missing", file=name, row=1, column=column)


def _issue(name: str, number: int, fault: ErrorDetails) -> Issue:
    code, column = CODES[fault["type"]], str(fault["loc"][0])
    if column == BEYOND:
        return Issue(code, name, number, params={"value": ",".join(fault["input"])})
    params: dict[str, Param] = {} if fault["type"] == "missing" else {"value": str(fault["input"])}
    return Issue(code, name, number, column, params)
