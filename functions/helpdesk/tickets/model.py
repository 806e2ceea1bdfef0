"""The ticket's snapshot and its messages, as plain frozen data: no AWS in here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from helpdesk.core.events import Event
from helpdesk.settings.defaults import DONE
from helpdesk.tickets.schema import SCHEMA, unknown, upcast

_NOT_FOLDED = {"org_id", "id", "version", "updated_at", "beyond"}


@dataclass(frozen=True)
class Ticket:
    """The state of one ticket; equals the fold of its events (invariant 1)."""

    org_id: str
    id: str
    number: int = 0
    subject: str = ""
    status_id: str = ""
    category: str = ""
    priority: str = "normal"
    requester: dict[str, Any] = field(default_factory=dict)
    assignee_id: str | None = None
    team_id: str | None = None
    tags: tuple[str, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    cc: tuple[str, ...] = ()
    channel: str = "api"
    snippet: str = ""
    message_count: int = 0
    has_attachments: bool = False
    last_message: dict[str, Any] | None = None
    first_response_at: str | None = None
    resolved_at: str | None = None
    status_changed_at: str = ""
    linked_to: str | None = None
    topic_id: str | None = None
    type: str | None = None
    snooze: dict[str, Any] | None = None
    trashed_at: str | None = None
    company_id: str | None = None
    cc_removed: tuple[str, ...] = ()
    followers: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()
    parent_id: str | None = None
    problem_id: str | None = None
    duplicate_of: str | None = None
    related: tuple[str, ...] = ()
    merged_into: str | None = None
    merged_from: tuple[str, ...] = ()
    open_sides: tuple[str, ...] = ()
    created_at: str = ""
    updated_at: str = ""
    version: int = 0
    mailbox_id: str | None = None  # where it came in; replies go out from there
    idle: dict[str, Any] | None = None  # `{since, reminded_at?, kept_open?}` while it may end by itself (`due`)
    planned: dict[str, Any] = field(default_factory=dict)  # replies that leave later: `{message_id: {at, waits}}`
    sla: dict[str, Any] | None = None  # what is promised, and how far that has come (`helpdesk.sla.model`)
    language: str | None = None  # that its customer writes in, BCP 47
    unmatched: dict[str, Any] | None = None  # `{since, reason, retry_at, team_id, relaxed}` while nobody may take it
    beyond: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # what a newer version wrote


def is_active(ticket: Ticket) -> bool:
    """Whether somebody has to do something: it is neither done, nor in the trash, nor part of another."""
    return ticket.category not in DONE and not ticket.trashed_at and not ticket.merged_into


FOLDED = tuple(one.name for one in fields(Ticket) if one.name not in _NOT_FOLDED)
TUPLES = frozenset({"tags", "cc", "cc_removed", "followers", "answered_by", "related", "merged_from", "open_sides"})


def ticket_from(row: Mapping[str, Any]) -> Ticket:
    """The snapshot in a table row of any schema; what this version does not know is carried along in `beyond`."""
    row = upcast("ticket", row)
    values = {one.name: row[one.name] for one in fields(Ticket) if one.name in row}
    beyond = unknown(row, Ticket)
    return Ticket(**values | {name: tuple(values[name]) for name in TUPLES if name in values} | {"beyond": beyond})


def differences(before: Ticket, after: Ticket) -> dict[str, dict[str, Any]]:
    """`{field: {from, to}}` of what changed."""
    return {
        name: {"from": plain(getattr(before, name)), "to": plain(getattr(after, name))}
        for name in FOLDED
        if getattr(before, name) != getattr(after, name)
    }


def fold(org_id: str, ticket_id: str, events: Iterable[Event]) -> Ticket:
    """The snapshot that follows from the events, in the order of their versions."""
    state: dict[str, Any] = {"org_id": org_id, "id": ticket_id}
    for event in events:
        state |= {name: change["to"] for name, change in event.changes.items()}
        state |= {"version": event.version, "updated_at": event.at}
    return ticket_from(state | {"schema": SCHEMA})


def fold_on(before: Ticket, event: Event) -> Ticket:
    """The snapshot after one more event; what this version does not know of it is left out."""
    changes = {name: change["to"] for name, change in event.changes.items() if name in FOLDED}
    values: dict[str, Any] = {name: tuple(value or ()) if name in TUPLES else value for name, value in changes.items()}
    return replace(before, **values | {"version": event.version, "updated_at": event.at})


@dataclass(frozen=True)
class Message:
    """One reply, note or customer's message; long bodies live in S3 under `body_key`."""

    id: str
    kind: str
    author: dict[str, Any]
    body_text: str
    body_html: str
    created_at: str
    trimmed_html: str | None = None
    subject: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    attachments: tuple[dict[str, Any], ...] = ()
    delivery: dict[str, Any] = field(default_factory=lambda: {"status": "none"})
    automatic: bool = False
    rfc822_id: str | None = None
    references: tuple[str, ...] = ()
    mail_id: str | None = None
    body_key: str | None = None
    third_party: bool = False
    recipients: tuple[dict[str, Any], ...] = ()
    threading: dict[str, Any] | None = None  # `{reason, evidence}`: why a mail came to this ticket
    trust: dict[str, Any] | None = None  # `{spf, dkim, dmarc, spam, virus, level}` of a mail
    invites: tuple[dict[str, Any], ...] = ()
    signed: dict[str, Any] | None = None
    report: dict[str, Any] | None = None
    defects: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()  # colleagues whom a note names
    quotes: bool = True  # a reply's mail has the customer's last message below
    beyond: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def public(self) -> bool:
        """True for what the customer may see: his own words, replies that have gone out, and no other kind."""
        return self.kind in ("reply", "customer") and self.delivery["status"] not in ("held", "cancelled")


_MESSAGE_TUPLES = {"to", "cc", "attachments", "references", "recipients", "invites", "defects", "mentions"}


def message_from(row: Mapping[str, Any]) -> Message:
    """The message in a table row of any schema."""
    row = upcast("message", row)
    values = {one.name: row[one.name] for one in fields(Message) if one.name in row}
    beyond = unknown(row, Message)
    tuples = {name: tuple(values[name]) for name in _MESSAGE_TUPLES if name in values}
    return Message(**values | tuples | {"beyond": beyond})


def snippet_of(text: str) -> str:
    """The first 140 characters of a body on one line, for lists."""
    return " ".join(text[:600].split())[:140]


def plain(value: Any) -> Any:
    """A field's value as an event holds it."""
    return list(value) if isinstance(value, tuple) else value
