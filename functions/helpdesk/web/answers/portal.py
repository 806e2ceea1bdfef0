"""Answers of the portal: what a customer sees."""

from __future__ import annotations

from typing import Any, Literal

from helpdesk.web.answers.base import Answered
from helpdesk.web.answers.tickets import Attachment


class Brand(Answered):
    """The desk as strangers may see it."""

    name: str
    locale: str


class PortalCompany(Answered):
    """A company whose people read each other's tickets."""

    id: str
    name: str


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
    topic_id: str | None
    fields: dict[str, Any]
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
    can_write: bool
    can_close: bool
    can_reopen: bool
