"""Reach an address of others, and never one inside: the address is looked up once, judged, and kept to."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import SOCK_STREAM, create_connection, getaddrinfo
from urllib.parse import urlsplit

NAT64 = IPv6Network("64:ff9b::/96")
PORTS = {"https": 443, "http": 80}
SECONDS = 10.0
MOST_BYTES = 2**16


class Unreachable(Exception):
    """Nothing can be posted there; the text is a code of ours, or what the network said."""


@dataclass(frozen=True)
class Target:
    """Where to connect: the host as it is named and as it was looked up, its port, and what to ask for."""

    host: str
    ip: str
    port: int
    path: str
    is_https: bool


def target_of(address: str, *, private: bool) -> Target:
    """Look an address up.

    With `private`, machines of our own network and plain http are let through.

    Raises
    ------
    Unreachable
        It is none, is not known, or lies inside.
    """
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError) as error:
        raise Unreachable("address_not_valid") from error
    if not parts.hostname or parts.username is not None or not (private or parts.scheme == "https"):
        raise Unreachable("address_not_valid")
    try:
        found = [str(each[4][0]) for each in getaddrinfo(parts.hostname, port, type=SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise Unreachable("address_not_known") from error
    if not private and not all(map(is_outside, found)):
        raise Unreachable("address_inside")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.hostname, found[0], port, path, parts.scheme == "https")


def is_outside(ip: str) -> bool:
    """Tell whether an address is of the world, however it is written."""
    known = ip_address(ip.partition("%")[0])
    for inner in _inside(known):
        known = inner
    return known.is_global and not known.is_multicast


def _inside(ip: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    """Return the old address that a new one carries."""
    if isinstance(ip, IPv4Address):
        return ()
    carried = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
    if carried is None and ip in NAT64:
        carried = IPv4Address(int(ip) & 0xFFFFFFFF)
    return () if carried is None else (carried,)


def post(target: Target, body: bytes, headers: Mapping[str, str], seconds: float = SECONDS) -> int:
    """Post `body`, and return the status that was answered; where that leads elsewhere, it is not followed.

    Raises
    ------
    Unreachable
        Nobody answered in time.
    """
    connection = _Kept(target, seconds)
    try:
        connection.request("POST", target.path, body, dict(headers))
        response = connection.getresponse()
        response.read(MOST_BYTES)
    except (OSError, HTTPException) as error:
        raise Unreachable(str(error) or type(error).__name__) from error
    finally:
        connection.close()
    return response.status


class _Kept(HTTPConnection):
    """A connection to the address that was judged, whatever its name means by now."""

    def __init__(self, target: Target, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self._target = target

    def connect(self) -> None:
        sock = create_connection((self._target.ip, self._target.port), self.timeout)
        if self._target.is_https:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self._target.host)
        self.sock = sock
