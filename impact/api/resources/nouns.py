"""Belts, producers, products, segments and channels: the live catalog, list by list and one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from flask import Response
from pydantic import BaseModel

from impact.api.contract.delivery import deliver
from impact.api.contract.operation import JSON, AnyOperation, Asked, NoBody, NoQuery, Operation
from impact.api.contract.paging import After, page_of
from impact.api.contract.refusals import Refused
from impact.api.resources import noun_lines as lines
from impact.api.service import Service
from impact.store.browsing import Wanted


@dataclass(frozen=True)
class Kind:
    """One kind of noun: what its list and it are called, how it is shown, and how its list is asked for."""

    nouns: str
    noun: str
    shown: type[BaseModel]
    listed: type[BaseModel]
    query: type[After]

    @property
    def key(self) -> str:
        """The field that names one."""
        return f"{self.noun}_id"


KINDS = (
    Kind("belts", "belt", lines.BeltLines, lines.BeltList, lines.OfBelts),
    Kind("producers", "producer", lines.ProducerLines, lines.ProducerList, lines.OfProducers),
    Kind("products", "product", lines.ProductLines, lines.ProductList, lines.OfProducts),
    Kind("segments", "segment", lines.SegmentLines, lines.SegmentList, lines.OfSegments),
    Kind("channels", "channel", lines.ChannelLines, lines.ChannelList, lines.OfChannels),
)


def operations(service: Service) -> Iterator[AnyOperation]:
    """Show the live catalog."""
    for kind in KINDS:
        yield from _of_kind(service, kind)


def _of_kind(service: Service, kind: Kind) -> Iterator[AnyOperation]:
    def many(asked: Asked[After, NoBody]) -> Response:
        stated = asked.query.model_dump(exclude={"limit", "cursor", "q"}, exclude_none=True)
        wanted = Wanted(stated, getattr(asked.query, "q", ""), asked.query.cursor, asked.query.limit + 1)
        found, rest = page_of(service.nouns.page(kind.nouns, wanted), asked.query.limit, _id_of(kind))
        items = [kind.shown.model_validate(noun) for noun in found]
        return deliver(kind.listed(items=items, next=rest), asked.media)

    def one(asked: Asked[NoQuery, NoBody]) -> Response:
        name = asked.path[kind.key]
        noun = service.nouns.get(kind.nouns, name)
        if noun is None:
            raise Refused("noun_not_found", 404, name=name)
        return deliver(kind.shown.model_validate(noun), asked.media)

    first = {kind.key: f"$response.body#/items/0/{kind.key}"}
    yield Operation(
        kind.nouns, f"/{kind.nouns}", many, kind.query, {JSON: kind.listed}, leads_to={kind.noun: first}
    )
    yield Operation(kind.noun, f"/{kind.nouns}/{{{kind.key}}}", one, NoQuery, {JSON: kind.shown})


def _id_of(kind: Kind) -> Callable[[object], str]:
    return attrgetter(kind.key)
