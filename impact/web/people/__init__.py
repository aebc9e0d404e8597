"""Pages about people: coming in, one's own account, and for admins users, tokens and the audit log.

Read `entrance`, `links` and `held`, then `account`; then `users`, `tokens` and `log`.
"""

from flask import Blueprint

from impact.gate import visiting
from impact.store.database import Database
from impact.web.people import account, entrance, links, log, tokens, users


def register(pages: Blueprint, database: Database) -> None:
    """Add the addresses about people to `pages`, and tell every page who looks at it."""
    for each in (entrance, links, account, users, tokens, log):
        each.register(pages, database)

    @pages.app_context_processor
    def _visitor() -> dict[str, object]:
        return {"visitor": visiting()}
