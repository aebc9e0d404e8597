"""Who may use which address: the one table of it. The service does not start with an address it lacks.

A view answers whom this table lets in; where partners are let in to their `own`, it shows and changes what
`actor().sees(partner)`, and answers 404 for the rest, as for what is not there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from impact.access import Actor, Scope

API = "api"
"""The blueprint that programs use: by token, and by the cookie of a browser where nothing is changed."""


@dataclass(frozen=True)
class Access:
    """What one must be allowed to do (None: nothing at all), and whether it is for partners, too.

    `own`: what is asked for belongs to somebody, and is there for them alone.
    """

    scope: Scope | None
    partners: bool = False
    own: bool = False

    def admits(self, actor: Actor) -> bool:
        """Tell whether somebody known may pass."""
        return self.scope is None or (actor.may(self.scope) and (self.partners or actor.partner is None))


PUBLIC = Access(None)
STAFF = Access(Scope.READ)
"""Who reads about all partners at once."""
ALL = Access(Scope.READ, partners=True)
"""Whoever is signed in: it is the same for all."""
OWN = Access(Scope.READ, partners=True, own=True)
"""Whoever is signed in, about what is theirs."""
OWN_LISTS = Access(Scope.CATALOG_WRITE, partners=True, own=True)
"""Who sends partners' lists; partners send their own."""
ADMINS = Access(Scope.ADMIN)
APPROVE = Access(Scope.PLAN_PUBLISH)
RUN = Access(Scope.SCENARIO_RUN)
KEEP = Access(Scope.CATALOG_WRITE)
"""Who keeps the catalog of all; what partners list stands beside it, and is theirs."""
LIST = Access(Scope.CATALOG_WRITE, partners=True, own=True)
"""Who keeps a catalog, partners theirs; also who is told what became of it."""
NOUNS = ("producer", "product", "segment", "channel", "placement")

SAME_FOR_ALL = frozenset({"static", "web.public_plan"})
"""Addresses at which nobody is asked who they are: everybody gets the same, and may keep it."""

