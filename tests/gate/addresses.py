"""Every address of the service, filled in with things that are there."""

from dataclasses import replace
from datetime import date

from flask import Flask
from services import bearing, database, do_jobs, partner_of, service, token_of, user_of
from shelves import MemoryShelf, valley

from impact.access import SCOPES_OF, SYSTEM, Actor, Role
from impact.bundles.whole.documents import EXAMPLE
from impact.catalog.listed.norms import read_norms
from impact.config import DATA, Provider
from impact.gate.table import ACCESS, Access
from impact.jobs.queue import Queue
from impact.model import Belt
from impact.programmes.document import MilestoneDocument, Names, ProgrammeDocument
from impact.programmes.templates import blank
from impact.store.catalogs import save_catalog
from impact.store.database import Database
from impact.store.decisions import enrolling, programmes
from impact.store.lists.imports import history
from impact.store.people.tokens import tokens

LIST = "产品,省,市,县,价格\n安吉白茶,浙江省,湖州市,安吉县,80\n安吉笋干,浙江省,湖州市,安吉县,很便宜\n"
SAVE = {"file": "茶.csv", "partly": True}
CHECK = {**SAVE, "dry": True}
QUERIES = {
    "api.resolve_region": "?text=永德",
    "api.explain_plan": "?producer=P08",
    "web.explained": "?producer=P08",
}
"""What an address wants to be asked with."""
HOOK = {"address": "https://example.org/in", "kinds": ["job.ended"]}


def populated() -> Flask:
    """A service that has a plan, a user of each role, a token of the partner called anji.

    The provider by whom people sign in does not answer.
    """
    kept, catalog = database(), valley().graph.catalog
    save_catalog(kept, replace(catalog, belts=(Belt("tea", "永德茶", "tea", ("530923",)),)))
    app = service(MemoryShelf((valley(),)), kept, oidc=Provider("http://127.0.0.1:9", "impact"))
    enrolling.keep(kept, _hills(), SYSTEM)
    for role in Role:
        user_of(app, role, "anji" if role is Role.PARTNER else None)
    app.config["CHECK"], app.config["SAVE"] = imported(app)
    theirs = bearing(app, token_of(app, Role.PARTNER, partner="anji"))
    app.config["HOOK"] = theirs.post("/api/v1/webhooks", json=HOOK).get_json()["hook_id"]
    coordinator = bearing(app, token_of(app, Role.COORDINATOR))
    asked_for = coordinator.post("/api/v1/solve", json=EXAMPLE)
    made = coordinator.post("/api/v1/programmes/hills/scenarios", json={"on": "2026-10-05"})
    app.config["SCENARIO"] = made.get_json()["scenario_id"]
    app.config["JOB"] = asked_for.get_json()["job_id"]
    return app


def _hills() -> ProgrammeDocument:
    """A programme of which a milestone has begun that nothing here counts."""
    names, first = Names(zh="山货", en="Hills"), date(2026, 10, 1)
    days = {"first": first, "due": date(2999, 1, 1)}
    sales = MilestoneDocument(milestone_id="sales", name=names, metric="first_sales", target=100, **days)
    return blank("hills", names, first).model_copy(update={"milestones": (sales,)})


def imported(app: Flask) -> list[str]:
    """Have a list of the partner called anji checked, and its good rows saved; return the jobs."""
    partner_of(app.extensions["database"])
    queue, files = Queue(app.extensions["database"]), {"file": LIST.encode()}
    jobs = [queue.put("import_file", how, SYSTEM, partner="anji", files=files) for how in (CHECK, SAVE)]
    do_jobs(app)
    return jobs


def things(app: Flask) -> dict[str, str]:
    """What stands for each part of an address; an address with a part of another name needs a line here."""
    anji, kept = user_of(app, Role.PARTNER, "anji"), app.extensions["database"]
    return {
        "lang": "en",
        "filename": "css/page.css",
        "plan_id": "valley-1",
        "programme_id": "hills",
        "scenario_id": app.config["SCENARIO"],
        "template": "mountain_goods",
        "step": "approve",
        "producer_id": "P08",
        "product_id": "P08-1",
        "adcode": "530923",
        "belt_id": "tea",
        "channel_id": "mall",
        "placement_id": valley().graph.catalog.placements[0].placement_id,
        "segment_id": valley().graph.catalog.segments[0].segment_id,
        "name": "tier",
        "layer": "demand",
        "job_id": app.config["JOB"],
        "hook_id": app.config["HOOK"],
        "file_name": "no-such.zip",
        "news_id": "no-such-news",
        "_rest": "no/such/page",
        "conflict_id": app.config["JOB"],
        "foresight_id": app.config["JOB"],
        "part": "criteria",
        "price_id": app.config["JOB"],
        "frontier_id": app.config["JOB"],
        "user_id": user_of(app, Role.APPROVER).user_id,
        "partner": "anji",
        "partner_id": "anji",
        "milestone_id": "sales",
        "check_id": app.config["CHECK"],
        "receipt_id": app.config["SAVE"],
        "import_id": history(kept, "anji")[0].import_id,
        "kind": "csv",
        "form": "csv",
        "export_id": app.config["JOB"],
        "own_id": _own(kept),
        "token_id": tokens(app.extensions["database"], anji.user_id)[-1].token_id,
    }


def _own(kept: Database) -> str:
    """A producer of the partner called anji."""
    ground = enrolling.ground_of(kept, read_norms(DATA), {})
    hills = programmes.get(kept, "hills")
    return next(iter(enrolling.enrolled_of(kept, hills, date(2026, 10, 1), ground, "anji").joined.partner_of))


def asked(app: Flask, methods: set[str], lang: str = "en") -> list[tuple[str, str, str]]:
    """Endpoint, method and address of all that can be asked by `methods`."""
    filled = things(app) | {"lang": lang}
    with app.test_request_context():
        return [
            (rule.endpoint, method, _built(rule, filled) + QUERIES.get(rule.endpoint, ""))
            for rule in app.url_map.iter_rules()
            for method in sorted(rule.methods & methods)
        ]


def admitted(access: Access) -> list[tuple[Role, str | None]]:
    """The roles whom the table lets in, partners as the one called anji."""
    posts = [(role, "anji" if role is Role.PARTNER else None) for role in Role]
    return [(role, partner) for role, partner in posts if access.admits(_acting(role, partner))]


def refused(access: Access) -> list[tuple[Role, str | None]]:
    """The roles whom it does not let in."""
    known = admitted(access)
    posts = [(role, "anji" if role is Role.PARTNER else None) for role in Role]
    return [post for post in posts if post not in known]


def access_of(endpoint: str) -> Access:
    """What the table says of an endpoint."""
    return ACCESS[endpoint]


def _acting(role, partner):
    return Actor("x", "x", role, partner, SCOPES_OF[role])


def _built(rule, filled):
    _, address = rule.build({name: filled[name] for name in rule.arguments})
    return address
