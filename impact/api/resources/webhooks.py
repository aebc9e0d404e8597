"""Webhooks: who is told when something happens."""

from collections.abc import Iterator
from typing import Annotated, TypeVar

from flask import Response, url_for
from pydantic import BaseModel, Field

from impact.access import Actor
from impact.api.contract.delivery import deliver, done, made, stated
from impact.api.contract.operation import (
    BODY,
    FORBID,
    JSON,
    AnyOperation,
    Asked,
    Because,
    NoBody,
    NoQuery,
    Operation,
    Plain,
)
from impact.api.contract.paging import After, Listed, page_of
from impact.api.contract.refusals import Refused
from impact.api.service import Service
from impact.store.webhooks.hooks import Hook, News, Wanted

Changed = TypeVar("Changed")


class HookWanted(BaseModel):
    """Where to tell of which kinds of news; with `partner`, of that partner's alone."""

    model_config = BODY | {
        "json_schema_extra": {"examples": [{"address": "https://example.org/impact", "kinds": ["job.ended"]}]}
    }

    address: Annotated[Plain, Field(pattern="^https?://[!-~]+$", max_length=2000)]
    kinds: Annotated[list[Annotated[News, Field(strict=False)]], Field(min_length=1, max_length=10)]
    partner: Annotated[Plain, Field(min_length=1, max_length=200)] | None = None


class HookView(BaseModel):
    """A webhook; `ended_at` says since when it is told nothing, null where it is told."""

    model_config = FORBID

    hook_id: str
    address: str
    kinds: list[News]
    partner: str | None
    made_at: str
    ended_at: str | None


class HookMade(HookView):
    """A webhook just made, with the `secret` that letters to it are signed with: it is not shown again."""

    secret: str


class HookList(Listed[HookView]):
    """Webhooks in the order of their ids; `next` is the cursor of the page after, null on the last."""


def operations(service: Service) -> Iterator[AnyOperation]:
    """Keep webhooks."""

    def hooks(asked: Asked[After, NoBody]) -> Response:
        found = service.hooks.page(asked.who.partner, asked.query.cursor, asked.query.limit + 1)
        shown, rest = page_of(found, asked.query.limit, lambda hook: hook.hook_id)
        return deliver(HookList(items=list(map(_shown, shown)), next=rest), asked.media)

    def hook(asked: Asked[NoQuery, NoBody]) -> Response:
        found = wanted_hook(service, asked.path["hook_id"], asked.who)
        return deliver(_shown(found), asked.media, str(found.version))

    def add(asked: Asked[NoQuery, HookWanted]) -> Response:
        kept, secret = service.hooks.add(_read(asked.body), asked.who)
        view = HookMade(**_shown(kept).model_dump(), secret=secret)
        return made(view, url_for("api.webhook", hook_id=kept.hook_id), str(kept.version))

    def change(asked: Asked[NoQuery, HookWanted]) -> Response:
        after = service.hooks.change(_held(service, asked), _read(asked.body), asked.who)
        return stated(_shown(_unmoved(after)), version=str(_unmoved(after).version))

    def end(asked: Asked[Because, NoBody]) -> Response:
        _unmoved(service.hooks.end(_held(service, asked), asked.who, asked.query.reason) or None)
        return done()

    one = "/webhooks/{hook_id}"
    takes, first = {JSON: HookWanted}, {"hook_id": "$response.body#/items/0/hook_id"}
    new = {"hook_id": "$response.body#/hook_id"}
    yield Operation("webhooks", "/webhooks", hooks, After, {JSON: HookList}, leads_to={"webhook": first})
    yield Operation(
        "add_webhook",
        "/webhooks",
        add,
        NoQuery,
        {JSON: HookMade},
        "POST",
        takes,
        201,
        leads_to={"webhook": new, "postings": new},
    )
    yield Operation("webhook", one, hook, NoQuery, {JSON: HookView})
    yield Operation("change_webhook", one, change, NoQuery, {JSON: HookView}, "PUT", takes, is_edit=True)
    yield Operation("end_webhook", one, end, Because, {}, "DELETE", status=204, is_edit=True)


def wanted_hook(service: Service, hook_id: str, who: Actor) -> Hook:
    """Return the webhook that an address names; one of another partner is not there."""
    found = service.hooks.get(hook_id)
    if found is None or (who.partner is not None and found.wanted.partner != who.partner):
        raise Refused("noun_not_found", 404, name=hook_id)
    return found


def _held(service: Service, asked: Asked[NoQuery, HookWanted] | Asked[Because, NoBody]) -> Hook:
    """Return the webhook that is changed, if it is as it was seen."""
    found = wanted_hook(service, asked.path["hook_id"], asked.who)
    return _unmoved(found if asked.held & {"*", str(found.version)} else None)


def _unmoved(changed: Changed | None) -> Changed:
    """Return what was changed, if it was as it was seen."""
    if changed is None:
        raise Refused("version_moved", 412)
    return changed


def _read(body: HookWanted) -> Wanted:
    return Wanted(body.address, tuple(dict.fromkeys(body.kinds)), body.partner)


def _shown(hook: Hook) -> HookView:
    wanted = hook.wanted
    return HookView(
        hook_id=hook.hook_id,
        address=wanted.address,
        kinds=list(wanted.kinds),
        partner=wanted.partner,
        made_at=hook.made_at,
        ended_at=hook.ended_at,
    )
