"""Answers of a ticket's relations: who takes part, what it is linked with, side conversations."""

from __future__ import annotations

from typing import Literal

from helpdesk.web.answers.base import Answered
from helpdesk.web.answers.tickets import Attachment, Delivery, Recipient, TicketStatus


class Participant(Answered):
    """Somebody who takes part; `id` is what a removal names."""

    id: str
    role: Literal["requester", "cc", "follower", "agent"]
    person_id: str | None
    email: str | None
    name: str | None


class LinkedTicket(Answered):
    """The ticket at the other end of a link."""

    id: str
    number: int
    subject: str
    status: TicketStatus
    assignee_id: str | None
    merged_into: str | None


class Link(Answered):
    """The other ticket is this one's `kind`."""

    kind: Literal["parent", "child", "problem", "incident", "duplicate_of", "duplicate", "related"]
    ticket: LinkedTicket


class SideAuthor(Answered):
    """Who wrote: staff, the desk itself, or a third party, whose id is his address."""

    kind: Literal["agent", "system", "key", "third_party"]
    id: str
    name: str


class SideConversation(Answered):
    """A talk with third parties beside a ticket, which its customers never see."""

    id: str
    ticket_id: str
    subject: str
    to: list[str]
    state: Literal["open", "resolved"]
    created_by: SideAuthor
    created_at: str


class SideMessage(Answered):
    """One mail of a side conversation."""

    id: str
    kind: Literal["sent", "received"]
    author: SideAuthor
    body_html: str
    body_text: str
    trimmed_html: str | None
    to: list[str]
    cc: list[str]
    attachments: list[Attachment]
    automatic: bool
    mail_id: str | None
    delivery: Delivery
    recipients: list[Recipient]
    created_at: str
