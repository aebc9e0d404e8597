"""The office of one database: its programmes, and the scenarios that are made of them."""

from collections.abc import Callable
from datetime import date
from functools import cache

from impact.access import Actor
from impact.catalog.listed.norms import Norms
from impact.enrolment import Enrolled, Ground
from impact.errors import Issue, Unknown
from impact.programmes.document import ProgrammeDocument
from impact.store.database import Database
from impact.store.decisions import enrolling, programmes, scenarios
from impact.store.decisions.admitted import refuse_if_nobody
from impact.store.decisions.programmes import ProgrammeVersion
from impact.store.decisions.scenario import Asked, Scenario
from impact.store.paging import Page, Part


class Office:
    """Keeps programmes and scenarios; what raises does so as `enrolling` and `scenarios` say."""

    def __init__(self, database: Database, norms: Callable[[], Norms]) -> None:
        self._database = database
        self._ground: Callable[[], Ground] = cache(lambda: enrolling.ground_of(database, norms(), {}))

    def programmes(self, part: Part) -> Page[ProgrammeVersion]:
        """Return programmes as they are now, in the order of their ids."""
        return programmes.listed(self._database, part)

    def programme(self, programme_id: str) -> ProgrammeVersion:
        """Return a programme as it is now."""
        found = programmes.get(self._database, programme_id)
        if found is None:
            raise Unknown([Issue("programme_unknown", params={"value": programme_id})])
        return found

    def keep(
        self,
        document: ProgrammeDocument,
        who: Actor,
        *,
        expected: int | None = None,
        on: date | None = None,
    ) -> ProgrammeVersion:
        """Keep a new programme, or put its document in place of the `expected` version, see `keep`."""
        return enrolling.keep(self._database, document, who, expected=expected, on=on)

    def enrolled(self, programme_id: str, on: date) -> Enrolled:
        """Say who is in a programme on a day, and who is not."""
        return enrolling.enrolled_in(self._database, self.programme(programme_id), on, self._ground())

    def begin(self, programme_id: str, on: date, who: Actor) -> Scenario:
        """Begin a scenario of a programme for the month of a day, with what is listed by now."""
        return enrolling.begin(self._database, programme_id, on, who, self._ground())[0]

    def scenarios(self, part: Part, programme_id: str | None) -> Page[Scenario]:
        """Return scenarios (of one programme), the newest first."""
        return scenarios.listed(self._database, part, programme_id=programme_id)

    def scenario(self, scenario_id: str) -> Scenario:
        """Return a scenario as it stands."""
        found = scenarios.get(self._database, scenario_id)
        if found is None:
            raise Unknown([Issue("scenario_unknown", params={"value": scenario_id})])
        return found

    def change(
        self, scenario_id: str, asked: Asked, who: Actor, *, expected: int | None, note: str
    ) -> Scenario:
        """Ask something else in a scenario that is not frozen."""
        return scenarios.change(self._database, scenario_id, asked, who, expected=expected, note=note)

    def branch(self, scenario_id: str, asked: Asked, who: Actor, *, note: str) -> Scenario:
        """Ask something else of the same inputs, in a scenario of its own."""
        return scenarios.branch(self._database, scenario_id, asked, who, note=note)

    def freeze(self, scenario_id: str, who: Actor) -> Scenario:
        """Let nothing of a scenario change from now on, unless there is nobody in it to solve it for."""
        refuse_if_nobody(self._database, self.scenario(scenario_id))
        return scenarios.freeze(self._database, scenario_id, who)
