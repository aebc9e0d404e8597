"""Settings, read once from the environment."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from impact.errors import BadInput, Issue

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
DATA = Path(os.environ.get("IMPACT_DATA") or STATIC / "data")
"""The gazetteer, lists, demand, and the sample: what ships, or a folder that is laid out alike."""


@dataclass(frozen=True)
class Provider:
    """Where people sign in for us (OIDC): `issuer` knows us as `client`, and names them in `claim`."""

    issuer: str
    client: str
    secret: str | None = None
    claim: str = "sub"


@dataclass(frozen=True)
class BoundaryFile:
    """GeoJSON that maps may show, and what has to stand beside them then, such as its approval number."""

    file: Path
    credit: str


@dataclass(frozen=True)
class Settings:
    """Where things are kept, how the service is reached, and whether there is a screen for a browser.

    `address` is where people reach the service, from its scheme to before the path; cookies travel by https
    alone where it says https. `proxies` counts those in front whose word about a visitor's address is taken.
    `webhooks_inside` lets hooks be told over plain http, and on machines of our own network. `thinks_ahead`
    lets a worker with nothing to do answer what may be asked next.
    """

    database_url: str
    has_screen: bool = False
    secret_key: str | None = None
    address: str | None = None
    proxies: int = 0
    requests_a_minute: int = 3000
    metrics_token: str | None = None
    webhooks_inside: bool = False
    thinks_ahead: bool = True
    oidc: Provider | None = None
    boundaries: BoundaryFile | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the variables that begin with ``IMPACT_``; without a database, a file in ``instance``.

        Raises
        ------
        BadInput
            A number is none, the provider is named without our name there, or boundaries without who
            approved them.
        """
        embedded = f"sqlite:///{ROOT / 'instance' / 'impact.sqlite3'}"
        return cls(
            database_url=environment.get("IMPACT_DATABASE_URL") or embedded,
            has_screen=sys.platform == "darwin" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & environment.keys()),
            secret_key=environment.get("IMPACT_SECRET_KEY") or None,
            address=environment.get("IMPACT_ADDRESS", "").rstrip("/") or None,
            proxies=_number(environment, "IMPACT_PROXIES", cls.proxies),
            metrics_token=environment.get("IMPACT_METRICS_TOKEN") or None,
            requests_a_minute=_number(environment, "IMPACT_REQUESTS_A_MINUTE", cls.requests_a_minute),
            webhooks_inside=bool(_number(environment, "IMPACT_WEBHOOKS_INSIDE", 0)),
            thinks_ahead=bool(_number(environment, "IMPACT_THINK_AHEAD", 1)),
            oidc=_provider(environment),
            boundaries=_boundaries(environment),
        )

    @property
    def is_https(self) -> bool:
        """Whether people reach the service by https."""
        return (self.address or "").startswith("https://")


def _provider(environment: Mapping[str, str]) -> Provider | None:
    issuer, client = (environment.get(f"IMPACT_OIDC_{name}") or "" for name in ("ISSUER", "CLIENT"))
    if not issuer:
        return None
    if not client:
        raise BadInput([Issue("setting_missing", params={"name": "IMPACT_OIDC_CLIENT"})])
    secret, claim = (environment.get(f"IMPACT_OIDC_{name}") for name in ("SECRET", "CLAIM"))
    return Provider(issuer, client, secret or None, claim or Provider.claim)


def _boundaries(environment: Mapping[str, str]) -> BoundaryFile | None:
    file, credit = (environment.get(f"IMPACT_BOUNDARIES{part}") or "" for part in ("", "_CREDIT"))
    if file and not credit:
        raise BadInput([Issue("setting_missing", params={"name": "IMPACT_BOUNDARIES_CREDIT"})])
    return BoundaryFile(Path(file), credit) if file else None


def _number(environment: Mapping[str, str], name: str, otherwise: int) -> int:
    text = environment.get(name) or str(otherwise)
    if not (text.isascii() and text.isdigit()):
        raise BadInput([Issue("setting_not_a_number", params={"name": name, "value": text})])
    return int(text)
