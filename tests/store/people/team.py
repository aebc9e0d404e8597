"""A small team over an empty database, for the tests of people."""

from impact.access import SYSTEM, Role
from impact.store.partners import Partner, create, retire
from impact.store.people.users import Post, add_user


def team(engine):
    """An admin, a coordinator, and a partner's user; a partner without users, and one retired."""
    for name in ("yongde", "anji", "deqing"):
        create(engine, Partner(name, name, name), SYSTEM)
    retire(engine, "deqing", SYSTEM, expected=None)
    return {
        "admin": add_user(engine, "Ada", Post(Role.ADMIN), who=SYSTEM),
        "coordinator": add_user(engine, "小安", Post(Role.COORDINATOR), who=SYSTEM),
        "partner": add_user(engine, "yongde-1", Post(Role.PARTNER, "yongde"), who=SYSTEM),
    }
