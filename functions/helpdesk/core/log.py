"""The one log: rows of committed events, whatever their subject; the Tickets table's stream publishes them all."""

from __future__ import annotations

from dataclasses import asdict, replace
from itertools import takewhile
from typing import Any

from helpdesk.core import clock
from helpdesk.core.actions import NEW, ConditionFailed, Put
from helpdesk.core.config import config
from helpdesk.core.errors import Unavailable
from helpdesk.core.events import Cause, Event, event_of
from helpdesk.core.items import Item
from helpdesk.core.table import query, query_all, write
from helpdesk.core.tries import tries

_EVENTS = ("EVENT#", "EVENT#~")
_TRIES = 8
_PAGE = 100


def event_row(event: Event, **beside: Any) -> Put:
    """The write that commits an event, to join the transaction of its change; `beside` are more attributes."""
    pk = partition(event.org_id, event.subject["kind"], event.subject["id"])
    row: Item = asdict(event) | {"pk": pk, "sk": f"EVENT#{event.version:010}"} | beside
    del row["seq"]  # given by the feed
    return Put(config().tickets_table, row, NEW)


def partition(org_id: str, kind: str, id_: str) -> str:
    """Where the events of a subject stand: a ticket's beside its snapshot, all others in a log of their own."""
    return f"{org_id}#{id_}" if kind == "ticket" else f"{org_id}#LOG#{kind}#{id_}"


def note(cause: Cause, type_: str, kind: str, id_: str, data: dict[str, Any] | None = None) -> Event:
    """Log what happened to something that has no version of its own: a sensitive read, a release, a pause.

    Two round trips. A command that is tried again is noted again: it has happened again.

    Raises
    ------
    Unavailable
        when too many note at once on the same subject.
    """
    for _ in tries(_TRIES):
        version = last_version(cause.org_id, kind, id_) + 1
        event = replace(event_of(cause, type_, {"kind": kind, "id": id_}, version, clock.stamp()), data=data or {})
        try:
            write(event_row(event))
        except ConditionFailed:
            continue
        return event
    raise Unavailable("this is being noted by too many at once; try again")


def last_version(org_id: str, kind: str, id_: str) -> int:
    """The version of the subject's newest event, 0 without one; one round trip."""
    pk = partition(org_id, kind, id_)
    page = query(config().tickets_table, pk, between=_EVENTS, newest_first=True, limit=1, consistent=True)
    return int(page.items[0]["version"]) if page.items else 0


def events_of(org_id: str, kind: str, id_: str) -> list[Event]:
    """All events of a subject, oldest first."""
    rows = query_all(config().tickets_table, partition(org_id, kind, id_), between=_EVENTS, consistent=True)
    return [Event.from_item(row) for row in rows]


def events_since(org_id: str, kind: str, id_: str, since: str) -> list[Event]:
    """The events of a subject that are not older than a time, oldest first; what is older is not read."""
    options: dict[str, Any] = {"between": _EVENTS, "newest_first": True, "limit": _PAGE}
    rows = takewhile(
        lambda row: row["at"] >= since, query_all(config().tickets_table, partition(org_id, kind, id_), **options)
    )
    return [Event.from_item(row) for row in rows][::-1]
