"""Applicants: the products offered by now, those of partners too, and how far each one's application is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from impact.access import Actor
from impact.catalog.listed.norms import Norms
from impact.enrolment import Ground
from impact.errors import Issue, Unknown
from impact.model import Product
from impact.programmes.dossier import Stage
from impact.store.database import Database
from impact.store.decisions import enrolling
from impact.store.decisions.applications import Move, Taken, application_of, move, steps_taken


@dataclass(frozen=True)
class Applicant:
    """A product, who lists it (None: the catalog has it), and the steps of its application in their order."""

    product: Product
    partner: str | None
    steps: tuple[Taken, ...]

    @property
    def version(self) -> int:
        """What a step is taken of: the number of steps before it."""
        return len(self.steps)

    def stage(self, on: date) -> Stage:
        """Say how far its application has come by a day."""
        return application_of(self.steps).stage(on)


class Applicants:
    """The applicants of one database, all of them or those of one partner."""

    def __init__(self, database: Database, norms: Callable[[], Norms]) -> None:
        self._database = database
        self._ground: Callable[[], Ground] = cache(lambda: enrolling.ground_of(database, norms(), {}))

    def of(self, partner: str | None) -> Sequence[Applicant]:
        """Return what a partner offers, or all that is offered, in the order of product ids."""
        return list(self._found(partner, steps_taken(self._database)))

    def get(self, product_id: str, partner: str | None) -> Applicant:
        """Return one of them.

        Raises
        ------
        Unknown
            Nothing of that id is offered (by that partner).
        """
        taken = steps_taken(self._database, product_id)
        for each in self._found(partner, taken):
            if each.product.product_id == product_id:
                return each
        raise Unknown([Issue("noun_unknown", params={"value": product_id})])

    def take(self, seen: Applicant, asked: Move, who: Actor, *, expected: int | None) -> Applicant:
        """Take a step of the `expected` version of an application; raises as `move` does."""
        name = seen.product.product_id
        move(self._database, [name], asked, who, expected=expected)
        return replace(seen, steps=tuple(steps_taken(self._database, name)[name]))

    def _found(self, partner: str | None, taken: dict[str, list[Taken]]) -> Iterator[Applicant]:
        joined = enrolling.offered(self._database, self._ground(), partner)
        for product in joined.catalog.products:
            name = product.product_id
            if partner is None or name in joined.listing_of:
                yield Applicant(
                    product, joined.partner_of.get(product.producer_id), tuple(taken.get(name, ()))
                )
