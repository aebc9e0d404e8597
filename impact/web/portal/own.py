"""What one partner has before one programme: who of it is let in, and what the published plan gives it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from flask import abort, request

from impact.arrays import sums
from impact.catalog.listed.norms import read_norms
from impact.config import DATA
from impact.enrolment import Enrolled
from impact.matching.explain.case import Case as Opened
from impact.model import Producer, Region
from impact.programmes.document import ProgrammeDocument
from impact.programmes.dossier import Case
from impact.programmes.eligibility import Verdict, cases
from impact.programmes.ladder import Change, Step, ladder, one_change
from impact.reports.partners import Status, standings_of, status_of
from impact.reports.solved import Shelf, Solved
from impact.reports.why import Reason, opened
from impact.store import partners
from impact.store.database import Database
from impact.store.decisions import enrolling, programmes, standing
from impact.store.decisions.judged import Judged, Stamp
from impact.store.decisions.programmes import ProgrammeVersion
from impact.store.happened.deliveries import delivered_of
from impact.store.paging import Part
from impact.web.programmes.filled import today

OFFERED = 50
"""So many programmes are offered to look at."""
NUM_PLANS = 4
"""Plans whose charges are kept: a plan never changes, and turning its prices into charges takes a while."""


@dataclass(frozen=True)
class Line:
    """How one producer stands; `promised` is None where no published plan knows it."""

    producer: Producer
    region: Region
    cases: tuple[Case, ...]
    verdicts: tuple[Verdict, ...]
    promised: float | None
    delivered: float

    @property
    def status(self) -> Status:
        """What became of it."""
        return status_of(self.promised, self.verdicts)

    @property
    def change(self) -> Change | None:
        """The one thing that would let in what is out."""
        return one_change(self.verdicts)

    @cached_property
    def ladder(self) -> tuple[Step, ...]:
        """How ready it is, rung by rung."""
        return ladder(self.cases)


@dataclass(frozen=True)
class Own:
    """What a partner has before a programme; `solved` is the plan published, None where none is.

    `delivered` is by product. Nothing of what others list is in it, but for the plan as a whole.
    """

    document: ProgrammeDocument
    enrolled: Enrolled
    solved: Solved | None
    period: str
    delivered: Mapping[str, float]

    @cached_property
    def promised(self) -> Mapping[str, float]:
        """What the published plan gives, by the products it knows."""
        if self.solved is None:
            return {}
        ids = self.solved.problem.product_ids
        given = sums(self.solved.plan.exposure, self.solved.problem.product_of, len(ids))
        return dict(zip(ids, given.tolist(), strict=True))

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        """How each producer stands, by its id, in the order of names."""
        found = sorted(self._lines(), key=lambda line: (line.producer.name, line.producer.producer_id))
        return {line.producer.producer_id: line for line in found}

    def _lines(self) -> Iterator[Line]:
        catalog, own = self.enrolled.catalog, self.enrolled.joined.partner_of
        regions = {region.adcode: region for region in catalog.regions}
        cases_of: dict[str, list[Case]] = defaultdict(list)
        for case in cases(catalog, self.enrolled.dossiers, today()):
            if case.producer.producer_id in own:
                cases_of[case.producer.producer_id].append(case)
        for each in cases_of.values():
            yield self._line(tuple(each), regions)

    def _line(self, own: tuple[Case, ...], regions: Mapping[str, Region]) -> Line:
        producer, products = own[0].producer, [case.product.product_id for case in own]
        known = [self.promised[product] for product in products if product in self.promised]
        return Line(
            producer=producer,
            region=regions[producer.region],
            cases=own,
            verdicts=tuple(self.enrolled.verdicts[product] for product in products),
            promised=sum(known) if known else None,
            delivered=sum(self.delivered.get(product, 0.0) for product in products),
        )


class Owners:
    """Finds what partners have, in one database and on one shelf."""

    def __init__(self, database: Database, shelf: Shelf) -> None:
        self._database, self._shelf = database, shelf
        self._judged = Judged(database, enrolling.ground_of(database, read_norms(DATA), {}))
        self._known = lru_cache(NUM_PLANS)(self._own)
        self._opened = lru_cache(NUM_PLANS)(self._open)

    def programmes(self) -> tuple[ProgrammeVersion, ...]:
        """Return the programmes that can be looked at."""
        return programmes.listed(self._database, Part(OFFERED)).items

    def own(self, partner: str) -> Own | None:
        """Return what a partner has before the programme that is asked for.

        None where there is none yet, and where the partner is retired: nothing it listed takes part any more.
        """
        version, known = self._chosen(), partners.get(self._database, partner)
        if version is None or (known and known.retired_at):
            return None
        plan_id, stamp = standing.published(self._database, version.programme_id), self._judged.stamp()
        return self._known(stamp, version.programme_id, version.version, today(), partner, plan_id)

    def _own(
        self, _: Stamp, programme_id: str, number: int, on: date, partner: str, plan_id: str | None
    ) -> Own:
        """Gather it all; it is kept at hand until anything is done, since standings take a while."""
        version = programmes.get(self._database, programme_id, number) or abort(404)
        enrolled = self._judged.of_partner(version, on, partner)
        solved = self._shelf.get(plan_id) if plan_id else None
        stands = standing.get(self._database, plan_id) if plan_id else None
        products = tuple(enrolled.joined.listing_of)
        return Own(
            document=enrolling.document_of(version),
            enrolled=enrolled,
            solved=solved,
            period=stands.period if stands else "",
            delivered=delivered_of(self._database, plan_id, products) if plan_id else {},
        )

    def reasons(self, own: Own, line: Line) -> tuple[Reason, ...]:
        """Say what kept placements from a producer's goods in the published plan, the closest first."""
        if own.solved is None or line.promised is None:
            return ()
        case, mine = self._opened(own.solved.plan_id), {line.producer.producer_id}
        found = standings_of(own.solved, case, mine, line.cases, own.enrolled.verdicts)
        return found[0].reasons if found else ()

    def _open(self, plan_id: str) -> Opened:
        solved = self._shelf.get(plan_id)
        assert solved is not None
        return opened(solved)

    def _chosen(self) -> ProgrammeVersion | None:
        """Return the programme that the address names; else one that has a published plan, else any."""
        asked = request.args.get("programme")
        if asked:
            return programmes.get(self._database, asked) or abort(404)
        offered = self.programmes()
        live = (each for each in offered if standing.published(self._database, each.programme_id))
        return next(live, next(iter(offered), None))
