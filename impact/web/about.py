"""About the data: where every table comes from, and what in it is real, derived or assumed."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template

from impact.config import DATA
from impact.i18n import label, words
from impact.model import Basis
from impact.web.language import spoken
from impact.web.tables import Column, Table


@dataclass(frozen=True)
class Source:
    """One group of tables, worded under its `code`, and how its figures are known."""

    code: str
    basis: tuple[Basis, ...]


SOURCES = (
    Source("gazetteer", (Basis.REAL, Basis.DERIVED)),
    Source("specialties", (Basis.REAL,)),
    Source("belts", (Basis.REAL, Basis.DERIVED)),
    Source("coldchain", (Basis.REAL,)),
    Source("priority", (Basis.REAL, Basis.DERIVED)),
    Source("demand", (Basis.REAL, Basis.DERIVED, Basis.ASSUMED)),
    Source("shelf_life", (Basis.REAL,)),
    Source("producers", (Basis.REAL, Basis.ASSUMED)),
)


def register(pages: Blueprint) -> None:
    """Add the page about the data to `pages`."""

    @pages.get("/<any(zh, en):lang>/about", endpoint="about")
    def _about() -> str:
        return render_template("about.html", sources=SOURCES, supposed=supposed(spoken()))


def supposed(lang: str) -> Mapping[str, Table]:
    """Tabulate what the sample supposes, by the file that says so."""
    return {
        "demo/assumptions.csv": _figures(lang),
        "demand/channels.csv": _channels(lang),
        "demand/interests.csv": _interests(lang),
    }


def _figures(lang: str) -> Table:
    columns = (Column("column.assumption"), Column("column.figure", "number"), Column("column.basis"))
    return Table(
        columns,
        tuple(
            (label("assumption", row["name"], lang), float(row["value"]), _basis(row, lang))
            for row in _rows("demo/assumptions.csv")
        ),
    )


def _channels(lang: str) -> Table:
    columns = (
        Column("column.channel"),
        Column("column.attention_share", "share"),
        Column("column.exposures_per_order", "number"),
        Column("column.basis"),
    )
    return Table(
        columns,
        tuple(
            (
                row[f"name_{lang}"],
                float(row["attention_share"]),
                float(row["exposures_per_order"]),
                _basis(row, lang),
            )
            for row in _rows("demand/channels.csv")
        ),
    )


def _interests(lang: str) -> Table:
    columns = (
        Column("column.interest"),
        Column("column.national_category"),
        Column("column.category_share", "share"),
        Column("column.basis"),
    )
    return Table(
        columns,
        tuple(
            (
                row[f"name_{lang}"],
                label("national_category", row["national_category"], lang),
                float(row["category_share"]),
                _basis(row, lang),
            )
            for row in _rows("demand/interests.csv")
        ),
    )


def _basis(row: Mapping[str, str], lang: str) -> str:
    return words(f"basis.{row['basis']}", lang)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
