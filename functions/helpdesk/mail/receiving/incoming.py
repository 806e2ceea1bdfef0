"""A mail on its way in: what SES said, what the parser read, how it is classed, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from helpdesk.mail import addresses, loops, message_ids
from helpdesk.mail.keys import mail_key
from helpdesk.mail.loops import Classification
from helpdesk.mail.model import ParsedMail, QuarantineCause
from helpdesk.mail.receiving import intake, verdicts
from helpdesk.mail.receiving.ledger import Received
from helpdesk.mail.receiving.receipt import Receipt
from helpdesk.mail.receiving.writers import Writer, has_one_from, writer_of
from helpdesk.people.model import Person
from helpdesk.settings.mail_policy import MailPolicy, mail_policy
from helpdesk.settings.mailboxes import Mailbox, mailboxes, main_mailbox, own_addresses
from helpdesk.settings.sender_rules import BLOCKED, TRUSTED, verdict_on

_NOBODY = "unknown@sender.invalid"  # RFC 2606: nobody can own it
_NEVER_HUMAN = {"out_of_office", "report", "mailer_daemon", "null_return_path"}


@dataclass(frozen=True)
class Incoming:
    """One mail and all that is known of it; `message_id` is the id that we store for it.

    `mailboxes` are all addresses that are ours, `boxes` the mailboxes that it was sent to, in the order of the
    envelope. `forwarded_by` is the colleague who passed it on for its writer.
    """

    org_id: str
    receipt: Receipt
    mail: ParsedMail
    kind: Classification
    message_id: str
    mailboxes: tuple[str, ...]
    boxes: tuple[Mailbox, ...]
    writer: Writer | None
    policy: MailPolicy
    verdict: str | None = None
    released: bool = False
    forwarded_by: Person | None = None

    @property
    def sender(self) -> str:
        """The address of whoever wrote."""
        return self.writer.address.email if self.writer else _NOBODY

    @property
    def sender_name(self) -> str | None:
        """His name, if the mail tells it."""
        return self.writer.address.name if self.writer else None

    @property
    def mailbox(self) -> Mailbox:
        """The mailbox that decides: the first that the envelope names; the main one for mail that none was named."""
        return self.boxes[0] if self.boxes else main_mailbox(self.org_id)

    @property
    def trusted(self) -> bool:
        """True if an administrator trusts the sender, and nothing says that it is not he."""
        return self.verdict == TRUSTED and self.trust["level"] != verdicts.FAILED

    @property
    def trust(self) -> dict[str, Any]:
        """How far it is who it says it is, as the message tells."""
        sent_by = self.writer.sent_by if self.writer else None
        return verdicts.trust_of(self.receipt.verdicts, sent_by, one_from=has_one_from(self.mail))

    @property
    def counts(self) -> bool:
        """True if it may reopen a ticket and shows as the customer's last word."""
        human = self.trusted and not self.kind.bounce and not self.kind.automatic & _NEVER_HUMAN
        return self.released or self.kind.reopens or human

    @property
    def automatic(self) -> bool:
        """True if a machine wrote it."""
        return bool(self.kind.automatic) or self.kind.bounce

    @property
    def domain(self) -> str:
        """The domain of our ids."""
        return self.mailboxes[0].rpartition("@")[2]

    def renamed(self) -> Incoming:
        """Another mail under a Message-ID that is known (pain point 5): it gets an id of its own content."""
        own = message_ids.from_raw(self.mail.content_hash.encode(), self.domain)
        return replace(self, message_id=own)


def incoming_of(org_id: str, receipt: Receipt, raw: bytes, mail: ParsedMail, *, released: bool) -> Incoming:
    """Class a parsed mail by the organisation's settings; no round trip when they are warm."""
    key, own = mail_key(), own_addresses(org_id)
    kind = loops.classify(
        mail,
        own,
        lambda id_: message_ids.verify(id_, key) is not None,
        lambda value: loops.is_loop_header(value, org_id, key),
        receipt.envelope_from,
    )
    boxes = addresses.mailboxes_in(receipt.recipients, mailboxes(org_id).values())
    writer = writer_of(mail, own, by_reply_to=bool(boxes) and boxes[0].sender == "reply_to")
    return Incoming(
        org_id=org_id,
        receipt=receipt,
        mail=mail,
        kind=kind,
        message_id=mail.message_id or message_ids.from_raw(raw, own[0].rpartition("@")[2]),
        mailboxes=own,
        boxes=boxes,
        writer=writer,
        policy=mail_policy(org_id),
        verdict=_verdict(org_id, mail, writer),
        released=released,
    )


def quarantine_cause(incoming: Incoming) -> QuarantineCause | None:
    """Why a person has to look first, or None."""
    verdicts = incoming.receipt.verdicts
    if verdicts["virus"] == "FAIL":
        return QuarantineCause.VIRUS
    if incoming.verdict == BLOCKED:
        return QuarantineCause.BLOCKED
    if verdicts["spam"] == "FAIL" and not incoming.trusted:
        return QuarantineCause.SPAM
    if not incoming.boxes and not _answers_us(incoming):
        return QuarantineCause.UNKNOWN_RECIPIENT
    return intake.quarantine_cause(incoming.mail, incoming.mailboxes)


def ledger_row(incoming: Incoming) -> Received:
    """The mail's row in the ledger, but for its outcome."""
    mail, receipt = incoming.mail, incoming.receipt
    return Received(
        id=receipt.mail_id,
        org_id=incoming.org_id,
        received_at=receipt.received_at,
        object_key=receipt.object_key,
        outcome="",
        envelope_from=receipt.envelope_from,
        recipients=receipt.recipients[:100],
        sender=mail.from_.email if mail.from_ else None,
        subject=mail.subject[:250],
        message_id=mail.message_id,
        size=mail.size,
        defects=mail.defects[:20],
        verdicts=receipt.verdicts,
        parser_version=mail.parser_version,
    )


def _verdict(org_id: str, mail: ParsedMail, writer: Writer | None) -> str | None:
    """An administrator's word on the writer or on the From; only the From can be trusted, for it alone is checked."""
    named = verdict_on(org_id, mail.from_.email if mail.from_ else None)
    behind = verdict_on(org_id, writer.address.email) if writer else None
    return BLOCKED if BLOCKED in (named, behind) else named


def _answers_us(incoming: Incoming) -> bool:
    """Whether it was sent to a reply address of ours, also of a mailbox that is out of use."""
    own, key = incoming.mailboxes, mail_key()
    named = incoming.receipt.recipients
    return any(addresses.ticket_of(one, own, key) or addresses.side_of(one, own, key) for one in named)
