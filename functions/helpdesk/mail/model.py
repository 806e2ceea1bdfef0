"""What a mail is once it has been read: the words that the rest of the mail domain shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PARSER_VERSION = 1
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

    def header(self, name: str) -> str | None:
        """The first value of the header `name` (any case), decoded, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)
