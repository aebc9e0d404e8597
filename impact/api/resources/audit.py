"""The audit log: who did what to what, and why, the newest first."""

from collections.abc import Iterator
from typing import Annotated

from flask import Response
from pydantic import BaseModel, Field

from impact.api.contract.delivery import deliver
from impact.api.contract.operation import FORBID, JSON, AnyOperation, Asked, NoBody, Operation, Page, Plain
from impact.api.service import Service
from impact.store.audit import Entry, Sought

Words = Annotated[Plain, Field(max_length=200)]


class EntryView(BaseModel):
    """One thing that was done. `before` and `after` are JSON; `hash` is over all else, `previous` too."""

    model_config = FORBID

    number: int
    at: str
    who: str
    role: str
    token: str
    what: str
    subject: str
    before: str
    after: str
    reason: str
    request_id: str
    previous: str
    hash: str


class EntryList(BaseModel):
    """Entries, the newest first; `next` is the cursor of the page after, null on the last."""

    model_config = FORBID

    items: list[EntryView]
    next: str | None


class OfAudit(Page):
    """Which entries."""

    who: Words = ""
    what: Words = ""
    subject: Words = ""


def operations(service: Service) -> Iterator[AnyOperation]:
    """Show what was done."""

    def audit(asked: Asked[OfAudit, NoBody]) -> Response:
        query = asked.query
        sought = Sought(query.who, query.what, query.subject)
        before = int(query.cursor) if query.cursor else None
        found = service.log(sought, before, query.limit + 1)
        shown = found[: query.limit]
        rest = str(shown[-1].number) if len(found) > query.limit else None
        return deliver(EntryList(items=list(map(_shown, shown)), next=rest), asked.media)

    yield Operation("audit", "/audit", audit, OfAudit, {JSON: EntryList})


def _shown(entry: Entry) -> EntryView:
    return EntryView.model_validate(vars(entry))
