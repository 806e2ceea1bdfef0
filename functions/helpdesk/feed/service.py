"""Reading the feed."""

from __future__ import annotations

import re
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import FieldError, Invalid, NotFound
from helpdesk.core.events import Event
from helpdesk.feed import reading, store
from helpdesk.feed.sight import visible
from helpdesk.settings.fields.reading import shown_event

_NUMBER = re.compile(r"[0-9]{1,11}")
_PAGE, _PAGES = 500, 10  # entries looked at for one page of some types


def read_events(actor: Actor, after: str | None, types: frozenset[str], limit: int) -> tuple[list[dict[str, Any]], str]:
    """Events after a number, in order, and the number to go on from; `after=latest` starts at the end.

    With `types`, a page looks at no more than 5,000 entries: it may hold few events, or none, and yet go on.
    """
    if after == "latest":
        return [], str(store.get_head(actor.org_id)["last"])
    if after and not _NUMBER.fullmatch(after):
        fault = FieldError("/after", "not_a_number", "a number from next_cursor, or latest")
        raise Invalid("after is a number from an earlier answer", fault, malformed=True)
    position, events = int(after or 0), list[Event]()
    for _ in range(_PAGES if types else 1):
        rows = reading.read(actor.org_id, position, _PAGE if types else limit)
        for row in rows:
            position = row["seq"]
            if not types or row["type"] in types:
                events.append(Event.from_item(row))
            if len(events) == limit:
                break
        if not rows or len(events) == limit:
            break
    return [shown_event(actor, event) for event in visible(actor, events)], str(position)


def read_event(actor: Actor, number: str) -> dict[str, Any]:
    """One event by its number.

    Raises
    ------
    NotFound
        when no event has it, or the actor may not know of it.
    """
    found = reading.read_some(actor.org_id, [int(number)]) if _NUMBER.fullmatch(number) else {}
    for event in visible(actor, [Event.from_item(row) for row in found.values()]):
        return shown_event(actor, event)
    raise NotFound("there is no such event")
