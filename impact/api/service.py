"""What the addresses stand on; the composition root puts it together."""

from collections.abc import Callable
from dataclasses import dataclass

from impact.access import Actor
from impact.api.contract.remembering import Answers
from impact.jobs.queue import Queue
from impact.regions.resolver import Resolver
from impact.reports.solved import Shelf
from impact.store.audit import Entry, Sought
from impact.store.decisions.applicants import Applicants
from impact.store.decisions.life import PlanLife
from impact.store.decisions.naming import PlanNames
from impact.store.decisions.office import Office
from impact.store.decisions.undoing import Imports
from impact.store.directory import Directory
from impact.store.edits.desk import NounDesk
from impact.store.people.keyring import Keyring
from impact.store.replays import Replays
from impact.store.webhooks.hooks import Hooks
from impact.store.webhooks.postings import PostOffice


@dataclass(frozen=True)
class Service:
    """Where things are kept, who asks, and who knows which place a text means."""

    who: Callable[[], Actor]
    shelf: Shelf
    nouns: NounDesk
    replays: Replays
    answers: Answers
    resolver: Callable[[], Resolver]
    queue: Queue
    hooks: Hooks
    post_office: PostOffice
    office: Office
    applicants: Applicants
    life: PlanLife
    names: PlanNames
    imports: Imports
    directory: Directory
    keyring: Keyring
    log: Callable[[Sought, int | None, int], tuple[Entry, ...]]
