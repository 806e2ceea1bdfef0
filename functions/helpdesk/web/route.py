"""One line of a route table, and what becomes of a route that goes away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from helpdesk.web.call import Answer, Call
from helpdesk.web.parameters import taken_by

PUBLIC = "public"  # anybody, counted by address
SIGNED_IN = "signed_in"  # anybody with a valid credential
Serve = Callable[[Call], Answer]


@dataclass(frozen=True)
class Deprecation:
    """That a route goes away: since when it is deprecated, when it stops answering, and what replaces it."""

    since: datetime
    sunset: datetime
    successor: str

    def headers(self) -> dict[str, str]:
        """`Deprecation` (RFC 9745), `Sunset` (RFC 8594) and the link to the successor."""
        return {
            "Deprecation": f"@{int(self.since.timestamp())}",
            "Sunset": format_datetime(self.sunset.astimezone(UTC), usegmt=True),
            "Link": f'<{self.successor}>; rel="successor-version"',
        }


@dataclass(frozen=True)
class Route:
    """One line of the table; `takes` names a pydantic model as `module:Class`, `gives` one of the answers."""

    method: str
    path: str
    needs: str
    serve: Serve
    takes: str | None
    gives: str | None
    status: int
    limit: str
    deprecated: Deprecation | None

    @property
    def asks(self) -> tuple[str, ...]:
        """The query parameters that it takes."""
        return taken_by(self.method, self.path, self.gives)
