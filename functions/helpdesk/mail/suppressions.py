"""Addresses that we send nothing to: they bounced for good, complained, or somebody said so (EM-35, 73).

One list, ours: the configuration set leaves SES's own out, because what that one holds back nobody here would see.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.errors import Conflict, FieldError, Invalid, NotFound, Unavailable
from helpdesk.core.events import Cause, event_of
from helpdesk.core.items import Item
from helpdesk.core.log import event_row
from helpdesk.core.table import NEW, ConditionFailed, Put, get, get_many, query, transact
from helpdesk.core.tries import tries

REASONS = ("bounce", "complaint", "manual")
STATES = ("active", "released")
_MOST_DETAIL = 500
_SHOWN = ("id", "address", "reason", "detail", "at", "released_at", "released_by", "version")
_TRIES = 5


def among(org_id: str, addresses: Iterable[str]) -> dict[str, str]:
    """Those of the (normalised) addresses that are suppressed, and for what reason; one round trip per 100."""
    keys = [(config().deliveries_table, _pk(org_id), _id(address)) for address in addresses]
    return {row["address"]: row["reason"] for row in get_many(keys) if not row["released_at"]}


def add(cause: Cause, address: str, reason: str, detail: str | None = None, at: str | None = None) -> dict[str, Any]:
    """Suppress a normalised address; one that is suppressed stays as it is.

    `at` is when the reason arose: what is older than a release does not undo it (SES tells things twice, and late).
    """
    arose = at or clock.stamp()
    for _ in tries(_TRIES):
        before = get(config().deliveries_table, _pk(cause.org_id), _id(address))
        if before and (not before["released_at"] or before["released_at"] >= arose):
            return public(before)
        after = _row(cause.org_id, address, reason, (detail or "")[:_MOST_DETAIL], arose)
        try:
            return _commit(cause, "suppression.added", before, after)
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
    before = get(config().deliveries_table, _pk(cause.org_id), id_)
    if not before:
        raise NotFound("there is no such suppression")
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
    page = query(
        config().deliveries_table,
        _pk(org_id, state),
        index="by_status",
        key_names=("s_pk", "s_sk"),
        between=("0", after or "Z"),
        limit=limit + 1 + bool(after),
        newest_first=True,
    )
    rows = [row for row in page.items if row["s_sk"] != after]
    shown = rows[:limit]
    return [public(row) for row in shown], shown[-1]["s_sk"] if len(rows) > limit else None


def found(org_id: str, address: str) -> list[dict[str, Any]]:
    """The suppression of an address, released or not, as a list of one or none."""
    row = get(config().deliveries_table, _pk(org_id), _id(address))
    return [public(row)] if row else []


def get_one(org_id: str, id_: str) -> dict[str, Any]:
    """One suppression, or NotFound."""
    row = get(config().deliveries_table, _pk(org_id), id_)
    if not row:
        raise NotFound("there is no such suppression")
    return public(row)


def public(row: Item) -> dict[str, Any]:
    """The suppression as the API shows it."""
    return {name: row[name] for name in _SHOWN}


def _row(org_id: str, address: str, reason: str, detail: str, at: str) -> Item:
    keys = {"pk": _pk(org_id), "sk": _id(address), "id": _id(address)}
    values = {"address": address, "reason": reason, "detail": detail, "at": at}
    return keys | values | {"released_at": None, "released_by": None}


def _commit(cause: Cause, type_: str, before: Item | None, after: Item) -> dict[str, Any]:
    """Put the row with its event; the event names no address, for the log is kept for ever."""
    version = (before["version"] if before else 0) + 1
    at = after["released_at"] or after["at"]
    place = {"s_pk": _pk(cause.org_id, "released" if after["released_at"] else "active"), "s_sk": f"{at}#{after['id']}"}
    row = after | place | {"version": version}
    event = event_of(cause, type_, {"kind": "suppression", "id": after["id"]}, version, clock.stamp())
    held = {"condition": "version = :v", "values": {":v": before["version"]}} if before else {"condition": NEW}
    event = replace(event, data={"reason": row["reason"]})
    transact([Put(config().deliveries_table, row, **held), event_row(event)])
    return public(row)


def _pk(org_id: str, state: str = "") -> str:
    return f"{org_id}#SUPPRESSION" + (f"#{state}" if state else "")


def _id(address: str) -> str:
    """In the place of the address, which paths, and so access logs, shall not hold."""
    return hashlib.sha256(address.encode()).hexdigest()[:32]


def _released() -> Conflict:
    return Conflict("mail goes to this address again already", code="not_suppressed")
