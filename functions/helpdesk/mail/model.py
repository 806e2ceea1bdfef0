"""What a mail is once it has been read: the words that the rest of the mail domain shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PARSER_VERSION = 2
"""Raised with each change of `parse` that gives another result for some mail, so that the archive can be read
again.
"""


class QuarantineCause(StrEnum):
    """Why a mail waits for a person instead of becoming a message. The list is closed: screens and rules name
    each.
    """

    UNPARSEABLE = "unparseable"
    EMPTY = "empty"
    NO_SENDER = "no_sender"
    SENDER_IS_OWN_ADDRESS = "sender_is_own_address"
    UNKNOWN_RECIPIENT = "unknown_recipient"
    TOO_LARGE = "too_large"
    SPAM = "spam"
    VIRUS = "virus"
    BLOCKED = "blocked"
    RATE_LIMITED = "rate_limited"


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox: `name` as people read it (may be empty), `email` normalised by `email_address.normalise`."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class MailAttachment:
    """A file of a mail. `inline` files are shown by the HTML through `content_id`; all others belong in a
    list.

    `content_id` has the form of `content_ids.normalise`: what `sanitise` asks its `image_src` for.
    """

    filename: str
    content_type: str
    content: bytes
    sha256: str
    inline: bool
    content_id: str | None


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery report (RFC 3464): who was not reached and which of our mails it was about, as far as it
    says so.
    """

    recipients: tuple[str, ...]
    status: str | None
    permanent: bool
    original_message_id: str | None


@dataclass(frozen=True, slots=True)
class ReportedRecipient:
    """What a report says of one recipient: `action` as in RFC 3464 (failed, delayed, delivered, relayed, expanded).

    For a read receipt `action` is its disposition (displayed, deleted ...; RFC 8098), for a complaint its type.
    """

    email: str
    action: str
    status: str | None = None
    diagnostic: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Mail about a mail of ours. `kind`: delivery (RFC 3464), receipt (RFC 8098), feedback (a complaint, RFC 5965) or
    challenge (somebody's filter wants proof that a person wrote).
    """

    kind: str
    recipients: tuple[ReportedRecipient, ...] = ()
    original_message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody invited; `status` as in RFC 5545 (needs-action, accepted, declined, tentative, delegated)."""

    name: str
    email: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Invite:
    """An event of a calendar part (RFC 5545). Times: `2026-03-05T09:00:00Z`, without Z where the event has no zone, a
    bare date for whole days (then `end` is the day after the last). `sha256` is that of the .ics.
    """

    method: str
    summary: str
    start: str | None
    end: str | None
    organizer: Attendee | None
    location: str
    attendees: tuple[Attendee, ...]
    recurrence: str
    status: str
    uid: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed a mail, and whether that can be believed. `kind`: smime or pgp; `status`: verified, unverified (the
    signature says nothing that we can be sure of) or invalid (the mail was changed). `problem` is a code, None if
    verified.
    """

    kind: str
    status: str
    signer: str | None = None
    issuer: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """One mail, read. Message ids have the form of `message_ids.normalise`; `html` is as it came: sanitise
    it.

    `references` is in document order, newest last, at most 100. `automatic` holds the reasons to think that a
    machine wrote it. `defects` are codes of what was broken. `content_hash` is the same for each delivery of
    the same mail.
    """

    message_id: str | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    from_: Address | None
    reply_to: tuple[Address, ...]
    sender: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    date: datetime | None
    text: str
    html: str | None
    attachments: tuple[MailAttachment, ...]
    headers: tuple[tuple[str, str], ...]
    automatic: frozenset[str]
    bounce: Bounce | None
    defects: tuple[str, ...]
    size: int
    content_hash: str
    parser_version: int = PARSER_VERSION
    report: Report | None = None
    invites: tuple[Invite, ...] = ()
    signed: Signed | None = None

    def header(self, name: str) -> str | None:
        """The first value of the header `name` (any case), decoded, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)
