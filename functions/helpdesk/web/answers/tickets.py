"""Answers of tickets, messages and files."""

from __future__ import annotations

from typing import Any, Literal

from helpdesk.web.answers.base import Answered
from helpdesk.web.answers.events import Event
from helpdesk.web.answers.mail_facts import Invite, Report, Signed, Threading, Trust
from helpdesk.web.answers.past import FieldChange, Snooze, Times
from helpdesk.web.answers.promises import Sla
from helpdesk.web.answers.routing import Unmatched


class PersonReference(Answered):
    """A person as a ticket names him."""

    id: str
    name: str
    email: str


class TicketStatus(Answered):
    """A ticket's status; rules and reports go by the category."""

    id: str
    label: str
    category: Literal["new", "open", "waiting", "on_hold", "solved", "closed"]


class LastMessage(Answered):
    """Who spoke last, and when."""

    kind: Literal["reply", "customer"]
    at: str


class Ticket(Answered):
    """A ticket in a list; `due_at` is the first of its promises that run. Times are RFC 3339 in UTC."""

    id: str
    number: int
    subject: str
    status: TicketStatus
    priority: str
    requester: PersonReference
    assignee_id: str | None
    team_id: str | None
    tags: list[str]
    fields: dict[str, Any]
    topic_id: str | None
    type: Literal["question", "incident", "problem", "task"] | None
    cc: list[str]
    channel: str
    snippet: str
    message_count: int
    has_attachments: bool
    last_message: LastMessage | None
    first_response_at: str | None
    resolved_at: str | None
    status_changed_at: str
    linked_to: str | None
    snooze: Snooze | None
    language: str | None
    unmatched: Unmatched | None
    trashed_at: str | None
    company_id: str | None
    followers: list[str]
    parent_id: str | None
    problem_id: str | None
    duplicate_of: str | None
    merged_into: str | None
    merged_from: list[str]
    open_side_conversations: int
    due_at: str | None
    sla: Sla | None
    mailbox_id: str | None
    version: int
    created_at: str
    updated_at: str


class Attachment(Answered):
    """A file; `size` in bytes, `inline` if the message's HTML shows it, `verdict` of a virus scan if there was one."""

    id: str
    filename: str
    content_type: str
    size: int
    inline: bool
    sha256: str | None = None
    verdict: str | None = None


class UploadForm(Answered):
    """Post multipart/form-data to `url`: the fields first, then `file`."""

    url: str
    fields: dict[str, str]


class Upload(Attachment):
    """A file that is about to be uploaded, within five minutes."""

    upload: UploadForm


class Author(Answered):
    """Who wrote a message."""

    kind: Literal["agent", "contact", "system"]
    id: str
    name: str


Sent = Literal["queued", "sent", "delayed", "delivered", "complained", "suppressed", "bounced", "failed"]


class Recipient(Answered):
    """How far a mail has come for one address; `detail` is what the other side said."""

    email: str
    status: Sent
    detail: str | None
    at: str


class Delivery(Answered):
    """How far a reply has come on its way: of its recipients' states what most wants to be looked at.

    `later` is one that was written to leave at a time (`until`); `waits` is why it does not,
    `status_id` the status that the ticket gets then.
    """

    status: Literal["none", "held", "cancelled"] | Sent
    detail: str | None = None
    until: str | None = None
    later: bool | None = None
    waits: Literal["customer", "trash"] | None = None
    status_id: str | None = None


class Message(Answered):
    """A reply, a note or the customer's words; `trimmed_html` leaves the quoted history out, null if there is none.

    `third_party`: it came from somebody who did not take part until then. `threading` and `trust`, `invites`, `signed`,
    `report` and `defects` (codes of what was broken) are of the mail that it came with; `recipients` is empty until
    the mail of a reply is sent.
    """

    id: str
    kind: Literal["reply", "note", "customer"]
    author: Author
    body_html: str
    body_text: str
    trimmed_html: str | None
    to: list[str]
    cc: list[str]
    attachments: list[Attachment]
    automatic: bool
    mail_id: str | None
    third_party: bool
    mentions: list[str]
    threading: Threading | None
    trust: Trust | None
    invites: list[Invite]
    signed: Signed | None
    report: Report | None
    defects: list[str]
    delivery: Delivery
    recipients: list[Recipient]
    created_at: str


class FieldRules(Answered):
    """The custom fields that the ticket's form asks of the reader, in order; those he must fill, and only reads."""

    asked: list[str]
    required: list[str]
    read_only: list[str]


class TicketDetail(Ticket):
    """A ticket with the statuses that it may move to, its field rules, and what `include` asks for.

    A problem that was just solved tells how many `open_incidents` could be solved with it.
    """

    legal_statuses: list[str]
    field_rules: FieldRules
    as_of: str | None = None
    times: Times | None = None
    changes: dict[str, FieldChange] | None = None
    open_incidents: int | None = None
    messages: list[Message] | None = None
    messages_cursor: str | None = None
    planned: list[Message] | None = None
    events: list[Event] | None = None
