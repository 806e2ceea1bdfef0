"""Answers of tickets, messages and files."""

from __future__ import annotations

from typing import Any, Literal

from helpdesk.web.answers.base import Answered
from helpdesk.web.answers.events import Event
from helpdesk.web.answers.past import FieldChange, Snooze, Times


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
    """A ticket in a list. Times are RFC 3339 in UTC."""

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
    trashed_at: str | None
    company_id: str | None
    followers: list[str]
    parent_id: str | None
    problem_id: str | None
    duplicate_of: str | None
    merged_into: str | None
    merged_from: list[str]
    open_side_conversations: int
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
    """How far a reply has come on its way: of its recipients' states what most wants to be looked at."""

    status: Literal["none", "held", "cancelled"] | Sent
    detail: str | None = None
    until: str | None = None


class Evidence(Answered):
    """One sign in a mail that names a ticket: `value` is what stands at `source`, `used` if it decided."""

    source: Literal["envelope", "header", "references", "in_reply_to", "body", "attachment", "subject", "rule", "late"]
    value: str
    ticket_id: str
    used: bool


class Threading(Answered):
    """Why a mail came to its ticket, for people to read, and all that named a ticket, in order of its weight."""

    reason: str
    evidence: list[Evidence]


Verdict = Literal["pass", "fail", "gray", "error", "unchecked"]


class Trust(Answered):
    """What the receiving server says of a mail. Only `verified` (an aligned DMARC pass) gives anybody power.

    `sent_by` is the address of the From where somebody else wrote the mail.
    """

    spf: Verdict
    dkim: Verdict
    dmarc: Verdict
    spam: Verdict
    virus: Verdict
    level: Literal["verified", "unverified", "failed", "unchecked"]
    sent_by: str | None


class Invited(Answered):
    """Somebody in an invitation; `status` as in RFC 5545, in lower case, may be empty."""

    name: str
    email: str
    status: str


class Invite(Answered):
    """An event of a calendar file (RFC 5545).

    Times end in Z, or have no zone, or are dates of whole days (`end` is then the day after the last).
    `recurrence` is the RRULE; `attachment_id` names the .ics.
    """

    method: str
    summary: str
    start: str | None
    end: str | None
    organizer: Invited | None
    location: str
    attendees: list[Invited]
    recurrence: str
    status: str
    uid: str
    attachment_id: str | None


class Signed(Answered):
    """Who signed a mail. `invalid`: it was changed; `unverified`: nothing can be concluded; `problem` says why."""

    kind: Literal["smime", "pgp"]
    status: Literal["verified", "unverified", "invalid"]
    signer: str | None
    issuer: str | None
    problem: str | None


class ReportedRecipient(Answered):
    """What a report says of one recipient: `action` as in RFC 3464, a receipt's disposition, a complaint's type."""

    email: str
    action: str
    status: str | None
    diagnostic: str | None


class Report(Answered):
    """What a mail about a mail of ours reports."""

    kind: Literal["delivery", "receipt", "feedback", "challenge"]
    recipients: list[ReportedRecipient]
    original_message_id: str | None


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
    events: list[Event] | None = None
