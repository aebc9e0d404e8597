"""The audit log, for admins: who did what to what, and whether the log is whole."""

from dataclasses import replace

from flask import Blueprint, abort, render_template, request

from impact.store.audit import Sought, log_page, looked_through
from impact.store.database import Database
from impact.store.people.users import all_users
from impact.web.lists import ORDERS, Order, order_asked
from impact.web.people.differences import differences
from impact.web.plans import LANG

PER_PAGE = 50
MOST_FIELDS, MOST_SIGNS = 8, 120
"""Of a change so many fields, and of each so many characters, are shown; the API gives all."""


def register(pages: Blueprint, database: Database) -> None:
    """Add the page of the log to `pages`."""

    @pages.get(f"{LANG}/log", endpoint="log")
    def _log() -> str:
        names = {user.user_id: user.name for user in all_users(database)}
        typed = Sought(*(request.args.get(name, "") for name in ("who", "what", "subject")))
        order = order_asked()
        found = log_page(database, _by_ids(typed, names), **_part(order), limit=PER_PAGE + 1)
        shown = found[:PER_PAGE]
        return render_template(
            "people/log.html",
            found=shown,
            sought=typed,
            order=order,
            orders=ORDERS,
            rest=shown[-1].number if len(found) > PER_PAGE else None,
            names=names,
            differences=differences,
            most_fields=MOST_FIELDS,
            most_signs=MOST_SIGNS,
            broken=looked_through(database) if "verify" in request.args else None,
        )


def _by_ids(typed: Sought, names: dict[str, str]) -> Sought:
    """Look for the ids of users where their names were typed: the log keeps no names."""
    ids = {name: user_id for user_id, name in names.items()}
    return replace(typed, who=ids.get(typed.who, typed.who), subject=ids.get(typed.subject, typed.subject))


def _part(order: Order) -> dict[str, int | None]:
    """Say where the page begins: past an entry by its number, or with the newest or the oldest."""
    if order.past and not (order.past.isascii() and order.past.isdigit() and len(order.past) < 10):
        abort(400)
    return {order.mark: int(order.past) if order.past else 0 if order.is_oldest_first else None}
