"""The shapes of answers, for the API's description and for tests that hold answers to it; not imported to serve."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class Answered(BaseModel):
    """An answer that has these fields and no others."""

    model_config = ConfigDict(extra="forbid")


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
    version: int
    created_at: str
    updated_at: str


class Attachment(Answered):
    """A file; `size` in bytes, `inline` if the message's HTML shows it."""

    id: str
    filename: str
    content_type: str
    size: int
    inline: bool


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


class Delivery(Answered):
    """How far a reply has come on its way to the customer."""

    status: Literal["none", "queued", "sent", "delivered", "bounced", "complained", "failed"]
    detail: str | None = None


class Message(Answered):
    """A reply, a note or the customer's words; `trimmed_html` leaves the quoted history out, null if there is none."""

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
    delivery: Delivery
    created_at: str


class EventActor(Answered):
    """Who did it."""

    kind: Literal["agent", "contact", "key", "system"]
    id: str
    ip: str | None = None


class Subject(Answered):
    """What it was done to."""

    kind: Literal["ticket"]
    id: str


class Event(Answered):
    """One committed change: the same in feed, bus and webhooks; `seq` is its place in the feed."""

    id: str
    seq: int | None
    type: str
    at: str
    org_id: str
    subject: Subject
    version: int
    actor: EventActor
    via: str
    causation_id: str | None
    correlation_id: str
    changes: dict[str, Any]
    data: dict[str, Any]


class TicketDetail(Ticket):
    """A ticket with the statuses that it may move to, and what `include` asks for."""

    legal_statuses: list[str]
    messages: list[Message] | None = None
    messages_cursor: str | None = None
    events: list[Event] | None = None


class View(Answered):
    """A view with its live count and the query that it stands for."""

    id: str
    label: str
    group: Literal["inbox", "teams"]
    hue: int | None = None
    count: int
    query: dict[str, str]


class Person(Answered):
    """A customer (contact) or a colleague (agent)."""

    id: str
    org_id: str
    kind: Literal["agent", "contact"]
    name: str
    email: str
    role: str | None = None
    team_ids: list[str] | None = None
    locale: str | None
    version: int
    created_at: str
    updated_at: str
    disabled: bool


class Organisation(Answered):
    """The tenant."""

    id: str
    name: str
    support_address: str
    locale: str


class Me(Answered):
    """The caller and what he may do."""

    kind: Literal["agent", "contact", "key"]
    id: str
    name: str
    email: str
    role: str | None
    permissions: list[str]
    team_ids: list[str]
    org: Organisation


class Session(Answered):
    """One of the caller's sessions."""

    id: str
    created_at: str
    user_agent: str
    ip: str
    current: bool


class Status(Answered):
    """A status of the desk with its legal moves."""

    id: str
    label: str
    customer_label: str
    category: str
    next: list[str]


class Priority(Answered):
    """A priority; the higher its rank, the sooner."""

    id: str
    label: str
    rank: int


class Team(Answered):
    """A team; `hue` is its colour in degrees."""

    id: str
    name: str
    hue: int
    version: int
    created_at: str


class Tag(Answered):
    """A tag and how many tickets carry it."""

    id: str
    count: int


class ApiKey(Answered):
    """An API key without its secret."""

    id: str
    name: str
    scopes: list[str]
    created_by: str
    created_at: str
    expires_at: str | None
    last_used_at: str | None


class NewApiKey(ApiKey):
    """An API key with its secret, which is shown this once."""

    key: str


class ReceivedMail(Answered):
    """What became of one received mail."""

    id: str
    received_at: str
    ses_id: str
    outcome: Literal["message", "duplicate", "own_loop", "quarantine"]
    cause: str | None
    reason: str | None
    envelope_from: str | None
    recipients: list[str]
    subject: str
    message_id: str | None
    ticket_id: str | None
    ticket_message_id: str | None
    size: int
    defects: list[str]
    verdicts: dict[str, str]
    parser_version: int
    rejected: bool
    model_config = ConfigDict(extra="allow")  # `from`, which is no name in Python


class Health(Answered):
    """The desk answers."""

    status: Literal["ok"]


class PortalStatus(Answered):
    """A status in the customer's words."""

    id: str
    label: str
    category: str


class PortalTicket(Answered):
    """A ticket as its customer sees it."""

    id: str
    number: int
    subject: str
    status: PortalStatus
    channel: str
    snippet: str
    first_response_at: str | None
    version: int
    created_at: str
    updated_at: str


class PortalAuthor(Answered):
    """Who wrote; `you` is the reader himself."""

    kind: str
    name: str
    you: bool


class PortalMessage(Answered):
    """A public message."""

    id: str
    kind: Literal["reply", "customer"]
    author: PortalAuthor
    body_html: str
    body_text: str
    trimmed_html: str | None
    attachments: list[Attachment]
    created_at: str


class Handler(Answered):
    """The colleague who has the ticket."""

    name: str


class PortalTicketDetail(PortalTicket):
    """A ticket with its newest public messages and what the customer may do."""

    messages: list[PortalMessage]
    messages_cursor: str | None
    handled_by: Handler | None
    can_close: bool
    can_reopen: bool


class FieldFault(Answered):
    """One field at fault: JSON pointer, code and sentence."""

    pointer: str
    code: str
    message: str


class Problem(BaseModel):
    """RFC 9457; some codes carry more facts."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldFault]
    request_id: str
