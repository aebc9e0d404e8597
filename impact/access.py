"""Who acts, and what they may do: roles of people, scopes of what they may do, whose data they see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person is to a programme."""

    COORDINATOR = "coordinator"
    APPROVER = "approver"
    PARTNER = "partner"
    VIEWER = "viewer"
    ADMIN = "admin"


class Scope(StrEnum):
    """One kind of thing that can be done; a token is given some of them."""

    READ = "read"
    CATALOG_WRITE = "catalog:write"
    SCENARIO_RUN = "scenario:run"
    PLAN_PUBLISH = "plan:publish"
    EVENTS_WRITE = "events:write"
    ADMIN = "admin"


SCOPES_OF: Mapping[Role, frozenset[Scope]] = {
    Role.COORDINATOR: frozenset({Scope.READ, Scope.CATALOG_WRITE, Scope.SCENARIO_RUN, Scope.EVENTS_WRITE}),
    Role.APPROVER: frozenset({Scope.READ, Scope.PLAN_PUBLISH}),
    Role.PARTNER: frozenset({Scope.READ, Scope.CATALOG_WRITE}),
    Role.VIEWER: frozenset({Scope.READ}),
    Role.ADMIN: frozenset({Scope.READ, Scope.ADMIN}),
}
"""The most a role may do. Who makes plans does not approve them; who gives out access does neither."""


@dataclass(frozen=True)
class Actor:
    """Who does something: a person, or a token that acts for one.

    `actor_id` is the person's, also where a token acts: two of one person are one.
    `partner` is the partner whose data alone the actor may see and change; None sees all partners.
    `request_id` names the request in which they act, `token` the token they act
    through; both are empty where there is none.
    """

    actor_id: str
    name: str
    role: Role
    partner: str | None = None
    scopes: frozenset[Scope] = field(default_factory=frozenset)
    request_id: str = ""
    token: str = ""

    def __post_init__(self) -> None:
        if self.role is Role.PARTNER and not self.partner:
            raise ValueError("Expected the partner that a partner's user belongs to, got none.")

    def may(self, scope: Scope) -> bool:
        """Tell whether the actor may do things of this kind."""
        return scope in self.scopes

    def sees(self, partner: str) -> bool:
        """Tell whether data of `partner` are there for the actor."""
        return self.partner is None or self.partner == partner


def scopes_granted(role: Role, asked: frozenset[Scope]) -> frozenset[Scope]:
    """Return what of `asked` a token of somebody in `role` may do: never more than they may."""
    return asked & SCOPES_OF[role]


SYSTEM = Actor("system", "system", Role.ADMIN, scopes=frozenset(Scope))
"""The operator at the machine's own command line, and what the service does by itself."""
NOBODY = Actor("nobody", "nobody", Role.VIEWER)
"""Whoever asks without being known: may do nothing that is anybody's."""
