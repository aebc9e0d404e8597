"""The tokens of one database, as they are asked for over tokens: who asks hands on no more than they have."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from impact.access import Actor
from impact.errors import Issue, refuse_if_any
from impact.store.database import Database
from impact.store.people.hashed import moment
from impact.store.people.tokens import Grant, Token, add_token, revoke_token, tokens


class Keyring:
    """Shows, makes and revokes tokens."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def after(self, user_id: str | None, last: str) -> tuple[Token, ...]:
        """Return the tokens of a user, or of all, the newest first, those behind the one of id `last`."""
        found = tokens(self._database, user_id)
        begin = next((number + 1 for number, each in enumerate(found) if each.token_id == last), 0)
        return found[begin:] if begin or not last else ()

    def get(self, token_id: str, user_id: str | None) -> Token | None:
        """Return a token (with `user_id`, one of that user), None where there is none of that id."""
        found = tokens(self._database, user_id)
        return next((each for each in found if each.token_id == token_id), None)

    def add(self, grant: Grant, who: Actor) -> tuple[Token, str]:
        """Make a token for `who`; return it, and its text, the only time that it is seen.

        Raises
        ------
        BadInput
            It would be able to do more than `who` may, on data of others, or for longer.
        """
        refuse_if_any(self._excesses(grant, who))
        bound = replace(grant, partner=grant.partner or who.partner)
        text = add_token(self._database, who.actor_id, bound, who=who)
        kept = self.get(text.split("_")[1], who.actor_id)
        assert kept is not None
        return kept, text

    def revoke(self, token_id: str, who: Actor, reason: str = "") -> None:
        """Let a token in no longer, for a `reason`; raises as `revoke_token` does."""
        revoke_token(self._database, token_id, who=who, reason=reason)

    def _excesses(self, grant: Grant, who: Actor) -> Iterator[Issue]:
        for scope in sorted(grant.scopes - who.scopes):
            yield Issue("token_beyond_token", params={"scope": scope})
        if grant.partner and not who.sees(grant.partner):
            yield Issue("token_beyond_partner", params={"partner": grant.partner})
        shown = self.get(who.token, who.actor_id) if who.token else None
        ends = None if shown is None else shown.expires_at
        if ends and (grant.days is None or moment(timedelta(days=grant.days)) > ends):
            yield Issue("token_outlives_token", params={"until": ends[:10]})