ACCESS: Mapping[str, Access] = {
    "static": PUBLIC,
    # Whoever watches; /metrics asks for its own token
    "watching.health": PUBLIC,
    "watching.ready": PUBLIC,
    "watching.figures": PUBLIC,
    # The way to an outside provider, and back: the one GET that begins a session, as providers send browsers
    # back by GET; what vouches for it is the state that this browser was given, as a voucher does in forms
    "outside.leave": PUBLIC,
    "outside.back": PUBLIC,
    # Pages
    "web.root": PUBLIC,
    "web.nowhere": PUBLIC,
    "web.about": PUBLIC,
    "web.sign_in": PUBLIC,
    "web.enter": PUBLIC,
    "web.password": PUBLIC,
    "web.sign_out": ALL,
    "web.account": OWN,
    "web.own_password": OWN,
    "web.own_token": OWN,
    "web.own_token_revoked": OWN,
    "web.desk": ALL,
    "web.plans": STAFF,
    "web.plan": STAFF,
    "web.public_plan": PUBLIC,
    "web.plan_opened": APPROVE,
    "web.plan_proposed": RUN,
    "web.plan_decided": APPROVE,
    "web.figure": STAFF,
    "web.points": STAFF,
    "web.flows": STAFF,
    "web.spread": STAFF,
    "web.frontiers": STAFF,
    "web.locks": STAFF,
    "web.allocation_file": STAFF,
    "web.export_asked": STAFF,
    "web.export_file": STAFF,
    "web.plan_printed": STAFF,
    "web.producer": STAFF,
    "web.links": STAFF,
    "web.atlas": STAFF,
    "web.atlas_points": STAFF,
    "web.atlas_file": STAFF,
    "web.boundaries": STAFF,
    "web.network": STAFF,
    "web.recruiting": STAFF,
    "web.recruiting_file": STAFF,
    "web.compared": STAFF,
    "web.affected": STAFF,
    "web.compared_file": STAFF,
    "web.affected_file": STAFF,
    "web.gains_file": STAFF,
    "web.explained": STAFF,
    "web.explanation_asked": RUN,
    "web.jobs": ALL,
    "web.job": OWN,
    "web.job_cancelled": OWN_LISTS,
    "web.imports": ALL,
    "web.partner_imports": OWN,
    "web.import_asked": OWN_LISTS,
    "web.import_check": OWN,
    "web.import_again": OWN_LISTS,
    "web.import_saved": OWN_LISTS,
    "web.import_rejected": OWN,
    "web.import_receipt": OWN,
    "web.import_undone": OWN_LISTS,
    "web.import_template": ALL,
    "web.listed": OWN,
    "web.portal": ALL,
    "web.partner_portal": OWN,
    "web.own_applied": OWN_LISTS,
    "web.own_producer": OWN,
    "web.programmes": STAFF,
    "web.programme_new": RUN,
    "web.programme_begun": RUN,
    "web.programme": STAFF,
    "web.goal_changed": RUN,
    "web.programme_part": RUN,
    "web.programme_changed": RUN,
    "web.milestone": STAFF,
    "web.reading_stated": RUN,
    "web.enrolled": STAFF,
    "web.applications_recorded": RUN,
    "web.applications_reviewed": APPROVE,
    "web.scenario_begun": RUN,
    "web.scenario": STAFF,
    "web.scenario_changed": RUN,
    "web.foresight_asked": RUN,
    "web.foreseen_way_taken": RUN,
    "web.conflict": STAFF,
    "web.way_taken": RUN,
    "web.frontier_asked": RUN,
    "web.frontier": STAFF,
    "web.frontier_file": STAFF,
    "web.limit_taken": RUN,
    "web.lock_price": STAFF,
    "web.lock_saved": RUN,
    "web.users": ADMINS,
    "web.user": ADMINS,
    "web.user_access": ADMINS,
    "web.user_link": ADMINS,
    "web.tokens": ADMINS,
    "web.token_revoked": ADMINS,
    "web.log": ADMINS,
    "web.partners": STAFF,
    "web.partner_added": ADMINS,
    "web.partner_retired": ADMINS,
    "web.channels": STAFF,
    "web.channel_changed": ADMINS,
    "web.wants": STAFF,
    "web.wants_file": STAFF,
    "web.wants_checked": ADMINS,
    "web.wants_saved": ADMINS,
    "web.hooks": ADMINS,
    "web.hook_added": ADMINS,
    "web.hook": ADMINS,
    "web.hook_tried": ADMINS,
    "web.hook_ended": ADMINS,
    "web.hook_told_again": ADMINS,
    # Addresses of the API
    "api.health": PUBLIC,
    "api.openapi": PUBLIC,
    "api.docs": PUBLIC,
    "api.programmes": STAFF,
    "api.programme": STAFF,
    "api.eligibility": STAFF,
    "api.programme_templates": STAFF,
    "api.add_programme": RUN,
    "api.draft_programme": RUN,
    "api.change_programme": RUN,
    "api.applications": OWN,
    "api.application": OWN,
    "api.apply": LIST,
    "api.recommend_application": LIST,
    "api.review_application": APPROVE,
    "api.apply_for_many": LIST,
    "api.recommend_many": LIST,
    "api.review_many": APPROVE,
    "api.scenarios": STAFF,
    "api.scenario": STAFF,
    "api.begin_scenario": RUN,
    "api.branch_scenario": RUN,
    "api.change_scenario": RUN,
    "api.run_scenario": RUN,
    "api.ask_frontier": RUN,
    "api.scenario_frontier": STAFF,
    "api.ask_lock_price": RUN,
    "api.lock_price": STAFF,
    "api.plans": STAFF,
    "api.plan": STAFF,
    "api.allocation": STAFF,
    "api.compare_plan": STAFF,
    "api.explain_plan": STAFF,
    "api.explain_again": RUN,
    "api.explanation": STAFF,
    "api.verify_plan": STAFF,
    "api.bundle_plan": STAFF,
    "api.verdict": STAFF,
    "api.standing": STAFF,
    "api.propose_plan": RUN,
    "api.approve_plan": APPROVE,
    "api.reject_plan": APPROVE,
    "api.publish_plan": APPROVE,
    "api.withdraw_plan": APPROVE,
    "api.audit": ADMINS,
    "api.partners": STAFF,
    "api.partner": OWN,
    "api.add_partner": KEEP,
    "api.change_partner": KEEP,
    "api.retire_partner": KEEP,
    "api.tokens": OWN,
    "api.token": OWN,
    "api.add_token": OWN,
    "api.revoke_token": OWN,
    "api.upload_catalog": LIST,
    "api.undo_import": LIST,
    "api.imports": OWN,
    "api.template": ALL,
    "api.export_catalog": OWN,
    "api.regions": ALL,
    "api.region": ALL,
    "api.resolve_region": ALL,
    "api.resolve_regions": ALL,
    "api.belts": ALL,
    "api.belt": ALL,
    "api.producers": STAFF,
    "api.producer": STAFF,
    "api.products": STAFF,
    "api.product": STAFF,
    "api.segments": STAFF,
    "api.segment": STAFF,
    "api.channels": STAFF,
    "api.channel": STAFF,
    "api.placements": STAFF,
    "api.placement": STAFF,
    **{f"api.{noun}_history": STAFF for noun in NOUNS},
    **{f"api.{done}_{noun}": KEEP for noun in NOUNS for done in ("add", "change", "retire")},
    "api.solve": RUN,
    "api.verify": RUN,
    "api.diagnose": RUN,
    "api.frontier": RUN,
    "api.solved": OWN,
    "api.verified": OWN,
    "api.diagnosed": OWN,
    "api.swept": OWN,
    "api.jobs": OWN,
    "api.job": OWN,
    "api.job_file": OWN,
    "api.cancel_job": LIST,
    "api.webhooks": LIST,
    "api.webhook": LIST,
    "api.add_webhook": LIST,
    "api.change_webhook": LIST,
    "api.end_webhook": LIST,
    "api.postings": LIST,
    "api.post_again": LIST,
}


def undeclared(endpoints: Iterable[str]) -> list[str]:
    """Return those of `endpoints` of which nobody said who may use them."""
    return sorted(set(endpoints) - set(ACCESS))
