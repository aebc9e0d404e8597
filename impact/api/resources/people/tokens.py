"""Tokens: one's own, or all for admins; made with no more than the token that asks may, and revoked."""

from collections.abc import Iterator
from typing import Annotated

from flask import Response, url_for
from pydantic import BaseModel, Field

from impact.access import Actor, Scope
from impact.api.contract.delivery import deliver, done, made
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
from impact.store.people.tokens import Grant, Token

MANY, ONE = "/tokens", "/tokens/{token_id}"


class TokenWanted(BaseModel):
    """What a token is for, what it may do, on data of which partner (null: of its user's), for how long."""

    model_config = BODY | {
        "json_schema_extra": {"examples": [{"label": "recommender", "scopes": ["read"], "days": 30}]}
    }

    label: Annotated[Plain, Field(min_length=1, max_length=64)]
    scopes: Annotated[list[Annotated[Scope, Field(strict=False)]], Field(min_length=1, max_length=6)]
    partner: Annotated[Plain, Field(min_length=1, max_length=200)] | None = None
    days: Annotated[int, Field(ge=1, le=366)]


class TokenView(BaseModel):
    """A token of the user `user_id`: it works while it is neither past `expires_at` nor revoked."""

    model_config = FORBID

    token_id: str
    user_id: str
    label: str
    scopes: list[Scope]
    partner: str | None
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    used_on: str | None


class TokenMade(TokenView):
    """A token just made: `token` is what to show, and is not shown again."""

    token: str


class TokenList(Listed[TokenView]):
    """Tokens, the newest first; `next` is the cursor of the page after, null on the last."""


def operations(service: Service) -> Iterator[AnyOperation]:
    """Show tokens, make them, revoke them."""

    def tokens(asked: Asked[After, NoBody]) -> Response:
        found = service.keyring.after(_whose(asked.who), asked.query.cursor)
        shown, rest = page_of(found, asked.query.limit, lambda token: token.token_id)
        return deliver(TokenList(items=list(map(_shown, shown)), next=rest), asked.media)

    def token(asked: Asked[NoQuery, NoBody]) -> Response:
        return deliver(_shown(_wanted(service, asked)), asked.media)

    def add(asked: Asked[NoQuery, TokenWanted]) -> Response:
        body = asked.body
        grant = Grant(body.label, frozenset(body.scopes), body.partner, body.days)
        kept, text = service.keyring.add(grant, asked.who)
        view = TokenMade(**_shown(kept).model_dump(), token=text)
        return made(view, url_for("api.token", token_id=kept.token_id))

    def revoke(asked: Asked[Because, NoBody]) -> Response:
        service.keyring.revoke(_wanted(service, asked).token_id, asked.who, asked.query.reason)
        return done()

    first = {"token_id": "$response.body#/items/0/token_id"}
    new = {"token_id": "$response.body#/token_id"}
    yield Operation("tokens", MANY, tokens, After, {JSON: TokenList}, leads_to={"token": first})
    yield Operation("token", ONE, token, NoQuery, {JSON: TokenView})
    yield Operation(
        "add_token",
        MANY,
        add,
        NoQuery,
        {JSON: TokenMade},
        "POST",
        {JSON: TokenWanted},
        201,
        leads_to={"token": new, "revoke_token": new},
        withheld="token",
    )
    yield Operation("revoke_token", ONE, revoke, Because, {}, "DELETE", status=204)


def _whose(who: Actor) -> str | None:
    """Return whose tokens are there for an actor: their own, or, for admins, everybody's."""
    return None if who.may(Scope.ADMIN) else who.actor_id


def _wanted(service: Service, asked: Asked[NoQuery, NoBody] | Asked[Because, NoBody]) -> Token:
    name = asked.path["token_id"]
    found = service.keyring.get(name, _whose(asked.who))
    if found is None:
        raise Refused("noun_not_found", 404, name=name)
    return found


def _shown(token: Token) -> TokenView:
    grant = token.grant
    return TokenView(
        token_id=token.token_id,
        user_id=token.user.user_id,
        label=grant.label,
        scopes=sorted(grant.scopes),
        partner=grant.partner,
        created_at=token.created_at,
        expires_at=token.expires_at,
        revoked_at=token.revoked_at,
        used_on=token.used_on,
    )
