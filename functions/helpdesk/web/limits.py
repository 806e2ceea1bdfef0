"""Rate limits that cost no extra round trip: a container leases tokens in batches.

Headers follow the IETF draft "RateLimit header fields for HTTP" (draft-ietf-httpapi-ratelimit-headers).
"""

from __future__ import annotations

from dataclasses import dataclass

from helpdesk.access.actor import Actor
from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.errors import RateLimited
from helpdesk.core.table import Update, write

WINDOW = 60  # seconds
PER_PERSON = 1_200
PER_ORGANISATION = 60_000
PER_ADDRESS = 30  # of unknown callers: sign-in, reset, links
_LEASES = 10  # a window's quota is taken in so many parts


@dataclass
class _Lease:
    window: int
    tokens: int
    taken: int


_leases: dict[str, _Lease] = {}


def take(actor: Actor) -> dict[str, str]:
    """Count one request of the actor and his organisation; gives the headers to send.

    Raises
    ------
    RateLimited
        with the seconds until the window ends.
    """
    _take(f"{actor.org_id}#RATE#organisation", PER_ORGANISATION)
    quota = actor.per_minute or PER_PERSON
    left = _take(f"{actor.org_id}#RATE#{actor.kind}#{actor.id}", quota)
    return headers(quota, left)


def take_anonymous(ip: str) -> dict[str, str]:
    """Count one request of an unknown caller by his address."""
    left = _take(f"{config().org_id}#RATE#ip#{ip}", PER_ADDRESS)
    return headers(PER_ADDRESS, left)


def headers(quota: int, left: int) -> dict[str, str]:
    """`RateLimit-Policy` and `RateLimit` for a quota per minute."""
    return {
        "RateLimit-Policy": f'"minute";q={quota};w={WINDOW}',
        "RateLimit": f'"minute";r={left};t={_seconds_left()}',
    }


def _take(name: str, quota: int) -> int:
    window = clock.epoch(clock.now()) // WINDOW
    lease = _leases.get(name)
    if not lease or lease.window != window or not lease.tokens:
        lease = _leases[name] = _rent(name, quota, window)
    lease.tokens -= 1
    return max(0, quota - lease.taken + lease.tokens)


def _rent(name: str, quota: int, window: int) -> _Lease:
    part = max(1, quota // _LEASES)
    counter = Update(
        config().idempotency_table,
        f"{name}#{window}",
        "RATE",
        "ADD taken :part SET expires_at = :end",
        values={":part": part, ":end": (window + 2) * WINDOW},
    )
    taken = int(write(counter)["taken"])
    tokens = part - max(0, taken - quota)
    if tokens <= 0:
        raise RateLimited(f"more than {quota} requests in a minute", retry_after=_seconds_left(), limit=quota)
    return _Lease(window, tokens, min(taken, quota))


def _seconds_left() -> int:
    return WINDOW - clock.epoch(clock.now()) % WINDOW


def forget() -> None:
    """Give up all leases (between tests)."""
    _leases.clear()
