"""What a route is given and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from helpdesk.access.actor import Actor, cause_of
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause


@dataclass(frozen=True)
class Call:
    """One request, checked: the actor may do what the route needs, the body fits its model."""

    actor: Actor
    path: dict[str, str]
    query: dict[str, str]
    headers: dict[str, str]
    body: dict[str, Any]
    ip: str
    request_id: str
    route: str
    command_id: str | None = None
    answer_key: str | None = None

    @cached_property
    def cause(self) -> Cause:
        """The cause of the command that this request is: one, however often it is asked for."""
        via = {"key": "api", "agent": "agent", "contact": "portal"}.get(self.actor.kind, "system")
        key = self.answer_key
        return cause_of(self.actor, via, ip=self.ip, command_id=self.command_id, answer_key=key)

    @property
    def version(self) -> int | None:
        """The version in If-Match, None without one or for `*` (RFC 9110 13.1.1)."""
        text = self.headers.get("if-match", "").strip().removeprefix("W/").strip('"')
        if text in ("", "*"):
            return None
        if not text.isdecimal():
            fault = FieldError("/headers/If-Match", "not_an_etag", 'an ETag looks like "12"')
            raise Invalid("If-Match does not hold one of our ETags", fault, malformed=True)
        return int(text)

    def limit(self, default: int = 50, most: int = 100) -> int:
        """The page size asked for."""
        text = self.query.get("limit", str(default))
        if not text.isdecimal() or not 1 <= int(text) <= most:
            fault = FieldError("/limit", "out_of_range", f"a whole number from 1 to {most}")
            raise Invalid("limit is out of range", fault, malformed=True)
        return int(text)


@dataclass(frozen=True)
class Answer:
    """What the caller gets; a body of None is an empty one. A look without `effect` is not kept for retries."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    effect: bool = True


def versioned(body: dict[str, Any], status: int = 200, **headers: str) -> Answer:
    """A resource with its ETag."""
    return Answer(status, body, {"ETag": f'"{body["version"]}"', **headers})


def listed(rows: list[dict[str, Any]], next_cursor: str | None = None) -> Answer:
    """A list page."""
    return Answer(200, {"data": rows, "next_cursor": next_cursor})
