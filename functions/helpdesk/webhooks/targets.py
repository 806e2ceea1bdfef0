"""Where a webhook may go: a public address over https, looked up once and connected to as it was checked.

What an administrator types must not make the desk call its own network, the machine that it runs on, or the
service that hands out the machine's credentials (server-side request forgery, OWASP API7:2023).
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from helpdesk.core.config import config

_MOST_URL = 2000
_LOWEST_PORT = 1024  # besides 443: below live mail, SSH and other servers that have no business with us
_REFUSED = tuple(
    ipaddress.ip_network(net)
    for net in (
        "168.63.129.16/32",  # the metadata service of another cloud, at a public address
        "192.88.99.0/24",  # 6to4 relays
        "64:ff9b::/96",  # NAT64 (RFC 6052): an IPv4 address in disguise
        "64:ff9b:1::/48",
        "2002::/16",  # 6to4
        "2001::/32",  # Teredo
        "::/96",  # IPv4-compatible
        "fec0::/10",
    )
)


class Refused(Exception):
    """The URL is not one that a webhook may have; `code` for programs, the text for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Target:
    """A checked URL: `address` is the one to connect to, `host` the name that TLS and the Host header say."""

    scheme: str
    host: str
    port: int
    path: str
    address: str


def checked(url: str, seconds: float = 5) -> Target:
    """The target of a URL, looked up within `seconds`.

    Raises
    ------
    Refused
        for a URL that a webhook may not have, or a name that has no public address.
    """
    scheme, host, port, path = _parts(url)
    listed = _listed(host, port)
    if scheme != "https" and not listed:
        raise Refused("not_https", "a webhook's URL begins with https://")
    if port != 443 and port < _LOWEST_PORT and not listed:
        raise Refused("port", f"a webhook's port is 443, or {_LOWEST_PORT} and above")
    addresses = _look_up(host, port, seconds)
    if not listed and not all(is_public(address) for address in addresses):
        raise Refused("private_address", f"{host} is not a public address")
    return Target(scheme, host, port, path, addresses[0])


def is_public(address: str) -> bool:
    """True for an address that anybody may reach: not private, loopback, link-local, multicast, reserved or mapped."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # with a scope (fe80::1%eth0), or no address at all
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        return False
    if ip.is_multicast or ip.is_reserved or not ip.is_global:
        return False
    return not any(ip in net for net in _REFUSED if net.version == ip.version)


def _parts(url: str) -> tuple[str, str, int, str]:
    if len(url) > _MOST_URL or any(not "!" <= char <= "~" for char in url):
        raise Refused("not_a_url", f"a URL has at most {_MOST_URL} characters, all of them plain (names in Punycode)")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("not_a_url", "this is not a URL") from None
    if parts.scheme not in ("https", "http") or not parts.hostname or port == 0:
        raise Refused("not_a_url", "a webhook's URL is https://, a host and a path")
    if "@" in parts.netloc:
        raise Refused("user_in_url", "a webhook's URL names no user; check our signature instead")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, parts.hostname.rstrip("."), port or {"https": 443, "http": 80}[parts.scheme], path


def _listed(host: str, port: int) -> bool:
    """True for what the laptop stack allows although it is private: `host:port`, or `host:*`."""
    allowed = config().webhook_targets_allowed.split(",")
    return f"{host}:{port}" in allowed or f"{host}:*" in allowed


def _look_up(host: str, port: int, seconds: float) -> list[str]:
    """All addresses of a name. In a thread of its own, because the resolver takes no time limit."""
    answer: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put([str(one[4][0]) for one in found])
        except (OSError, UnicodeError):
            answer.put([])

    threading.Thread(target=ask, daemon=True).start()
    try:
        addresses = answer.get(timeout=max(0.01, seconds))
    except queue.Empty:
        addresses = []
    if not addresses:
        raise Refused("unknown_host", f"{host} has no address")
    return sorted(addresses, key=lambda one: ":" in one)  # IPv4 first: Lambda has no route for IPv6
