"""What a ticket asks of who takes it, read from the ticket, its team, its first words and its past."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.routing.model import RELAXED, Wish
from helpdesk.settings.organisation import channel_weights
from helpdesk.tickets import store
from helpdesk.tickets.message_store import get_messages
from helpdesk.tickets.model import Ticket

_EVENTS = 100  # of a ticket, in which its last owner is looked for
_MESSAGES = 20  # in which what the customer wrote first is looked for


def wish_of(ticket: Ticket, routing: dict[str, Any], **more: Any) -> Wish:
    """What is known without another round trip; `more` are further facts."""
    weights = channel_weights(ticket.org_id)
    return Wish(
        team_id=ticket.team_id or "",
        requires={one["skill"].casefold(): one["level"] for one in routing["requires"]},
        language=more.pop("language", ticket.language),
        language_rule=routing["language"],
        weight=weights.get(ticket.channel, 1),
        relaxed=relaxed_by_now(ticket, routing),
        **more,
    )


def relaxed_by_now(ticket: Ticket, routing: dict[str, Any]) -> str:
    """How far skills may be relaxed: levels after the team's minutes of waiting, skills after as many again."""
    waits, minutes = ticket.unmatched, routing["relax_minutes"]
    if not waits or not minutes or not routing["requires"]:
        return RELAXED[0]
    waited = clock.now() - clock.parse(waits["since"])
    return RELAXED[min(int(waited / timedelta(minutes=minutes)), len(RELAXED) - 1)]


def relaxes_at(since: str, routing: dict[str, Any]) -> str | None:
    """When skills are relaxed next for what waits since a time; None where they never are, or are already."""
    if not routing["relax_minutes"] or not routing["requires"]:
        return None
    step = timedelta(minutes=routing["relax_minutes"])
    moments = [clock.parse(since) + step * number for number in range(1, len(RELAXED))]
    return next((clock.iso(at) for at in moments if at > clock.now()), None)


def first_words(ticket: Ticket) -> str:
    """The subject and what the customer wrote first; one round trip."""
    rows, _ = get_messages(ticket.org_id, ticket.id, limit=_MESSAGES)
    return "\n".join([ticket.subject, *(one.body_text for one in rows if one.kind == "customer")])


def last_owner(ticket: Ticket) -> str | None:
    """Who had the ticket before, within its last 100 events; one round trip."""
    for event in reversed(store.get_events(ticket.org_id, ticket.id, limit=_EVENTS)):
        was = event.changes.get("assignee_id", {}).get("from")
        if was:
            return str(was)
    return None
