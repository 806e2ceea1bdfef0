"""The closed list of what can go wrong; only `helpdesk.web` knows their HTTP status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FieldError:
    """One field at fault: JSON pointer (RFC 6901), a code for programs, a sentence for people."""

    pointer: str
    code: str
    message: str


class DeskError(Exception):
    """Base of the error kinds: a code for programs, a sentence for people, and facts to go with them."""

    code = "error"

    def __init__(self, detail: str, *, code: str | None = None, **facts: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.code
        self.facts = facts


class NotFound(DeskError):
    """There is no such thing, or the caller may not know of it."""

    code = "not_found"


class Conflict(DeskError):
    """The change does not fit the present state."""

    code = "conflict"


class Stale(Conflict):
    """The caller's version is not the current one; `current` is the row as it is now."""

    code = "stale_version"


class Invalid(DeskError):
    """The input is not acceptable; `errors` names every field at fault."""

    code = "invalid"

    def __init__(
        self, detail: str, *errors: FieldError, code: str | None = None, malformed: bool = False, **facts: Any
    ) -> None:
        super().__init__(detail, code=code, **facts)
        self.errors = errors
        self.malformed = malformed


class Forbidden(DeskError):
    """The caller is known but may not do this."""

    code = "forbidden"


class Unauthenticated(DeskError):
    """The caller is not known."""

    code = "unauthenticated"


class RateLimited(DeskError):
    """Too much at once; `retry_after` in seconds."""

    code = "rate_limited"


class Unavailable(DeskError):
    """Something that we depend on does not answer; trying again is safe."""

    code = "unavailable"
