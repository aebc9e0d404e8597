"""Coming in by an outside provider (OIDC): as the user whom it names, or not at all. It adds nobody."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, abort, redirect, request, session, url_for
from structlog import get_logger
from werkzeug.wrappers import Response

from impact.config import Provider, Settings
from impact.errors import BadInput, Issue
from impact.gate.requests import local
from impact.gate.signing import begin
from impact.store.database import Database
from impact.store.people.users import User, user_identified

if TYPE_CHECKING:
    from authlib.integrations.flask_client import FlaskOAuth2App

DISCOVERY = "/.well-known/openid-configuration"
SECONDS = 10
"""So long the provider may take to answer."""
THEN = "then"
"""Under this name a browser keeps the page that was asked for until it is back."""
log = get_logger(__name__)


def know_provider(app: Flask, database: Database, settings: Settings) -> None:
    """Add to `app` the way to the provider and back; where the settings name none, there is nothing there.

    Raises
    ------
    BadInput
        A provider is named, and what speaks with it is not installed.
    """
    provider = settings.oidc
    client = provider and _client(app, provider)
    addresses = Blueprint("outside", __name__)

    @addresses.get("/outside")
    def leave() -> Response:
        if client is None:
            abort(404)
        session[THEN] = local(request.args.get("then", ""))
        there = url_for("outside.back", _external=not settings.address)
        return _away(client, f"{settings.address or ''}{there}") or _refused()

    @addresses.get("/outside/back")
    def back() -> Response:
        if client is None or provider is None:
            abort(404)
        user = _user(database, _claims(client, provider), provider.claim)
        if user is None:
            return _refused()
        then = session.get(THEN)
        begin(database, user, "oidc")
        return redirect(then or url_for("web.root"), 303)

    app.register_blueprint(addresses)
    app.jinja_env.globals["has_provider"] = provider is not None


def _client(app: Flask, provider: Provider) -> "FlaskOAuth2App":
    try:
        from authlib.integrations.flask_client import OAuth  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise BadInput([Issue("extra_missing", params={"name": "oidc"})]) from error

    client: FlaskOAuth2App = OAuth(app).register(
        "outside",
        client_id=provider.client,
        client_secret=provider.secret,
        server_metadata_url=f"{provider.issuer.rstrip('/')}{DISCOVERY}",
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "default_timeout": SECONDS,
        },
    )
    return client


def _away(client: "FlaskOAuth2App", back: str) -> Response | None:
    """Send a browser to the provider, from which it comes `back`; None where the provider does not answer."""
    from requests import RequestException  # noqa: PLC0415  # an extra

    try:
        away: Response = client.authorize_redirect(back)
    except RequestException as error:
        log.warning("outside", refused=type(error).__name__)
        return None
    return away


def _refused() -> Response:
    return redirect(url_for("web.sign_in", refused=1), 303)


def _claims(client: "FlaskOAuth2App", provider: Provider) -> Mapping[str, object]:
    """Return what the provider vouches for, nothing where it does not or where we did not ask."""
    from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415  # an extra
    from joserfc.errors import JoseError  # noqa: PLC0415
    from requests import RequestException  # noqa: PLC0415

    wanted = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client},
    }
    try:
        answer = client.authorize_access_token(claims_options=wanted)
        vouched = answer.get("userinfo") or {}
        return vouched if provider.claim in vouched else _more(client, answer, vouched)
    except (AuthlibBaseError, JoseError, RequestException) as error:
        log.warning("outside", refused=type(error).__name__)
        return {}


def _more(
    client: "FlaskOAuth2App", answer: Mapping[str, object], vouched: Mapping[str, object]
) -> Mapping[str, object]:
    """Ask what the ID token leaves out, as many do with mail; it counts where it is of the same person."""
    if not vouched or not client.load_server_metadata().get("userinfo_endpoint"):
        return vouched
    shown = {name: answer.get(name) for name in ("access_token", "token_type")}
    told: Mapping[str, object] = client.userinfo(token=shown)
    return {**told, **vouched} if told.get("sub") == vouched.get("sub") else {}


def _user(database: Database, claims: Mapping[str, object], claim: str) -> User | None:
    """Find whom the claims name; an address of mail names nobody until the provider has verified it."""
    named = claims.get(claim)
    if not isinstance(named, str) or (claim == "email" and claims.get("email_verified") is not True):
        return None
    user = user_identified(database, named)
    return None if user is None or user.disabled_at else user
