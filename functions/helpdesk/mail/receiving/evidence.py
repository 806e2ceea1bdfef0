"""What speaks for a ticket, as plain data: the words in which `threading` decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from helpdesk.settings.mail_policy import MailPolicy


@dataclass(frozen=True, slots=True)
class KnownMessage:
    """A Message-ID (normalised) that some ticket has stored; `ours` if we sent that mail."""

    message_id: str
    ticket_id: str
    ours: bool


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """What the decision needs of a ticket that some evidence names; `participants` = requester and cc,
    normalised. `done_at` is since when it has been solved or closed.
    """

    ticket_id: str
    participants: frozenset[str]
    category: str
    updated_at: datetime
    subject: str = ""
    trashed: bool = False
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A ticket that something other than a Message-ID or a reply address names.

    `source` is body, attachment, rule, subject or late; `says` is for people to read. `admits` lets anybody in, as
    a rule for his very address does; `recovery` tells that the trouble of a monitoring rule is over.
    """

    source: str
    value: str
    ticket_id: str
    says: str
    admits: bool = False
    recovery: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that speaks for a ticket. `known` holds what the store found for the ids of `references` and
    `in_reply_to`.

    `envelope_ticket` and `header_ticket` come from signed reply addresses (`addresses.ticket_of`) among the
    envelope recipients and the To/Cc headers. `named` is in the order of its weight. `writable` are the tickets
    that a colleague whose mail is verified may write to. A ticket without facts in `tickets` (deleted, purged) is
    as if never named.
    """

    sender: str | None
    references: tuple[str, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    known: tuple[KnownMessage, ...] = ()
    tickets: Mapping[str, TicketFacts] = field(default_factory=dict)
    envelope_ticket: str | None = None
    header_ticket: str | None = None
    subject: str = ""
    automatic: bool = False
    named: tuple[Named, ...] = ()
    writable: frozenset[str] = frozenset()
    received_at: datetime | None = None
    policy: MailPolicy = field(default_factory=MailPolicy)
