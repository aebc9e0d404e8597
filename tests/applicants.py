"""Small cases before the criteria of programmes, shared by the tests."""

from dataclasses import replace
from datetime import date

from impact.model import ColdChain, Place, Producer, Product
from impact.programmes.dossier import Application, Case, Certificate, Decision, Dossier, Nps

TODAY = date(2026, 10, 1)
YES = Decision(date(2026, 8, 1), accepted=True)
ACCEPTED = Application(date(2026, 7, 1), YES, YES)
READY = Dossier(
    certificates=(Certificate("gi", "AGI00001", date(2027, 12, 31)),),
    has_shop=True,
    has_contact=True,
    stated=frozenset({"capacity", "season", "price"}),
    has_cold_carrier=True,
    nps=Nps(45.0, 200),
    application=ACCEPTED,
)
"""A dossier that nothing is missing from."""


def case(**changes: object) -> Case:
    """A cooperative of a priority county in Gansu that sells apples, with all that could be asked.

    `changes` are of its product, its producer, its dossier or the case itself, by the names of fields.
    """
    product = Product("P1-1", "P1", "宁县苹果", "fruit", 0.8, cold_chain=ColdChain.CHILLED)
    producer = Producer(
        "P1", "宁县合作社", "621026", Place(35.5, 107.9), "specialty", "mountain_goods", "small", "1", 9e3
    )
    start = Case(product, producer, ("621026", "621000", "620000"), READY, TODAY)
    for name, value in changes.items():
        start = _changed(start, name, value)
    return start


def _changed(start: Case, name: str, value: object) -> Case:
    for part in ("product", "producer", "dossier"):
        noun = getattr(start, part)
        owner, _, field = name.partition("__")
        if (owner == part and field) or (not field and hasattr(noun, name)):
            return replace(start, **{part: replace(noun, **{field or name: value})})
    return replace(start, **{name: value})
