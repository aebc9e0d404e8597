"""About the data: where every table comes from, and what in it is real, derived or assumed."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from impact.model import Basis


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
        return render_template("about.html", sources=SOURCES)
