"""Answers of what a mail holds beside its words."""

from __future__ import annotations

from typing import Literal

from helpdesk.web.answers.base import Answered


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
