"""Telling people what happens: the one service for every reason and every channel (NO-06).

A notice is kept once by (event, person), with the state of each channel; what is to be mailed or pushed stands in the
same transaction as a parcel, so a worker that is killed leaves behind what the clock takes up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.core.errors import Unavailable
from helpdesk.core.events import Event
from helpdesk.core.ids import derived_id
from helpdesk.core.items import Item
from helpdesk.notifications import parcels, store
from helpdesk.notifications.model import Happening, Wish
from helpdesk.notifications.planning import planned
from helpdesk.notifications.policy import notification_policy
from helpdesk.notifications.receivers import known, receiver, staff, writers_of
from helpdesk.notifications.wishes import LEVELS, TYPES, Sources, escalated, still_broken, wishes
from helpdesk.settings.teams import automatic
from helpdesk.tickets import purge_store
from helpdesk.tickets import store as tickets
from helpdesk.tickets.model import Ticket

_WHOSE = {"assignee_id", "team_id", "followers"}


def take(event: Event) -> None:
    """Tell of an event whoever wants to hear of it; harmless when it comes again.

    Raises
    ------
    Unavailable
        when its ticket cannot be read yet.
    """
    if event.type not in TYPES or event.via == "import":
        return
    ticket = _ticket(event.org_id, event.subject["id"])
    if not ticket:
        return
    if event.type == "ticket.sla_breached":
        _plan_levels(event)
    happening = Happening(
        id=event.id,
        at=event.at,
        actor={name: event.actor.get(name) for name in ("kind", "id")},
        ticket_id=ticket.id,
        type=event.type,
        message_id=event.data.get("message_id"),
        target=event.data.get("target"),
        text=event.data["rule"] if event.type == "ticket.rule_applied" else None,
    )
    sources = Sources(
        staff=lambda: staff(event.org_id),
        routed=lambda team_id: automatic(event.org_id, team_id) is not None,
        writers=lambda ids: writers_of(event.org_id, ticket.id, ids),
    )
    tell(ticket, happening, wishes(event, _then(ticket, event), sources))


def escalate(org_id: str, row: Item) -> None:
    """Tell the next level of a promise that is still broken; one that was kept by now is told to nobody."""
    ticket = tickets.get_ticket(org_id, row["ticket_id"])
    if ticket and still_broken(ticket, row["target"]):
        id_ = derived_id(clock.parse(row["due_at"]), row["event_id"], str(row["level"]))
        actor = {"kind": "system", "id": "system"}
        happening = Happening(id_, row["due_at"], actor, ticket.id, "ticket.sla_breached", target=row["target"])
        tell(ticket, happening, escalated(row["level"], ticket, lambda: staff(org_id)))
    store.end_escalation(row)


def tell(ticket: Ticket, happening: Happening, wanted: Iterable[Wish]) -> None:
    """Keep a notice for each of these people who may see the ticket, and bring it on its way; harmless to repeat."""
    by_person = {wish.person_id: wish for wish in wanted}
    people = known(ticket.org_id, list(by_person))
    for person_id, wish in by_person.items():
        one = people.get(person_id)
        if one and one.sees(ticket):
            now = clock.now()
            states = planned(receiver(ticket.org_id, one, now), wish.kind, now)
            made = store.add(ticket.org_id, person_id, _notice(happening, wish), states) if states else None
            for parcel in made or ():
                parcels.post(ticket.org_id, parcel)


def _then(ticket: Ticket, event: Event) -> Ticket:
    """The ticket as to whose it was when the event happened; a round trip if something has happened since."""
    if ticket.version <= event.version:
        return ticket
    was: dict[str, Any] = {}
    for later in tickets.get_events(ticket.org_id, ticket.id, since=event.version):
        for name in _WHOSE & set(later.changes):
            was.setdefault(name, later.changes[name]["from"])
    was |= {"followers": tuple(was["followers"] or ())} if "followers" in was else {}
    return replace(ticket, **was)


def _plan_levels(event: Event) -> None:
    policy = notification_policy(event.org_id)
    facts = {"ticket_id": event.subject["id"], "target": event.data["target"]}
    for level in LEVELS:
        minutes = policy.after_minutes(level)
        if minutes is not None:
            due = clock.iso(clock.parse(event.at) + timedelta(minutes=minutes))
            store.add_escalation(event.org_id, event.id, level, due, facts)


def _notice(happening: Happening, wish: Wish) -> dict[str, Any]:
    names = ("id", "at", "ticket_id", "type", "message_id", "target", "text")
    about = {name: getattr(happening, name) for name in names} | {"actor": dict(happening.actor)}
    return about | {"kind": wish.kind, "why": wish.why, "level": wish.level, "told_at": clock.stamp()}


def _ticket(org_id: str, ticket_id: str) -> Ticket | None:
    """The ticket; None if it has been purged."""
    ticket = tickets.get_ticket(org_id, ticket_id)
    if not ticket and not purge_store.get_tombstone(org_id, ticket_id):
        raise Unavailable("the ticket is not readable yet; try again")
    return ticket
