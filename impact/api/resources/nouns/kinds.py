"""The kinds of nouns: what each is called, how it is shown, listed, asked for and edited."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from impact.api.contract.paging import After
from impact.api.resources.nouns import lines, lists, wanted
from impact.store.edits.editions import Edition

EDITED = ("version", "retired_at")
"""What is told of nouns that are edited, and of no others."""


@dataclass(frozen=True)
class Edits:
    """How a new noun is stated, what can be changed of one, and how its states are listed."""

    wanted: type[BaseModel]
    changed: type[BaseModel]
    history: type[BaseModel]


@dataclass(frozen=True)
class Kind:
    """One kind of noun: what its list and it are called, how it is shown, how its list is asked for.

    `edits` is None where nobody edits it.
    """

    nouns: str
    noun: str
    shown: type[BaseModel]
    listed: type[BaseModel]
    query: type[After]
    edits: Edits | None = None

    @property
    def key(self) -> str:
        """The field that names one."""
        return f"{self.noun}_id"

    @property
    def one(self) -> str:
        """The address of one."""
        return f"/{self.nouns}/{{{self.key}}}"

    def name_of(self, edition: Edition) -> str:
        """Return what names a noun."""
        return str(getattr(edition.noun, self.key))

    def line(self, edition: Edition) -> BaseModel:
        """Show a noun, and which state of it that is."""
        return self.shown.model_validate(self._told(edition))

    def page(self, bodies: Sequence[Mapping[str, object]], rest: str | None) -> BaseModel:
        """Show a page of live nouns that are laid out, and what the next begins behind."""
        items = bodies if self.edits else [_without(body, EDITED) for body in bodies]
        return self.listed.model_validate({"items": items, "next": rest})

    def _told(self, edition: Edition) -> Mapping[str, object]:
        told = {**vars(edition.noun), "version": edition.version, "retired_at": edition.retired_at}
        return told if self.edits else _without(told, EDITED)

    def past(self, edition: Edition) -> Mapping[str, object]:
        """Show a state of a noun, and how it came about."""
        return {"made_at": edition.made_at, "made_by": edition.made_by, "was": self.line(edition)}


def _without(told: Mapping[str, object], names: Collection[str]) -> Mapping[str, object]:
    return {name: value for name, value in told.items() if name not in names}


KINDS = (
    Kind("belts", "belt", lines.BeltLines, lists.BeltList, lists.OfBelts),
    Kind(
        "producers",
        "producer",
        lines.ProducerLines,
        lists.ProducerList,
        lists.OfProducers,
        Edits(wanted.ProducerWanted, wanted.ProducerChanged, lists.ProducerHistory),
    ),
    Kind(
        "products",
        "product",
        lines.ProductLines,
        lists.ProductList,
        lists.OfProducts,
        Edits(wanted.ProductWanted, wanted.ProductChanged, lists.ProductHistory),
    ),
    Kind(
        "segments",
        "segment",
        lines.SegmentLines,
        lists.SegmentList,
        lists.OfSegments,
        Edits(wanted.SegmentWanted, wanted.SegmentChanged, lists.SegmentHistory),
    ),
    Kind(
        "channels",
        "channel",
        lines.ChannelLines,
        lists.ChannelList,
        lists.OfChannels,
        Edits(wanted.ChannelWanted, wanted.ChannelChanged, lists.ChannelHistory),
    ),
    Kind(
        "placements",
        "placement",
        lines.PlacementLines,
        lists.PlacementList,
        lists.OfPlacements,
        Edits(wanted.PlacementWanted, wanted.PlacementChanged, lists.PlacementHistory),
    ),
)
