"""Reading the feed."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Event
from helpdesk.feed import store
from helpdesk.feed.sight import visible
from helpdesk.settings.fields.service import shown_event


def read_events(actor: Actor, after: str | None, types: frozenset[str], limit: int) -> tuple[list[dict[str, Any]], str]:
    """Events after a number, in order, and the number to go on from; `after=latest` starts at the end."""
    if after == "latest":
        return [], str(store.get_head(actor.org_id)["last"])
    if after and not after.isdigit():
        fault = FieldError("/after", "not_a_number", "a number from next_cursor, or latest")
        raise Invalid("after is a number from an earlier answer", fault, malformed=True)
    rows = store.read(actor.org_id, int(after or 0), limit)
    wanted = [Event.from_item(row) for row in rows if not types or row["type"] in types]
    return [shown_event(actor, event) for event in visible(actor, wanted)], str(
        rows[-1]["seq"] if rows else int(after or 0)
    )
