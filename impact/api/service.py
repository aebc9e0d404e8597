"""What the addresses stand on; the composition root puts it together."""

from collections.abc import Callable
from dataclasses import dataclass

from impact.access import Actor
from impact.regions.resolver import Resolver
from impact.reports.solved import Shelf
from impact.store.browsing import NounShelf
from impact.store.replays import Replays


@dataclass(frozen=True)
class Service:
    """Where things are kept, who asks, and who knows which place a text means."""

    who: Callable[[], Actor]
    shelf: Shelf
    nouns: NounShelf
    replays: Replays
    resolver: Callable[[], Resolver]
