"""What a rule sees: one command on a ticket, the ticket before and after it, and what was said by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from helpdesk.calendars.business_time import is_open
from helpdesk.calendars.service import calendars
from helpdesk.core import clock
from helpdesk.core.events import Event
from helpdesk.filters.fields import FIELDS
from helpdesk.filters.rule_fields import CHANGES, HAD, WEEKDAYS
from helpdesk.settings.fields.reading import compared
from helpdesk.tickets import message_store, store
from helpdesk.tickets.facts import facts_of
from helpdesk.tickets.model import FOLDED, TUPLES, Ticket

APPLIED = "ticket.rule_applied"
MOST_WORDS = 2_000  # characters of a message that rules read
_SPOKEN = {"message.received": "customer", "message.sent": "reply", "message.held": "reply", "note.added": "note"}
_TEXT = "message.text"
_BEFORE = (*HAD, "fields")


@dataclass(frozen=True)
class Scene:
    """One command: its events, the ticket `before` (None: it began by it) and `after`, and the message of it.

    `chain` are the rules that led here, the first first; `root_id` names the event that none of them caused.
    """

    events: tuple[Event, ...]
    before: Ticket | None
    after: Ticket
    message: Mapping[str, Any] | None = None

    @property
    def id(self) -> str:
        """The id of the command's first event."""
        return self.events[0].id

    @property
    def at(self) -> str:
        """When it was done."""
        return self.events[-1].at

    @property
    def types(self) -> frozenset[str]:
        """The types of its events."""
        return frozenset(event.type for event in self.events)

    @property
    def chain(self) -> tuple[str, ...]:
        """The rules that led here."""
        return tuple(self._applied.get("chain", ()))

    @property
    def root_id(self) -> str:
        """The event that began it all."""
        return str(self._applied.get("root_id", self.id))

    @property
    def _applied(self) -> Mapping[str, Any]:
        return next((event.data for event in self.events if event.type == APPLIED), {})


def scene_of(org_id: str, ticket_id: str, version: int, asked: frozenset[str]) -> Scene | None:
    """The command that begins with the ticket's event `version`; None for another's part, and for what is gone.

    Two round trips, three if words are `asked`: what has happened since is taken back from the ticket as it is.
    """
    events = store.get_events(org_id, ticket_id, since=max(0, version - 2))
    own = [event for event in events if event.version >= version]
    if not own or _belongs(events[0], own[0]):
        return None
    command = tuple(takewhile(lambda event: event.correlation_id == own[0].correlation_id, own))
    ticket = store.get_ticket(org_id, ticket_id)
    if not ticket:
        return None
    if ticket.version > own[-1].version:
        own += store.get_events(org_id, ticket_id, since=own[-1].version)
    after = rolled_back(ticket, [event for event in own if command[-1].version < event.version <= ticket.version])
    before = rolled_back(after, command) if version > 1 else None
    message = message_in(org_id, ticket_id, command, asked)
    return Scene(command, before, replace(after, updated_at=command[-1].at), message)


def rolled_back(ticket: Ticket, events: Sequence[Event]) -> Ticket:
    """The ticket as it was before these events, which are its last ones."""
    values: dict[str, Any] = {}
    for event in reversed(events):
        values |= {name: change["from"] for name, change in event.changes.items() if name in FOLDED}
    values = {name: tuple(value or ()) if name in TUPLES else value for name, value in values.items()}
    return replace(ticket, **values | ({"version": events[0].version - 1} if events else {}))


def message_in(
    org_id: str, ticket_id: str, command: Sequence[Event], asked: frozenset[str]
) -> Mapping[str, Any] | None:
    """What was said by a command, as rules see it, None if nothing was; its words only if `message.text` is asked."""
    said = next((event for event in command if event.type in _SPOKEN), None)
    if not said:
        return None
    kind, text = _SPOKEN[said.type], ""
    if _TEXT in asked and (message := message_store.get_message(org_id, ticket_id, said.data["message_id"])):
        text = f"{message.subject}\n{message.body_text[:MOST_WORDS]}"
    automatic = bool(said.data.get("automatic"))
    return {"message.kind": kind, "message.public": kind != "note", "message.automatic": automatic, _TEXT: text}


def facts_at(scene: Scene, ticket: Ticket, asked: frozenset[str] = frozenset({"within"})) -> dict[str, Any]:
    """The facts of a ticket in the light of a command; open calendars are looked up if `asked` names `within`."""
    actor = scene.events[-1].actor
    before = ticket_facts(scene.before) if scene.before else {}
    facts: dict[str, Any] = (
        ticket_facts(ticket)
        | {"event": scene.types, "actor": actor["kind"], "actor_id": actor["id"], "via": scene.events[-1].via}
        | {"was": {name: before.get(name) for name in _BEFORE}, "changed": _changed(scene, before)}
        | dict(scene.message or {})
        | ({"within": open_at(ticket.org_id, scene.at)} if "within" in asked else {})
    )
    return facts


def ticket_facts(ticket: Ticket) -> dict[str, Any]:
    """The facts that the ticket itself has, its fields as the desk sees them."""
    return facts_of(ticket) | {"fields": compared(ticket)}


def clock_facts(at: str, zone: str) -> dict[str, Any]:
    """The hour and weekday of a moment on the clock of a zone."""
    local = clock.parse(at).astimezone(ZoneInfo(zone))
    return {"hour": local.hour, "weekday": WEEKDAYS[local.weekday()]}


def open_at(org_id: str, at: str) -> frozenset[str]:
    """The ids of the calendars that are open at a moment."""
    moment = clock.parse(at)
    return frozenset(id_ for id_, calendar in calendars(org_id).items() if is_open(calendar, moment))


def _changed(scene: Scene, before: Mapping[str, Any]) -> frozenset[str]:
    after = ticket_facts(scene.after)
    moved = {FIELDS[name].short for name in HAD if (before.get(name) or None) != (after[name] or None)}
    was, now = before.get("fields") or {}, after["fields"]
    return frozenset(moved & set(CHANGES)) | {f"fields.{id_}" for id_ in {*was, *now} if was.get(id_) != now.get(id_)}


def _belongs(event: Event, to: Event) -> bool:
    """True if an event before another is part of the same command."""
    return event.version < to.version and event.correlation_id == to.correlation_id
