"""What roles may do, and whose data they see."""

import pytest

from impact.access import SCOPES_OF, SYSTEM, Actor, Role, Scope, scopes_granted


def test_who_makes_plans_does_not_approve_them_and_who_gives_out_access_does_neither():
    assert Scope.PLAN_PUBLISH not in SCOPES_OF[Role.COORDINATOR]
    assert Scope.SCENARIO_RUN not in SCOPES_OF[Role.APPROVER]
    assert SCOPES_OF[Role.ADMIN] == {Scope.READ, Scope.ADMIN}


def test_every_role_may_read_and_each_scope_is_somebodys():
    assert set(SCOPES_OF) == set(Role)
    assert all(Scope.READ in scopes for scopes in SCOPES_OF.values())
    assert frozenset().union(*SCOPES_OF.values()) == frozenset(Scope)


def test_a_token_may_never_do_more_than_its_owner():
    assert scopes_granted(Role.PARTNER, frozenset(Scope)) == {Scope.READ, Scope.CATALOG_WRITE}
    assert scopes_granted(Role.ADMIN, frozenset({Scope.READ})) == {Scope.READ}


@pytest.mark.parametrize(
    ("bound_to", "sees", "why"),
    [(None, True, "staff see all partners"), ("anji", True, "their own"), ("yongde", False, "another's")],
)
def test_a_partner_sees_their_own_data_alone(bound_to, sees, why):
    actor = Actor("u1", "An", Role.PARTNER if bound_to else Role.COORDINATOR, bound_to)

    assert actor.sees("anji") is sees, why


@pytest.mark.parametrize("partner", [None, ""])
def test_a_partners_user_belongs_to_a_partner(partner):
    with pytest.raises(ValueError, match="Expected the partner"):
        Actor("u1", "An", Role.PARTNER, partner)


def test_an_actor_may_do_what_its_scopes_say_and_nothing_else():
    actor = Actor("t1", "poller", Role.VIEWER, scopes=frozenset({Scope.READ}))

    assert [scope for scope in Scope if actor.may(scope)] == [Scope.READ]
    assert all(SYSTEM.may(scope) for scope in Scope)
