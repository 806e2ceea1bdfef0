"""Domain errors as RFC 9457 problem documents; the only place that knows HTTP statuses of errors."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from http import HTTPStatus
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.sessions import LinkGone
from helpdesk.core.errors import (
    Conflict,
    DeskError,
    Forbidden,
    Invalid,
    NotFound,
    RateLimited,
    Stale,
    Unauthenticated,
    Unavailable,
)
from helpdesk.web.call import Answer

_STATUS: dict[type[DeskError], int] = {
    Stale: 412,
    Conflict: 409,
    NotFound: 404,
    Invalid: 422,
    Forbidden: 403,
    Unauthenticated: 401,
    RateLimited: 429,
    Unavailable: 503,
    LinkGone: 410,
}
_CODE_STATUS = {"too_large": 413, "not_json": 415, "method_not_allowed": 405, "precondition_required": 428}


def problem_of(error: DeskError, request_id: str, reader: Actor | None = None) -> Answer:
    """The answer to a known error, with every field at fault and the facts that help the reader and that he may see."""
    facts = {name: _plain(value, reader) for name, value in error.facts.items()}
    retry_after = facts.pop("retry_after", None)
    headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}
    if "allow" in facts:
        headers["Allow"] = str(facts.pop("allow"))
    errors = [asdict(one) for one in error.errors] if isinstance(error, Invalid) else []
    return problem(_status(error), error.code, error.detail, request_id, headers, errors=errors, **facts)


def problem(
    status: int,
    code: str,
    detail: str,
    request_id: str,
    headers: dict[str, str] | None = None,
    *,
    errors: list[dict[str, Any]] | None = None,
    **facts: Any,
) -> Answer:
    """A problem document; `type` leads to the list of codes in the API's documentation."""
    body = {
        "type": f"/docs#problem-{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "errors": errors or [],
        "request_id": request_id,
        **facts,
    }
    return Answer(status, body, {"Content-Type": "application/problem+json", **(headers or {})})


def _status(error: DeskError) -> int:
    if error.code in _CODE_STATUS:
        return _CODE_STATUS[error.code]
    if isinstance(error, Invalid) and error.malformed:
        return 400
    return next(status for kind, status in _STATUS.items() if isinstance(error, kind))


def _plain(value: Any, reader: Actor | None) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _shown(value, reader)
    return value


def _shown(value: Any, reader: Actor | None) -> Any:
    from helpdesk.tickets.model import Ticket
    from helpdesk.web.shapes import portal_ticket, ticket_shape

    if not isinstance(value, Ticket):
        return asdict(value)
    if reader is None:
        return None
    return portal_ticket(value, reader) if reader.kind == "contact" else ticket_shape(value, reader)
