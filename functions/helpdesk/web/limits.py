"""Rate limits that cost no extra round trip: a container leases tokens in batches.

Headers follow the IETF draft "RateLimit header fields for HTTP" (draft-ietf-httpapi-ratelimit-headers).
"""

from __future__ import annotations

from dataclasses import dataclass

from helpdesk.access.actor import Actor
from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.errors import RateLimited
from helpdesk.core.signing import fingerprint
from helpdesk.core.table import Update, write

WINDOW = 60  # seconds
PER_PERSON = {"read": 1_200, "write": 600, "heavy": 120}  # requests a minute of each class of endpoints
PER_ORGANISATION = 60_000
PER_IP = 60  # of unknown callers: sign-in, reset, links
MAILS_PER_ADDRESS = 5  # that anybody may have sent to one address
MAIL_WINDOW = 900  # seconds
_FIRST_LEASE = 100  # a container's first part of a window's quota is a hundredth, so that many containers have one,
_LARGEST_LEASE = 8  # and each next one twice as large, up to an eighth
_FEW = 5  # of a small quota the first part is up to so many
_MOST_LEASES = 10_000


@dataclass
class _Lease:
    window: int
    part: int
    tokens: int
    taken: int


_leases: dict[str, _Lease] = {}


def take(actor: Actor, class_: str) -> dict[str, str]:
    """Count one request of the actor to this class of endpoints, and of his organisation; gives the headers to send.

    A key with a limit of its own has it for each class; heavy ones (search, jobs, exports) get a tenth.

    Raises
    ------
    RateLimited
        with the seconds until the window ends.
    """
    _take(f"{actor.org_id}#RATE#organisation", PER_ORGANISATION)
    quota = PER_PERSON[class_]
    if actor.per_minute:
        quota = max(1, actor.per_minute // 10) if class_ == "heavy" else actor.per_minute
    left = _take(f"{actor.org_id}#RATE#{actor.kind}#{actor.id}#{class_}", quota)
    return headers(quota, left, class_)


def take_anonymous(ip: str) -> dict[str, str]:
    """Count one request of an unknown caller by his IP address."""
    left = _take(f"{config().org_id}#RATE#ip#{ip}", PER_IP)
    return headers(PER_IP, left, "anonymous")


def take_mail(email: str) -> None:
    """Count one mail that an unknown caller wants sent to an address, known here or not.

    Raises
    ------
    RateLimited
        when the address has had its share, so that nobody fills a stranger's mailbox through us.
    """
    _take(f"{config().org_id}#RATE#mail#{fingerprint(email)}", MAILS_PER_ADDRESS, MAIL_WINDOW)


def headers(quota: int, left: int, policy: str) -> dict[str, str]:
    """`RateLimit-Policy` and `RateLimit` for a quota per minute."""
    return {
        "RateLimit-Policy": f'"{policy}";q={quota};w={WINDOW}',
        "RateLimit": f'"{policy}";r={left};t={_seconds_left(WINDOW)}',
    }


def _take(name: str, quota: int, seconds: int = WINDOW) -> int:
    window = clock.epoch(clock.now()) // seconds
    lease = _leases.get(name)
    if not lease or lease.window != window or not lease.tokens:
        if len(_leases) >= _MOST_LEASES:
            _leases.clear()
        lease = _leases[name] = _rent(name, quota, window, seconds, _next_part(lease, window, quota))
    lease.tokens -= 1
    return max(0, quota - lease.taken + lease.tokens)


def _next_part(lease: _Lease | None, window: int, quota: int) -> int:
    if lease and lease.window == window:
        return max(1, min(lease.part * 2, quota // _LARGEST_LEASE))
    return max(1, min(_FEW, quota // _LARGEST_LEASE), quota // _FIRST_LEASE)


def _rent(name: str, quota: int, window: int, seconds: int, part: int) -> _Lease:
    counter = Update(
        config().idempotency_table,
        f"{name}#{window}",
        "RATE",
        "ADD taken :part SET expires_at = :end",
        values={":part": part, ":end": (window + 2) * seconds},
    )
    taken = int(write(counter)["taken"])
    tokens = part - max(0, taken - quota)
    if tokens <= 0:
        raise RateLimited(f"more than {quota} in {seconds} s", retry_after=_seconds_left(seconds), limit=quota)
    return _Lease(window, part, tokens, min(taken, quota))


def _seconds_left(seconds: int) -> int:
    return seconds - clock.epoch(clock.now()) % seconds


def forget() -> None:
    """Give up all leases (between tests)."""
    _leases.clear()
