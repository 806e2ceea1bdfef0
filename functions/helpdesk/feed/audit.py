"""The audit trail: a reading of the feed, newest first. Nobody writes it; what is not in the log did not happen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core import clock, log
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Event
from helpdesk.feed import reading, sight, times
from helpdesk.settings.fields.reading import shown_event

MOST_READ = 2_000  # feed entries looked at for one page: two buckets


@dataclass(frozen=True)
class Wanted:
    """Which entries are asked for; None is any. Times are RFC 3339, from inclusive, to exclusive."""

    actor: str | None = None
    action: str | None = None
    resource_type: str | None = None
    resource_id: str | None = None
    since: str | None = None
    until: str | None = None

    def matches(self, event: Event) -> bool:
        """True for an event that is asked for; `action` may end in `.*`."""
        pairs = (
            (self.actor, event.actor["id"]),
            (self.resource_type, event.subject["kind"]),
            (self.resource_id, event.subject["id"]),
        )
        if any(asked not in (None, found) for asked, found in pairs):
            return False
        if (self.since and event.at < self.since) or (self.until and event.at >= self.until):
            return False
        return not self.action or event.type == self.action or _family(self.action, event.type)


def wanted_of(query: dict[str, str]) -> Wanted:
    """What a query string asks for.

    Raises
    ------
    Invalid
        for a time that is none, and for a resource's id without its type.
    """
    faults, bounds = [], {}
    for name, attribute in (("from", "since"), ("to", "until")):
        if text := query.get(name):
            try:
                bounds[attribute] = clock.iso(clock.parse(text))
            except ValueError:
                faults.append(FieldError(f"/{name}", "not_a_time", "such as 2026-01-15T10:30:00Z"))
    if query.get("resource_id") and not query.get("resource_type"):
        faults.append(FieldError("/resource_type", "required", "with resource_id, such as ticket"))
    if faults:
        raise Invalid("the question is not right", *faults, malformed=True)
    names = ("actor", "action", "resource_type", "resource_id")
    return Wanted(**{name: query.get(name) for name in names}, **bounds)


def read(actor: Actor, wanted: Wanted, position: str | None, limit: int) -> tuple[list[dict[str, Any]], str | None]:
    """A page of entries and the position to go on from; a page may be short, and is never the last before None."""
    if wanted.resource_id:
        return _of_resource(actor, wanted, position, limit)
    below = int(position) if position else times.first_at(actor.org_id, wanted.until)
    found: list[Event] = []
    looked = 0
    while below > 1 and looked < MOST_READ and len(found) < limit:
        rows = reading.read_back(actor.org_id, below, 500)
        if not rows:
            return _shown(actor, found), None
        for row in rows:
            below = row["seq"]
            event = Event.from_item(row)
            if wanted.since and event.at < wanted.since:
                return _shown(actor, found), None
            if wanted.matches(event) and sight.may_know(actor, event):
                found.append(event)
                if len(found) == limit:
                    break
        looked += len(rows)
    return _shown(actor, found), str(below) if below > 1 else None


def _of_resource(
    actor: Actor, wanted: Wanted, position: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    events = log.events_of(actor.org_id, wanted.resource_type or "", wanted.resource_id or "")
    below = int(position) if position else len(events) + 1
    found = [
        (index, event)
        for index, event in enumerate(events[: below - 1], 1)
        if wanted.matches(event) and sight.may_know(actor, event)
    ][::-1]
    page = found[:limit]
    return _shown(actor, [event for _, event in page]), str(page[-1][0]) if len(found) > limit else None


def _shown(actor: Actor, events: list[Event]) -> list[dict[str, Any]]:
    return [
        {
            "id": event.id,
            "timestamp": event.at,
            "actor": {"type": event.actor["kind"], "id": event.actor["id"], "ip": event.actor.get("ip")},
            "action": event.type,
            "resource": {"type": event.subject["kind"], "id": event.subject["id"]},
            "changes": shown_event(actor, event)["changes"],
        }
        for event in events
    ]


def _family(action: str, type_: str) -> bool:
    return action.endswith(".*") and type_.startswith(action[:-1])
