"""Opaque list cursors: a position, signed for one tenant, caller and query (API-04)."""

from __future__ import annotations

import base64
import binascii

from helpdesk.core import signing
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.web.call import Call

_SIGNATURE = 12  # bytes


def seal(call: Call, position: str | None) -> str | None:
    """The cursor for a position, None at the end."""
    if position is None:
        return None
    signature = signing.sign("cursor", _bound(call, position), _SIGNATURE)
    return base64.urlsafe_b64encode(signature + position.encode()).decode().rstrip("=")


def position_of(call: Call) -> str | None:
    """The position in the request's cursor, None without one.

    Raises
    ------
    Invalid
        for a cursor of another query, caller or tenant, and for one that was tampered with.
    """
    text = call.query.get("cursor")
    if not text:
        return None
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        signature, position = raw[:_SIGNATURE], raw[_SIGNATURE:].decode()
    except (binascii.Error, ValueError):
        raise _foreign() from None
    if not signing.matches("cursor", _bound(call, position), signature):
        raise _foreign()
    return position


def _bound(call: Call, position: str) -> bytes:
    query = sorted((name, value) for name, value in call.query.items() if name not in ("cursor", "limit"))
    return repr((call.actor.org_id, call.actor.id, call.route, sorted(call.path.items()), query, position)).encode()


def _foreign() -> Invalid:
    fault = FieldError("/cursor", "not_yours", "take next_cursor from the same query")
    return Invalid("this cursor does not belong to this query", fault, code="bad_cursor", malformed=True)
