"""Addresses that we send nothing to: they bounced for good, complained, or somebody said so (EM-35, 73).

One list, ours: the configuration set leaves SES's own out, because what that one holds back nobody here would see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from helpdesk.core import clock
from helpdesk.core.errors import Conflict, FieldError, Invalid, NotFound, Unavailable
from helpdesk.core.events import Cause, event_of
from helpdesk.core.items import Item
from helpdesk.core.table import ConditionFailed
from helpdesk.core.tries import tries
from helpdesk.mail.sending import suppression_store as store

STATES = ("active", "released")
_MOST_DETAIL = 500
_SHOWN = ("id", "address", "reason", "detail", "at", "released_at", "released_by", "version")
_TRIES = 5


def among(org_id: str, addresses: Iterable[str]) -> dict[str, str]:
    """Those of the (normalised) addresses that are suppressed, and for what reason; one round trip per 100."""
    return {row["address"]: row["reason"] for row in store.find_many(org_id, addresses) if not row["released_at"]}


def add(cause: Cause, address: str, reason: str, detail: str | None = None, at: str | None = None) -> dict[str, Any]:
    """Suppress a normalised address; one that is suppressed stays as it is.

    `at` is when the reason arose: what is older than a release does not undo it (SES tells things twice, and late).
    """
    arose, id_ = at or clock.stamp(), store.id_of(address)
    for _ in tries(_TRIES):
        before = store.find(cause.org_id, id_)
        if before and (not before["released_at"] or before["released_at"] >= arose):
            return public(before)
        after = {"id": id_, "address": address, "reason": reason, "detail": (detail or "")[:_MOST_DETAIL], "at": arose}
        try:
            return _commit(cause, "suppression.added", before, after | {"released_at": None, "released_by": None})
        except ConditionFailed:
            continue
    raise Unavailable("this address is being changed by too many at once; try again")


def release(cause: Cause, id_: str) -> dict[str, Any]:
    """Let mail go to the address again; who released it, and when, stays.

    Raises
    ------
    NotFound
        when it was never suppressed.
    Conflict
        `not_suppressed` when it has been released.
    """
    before = _known(cause.org_id, id_)
    after = before | {"released_at": clock.stamp(), "released_by": cause.actor["id"]}
    try:
        if before["released_at"]:
            raise _released()
        return _commit(cause, "suppression.released", before, after)
    except ConditionFailed as failure:
        raise _released() from failure


def listed(org_id: str, *, state: str, after: str | None, limit: int) -> tuple[list[dict[str, Any]], str | None]:
    """Suppressions by time, the newest first, and where to go on from, None at the end."""
    if state not in STATES:
        fault = FieldError("/state", "unknown", "active or released")
        raise Invalid("there is no such state", fault, malformed=True)
    page = store.newest(org_id, state, until=after, limit=limit + 1 + bool(after))
    rows = [row for row in page.items if row["s_sk"] != after]
    shown = rows[:limit]
    return [public(row) for row in shown], shown[-1]["s_sk"] if len(rows) > limit else None


def found(org_id: str, address: str) -> list[dict[str, Any]]:
    """The suppression of an address, released or not, as a list of one or none."""
    row = store.find(org_id, store.id_of(address))
    return [public(row)] if row else []


def get_one(org_id: str, id_: str) -> dict[str, Any]:
    """One suppression, or NotFound."""
    return public(_known(org_id, id_))


def public(row: Item) -> dict[str, Any]:
    """The suppression as the API shows it."""
    return {name: row[name] for name in _SHOWN}


def _known(org_id: str, id_: str) -> Item:
    row = store.find(org_id, id_)
    if not row:
        raise NotFound("there is no such suppression")
    return row


def _commit(cause: Cause, type_: str, before: Item | None, after: Item) -> dict[str, Any]:
    """Put the row with its event; the event names no address, for the log is kept for ever."""
    row = after | {"version": (before["version"] if before else 0) + 1}
    event = event_of(cause, type_, {"kind": "suppression", "id": row["id"]}, row["version"], clock.stamp())
    store.put(before, row, replace(event, data={"reason": row["reason"]}))
    return public(row)


def _released() -> Conflict:
    return Conflict("mail goes to this address again already", code="not_suppressed")
