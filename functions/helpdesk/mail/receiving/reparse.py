"""The archive read again: what the present parser makes of a mail that an older one has read, and taking it over.

Nothing that a person did is touched, and no file ever goes: a ticket keeps its subject and status, a message its id,
its place and the addresses of its files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from helpdesk.access.actor import cause_of, system
from helpdesk.core import blobs
from helpdesk.core.config import config
from helpdesk.core.errors import NotFound
from helpdesk.core.log import events_of
from helpdesk.core.table import Action, transact
from helpdesk.mail import store
from helpdesk.mail.model import QuarantineCause
from helpdesk.mail.parsing.parse import parse
from helpdesk.mail.receiving import ledger
from helpdesk.mail.receiving.incoming import Incoming, incoming_of, quarantine_cause
from helpdesk.mail.receiving.ledger import Received
from helpdesk.mail.receiving.receipt import Receipt
from helpdesk.mail.receiving.refiling import Refiled, refile
from helpdesk.mail.receiving.words import contents_of, file_rows, store_files
from helpdesk.tickets import bodies, message_store, service
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message, Ticket
from helpdesk.tickets.speaking import reread_message

FIELDS = {
    "body_text": "text",
    "body_html": "html",
    "trimmed_html": "html",
    "subject": "subject",
    "attachments": "attachments",
    "defects": "defects",
    "automatic": "automatic",
    "invites": "invites",
    "signed": "signed",
    "report": "report",
    "to": "recipients",
    "cc": "recipients",
    "references": "references",
}
"""How differences are called in the event and in what `desk mail reparse` prints."""

_UNREAD = frozenset({QuarantineCause.UNPARSEABLE, QuarantineCause.EMPTY, QuarantineCause.NO_SENDER})


@dataclass(frozen=True)
class Reading:
    """One mail, read again. `differs` names what would change, in the words of `FIELDS`.

    `parses` is true for a mail that waits in quarantine because it was not understood, and now is.
    """

    row: Received
    incoming: Incoming
    before: Message | None = None
    after: Message | None = None
    files: Refiled | None = None
    differs: tuple[str, ...] = ()
    parses: bool = False


def readings(org_id: str, since: datetime) -> Iterator[Reading]:
    """Every mail of the ledger that came since then and became a message, or was not understood, read again."""
    for row in ledger.walk(org_id, since):
        if not row.purged and (reading := reread(row)):
            yield reading


def reread(row: Received) -> Reading | None:
    """One mail, read again; None for one that has no message to compare with, or whose raw form is gone."""
    held = row.outcome == "quarantine" and row.cause in _UNREAD
    if not (held or row.outcome == "message"):
        return None
    try:
        incoming = _read(row)
    except NotFound:
        return None
    if held:
        return Reading(row, incoming, parses=quarantine_cause(incoming) is None)
    ticket_id, message_id = row.ticket_id or "", row.ticket_message_id or ""
    stored = message_store.get_message(row.org_id, ticket_id, message_id)
    if stored is None:
        return None  # it stands in a side conversation, or its ticket is being purged
    if _was_taken_apart(stored, incoming):
        return None
    before = bodies.unshelve([stored])[0]
    return _compared(row, incoming, before, Ticket(row.org_id, ticket_id))


def take_over(reading: Reading) -> None:
    """Change the message, if anything differs, by an event of its ticket; doing it twice changes nothing more.

    Raises
    ------
    ConditionFailed
        when the message has gone meanwhile.
    """
    row, before, after, files = reading.row, reading.before, reading.after, reading.files
    if before is None or after is None or files is None:
        return
    noted = ledger.reread(row, reading.incoming.mail)
    known = [
        ledger.replacing(noted),
        store.rehashed(row.org_id, after.rfc822_id or "", reading.incoming.mail.content_hash),
    ]
    if not reading.differs:
        if noted != row:
            transact(known)
        return
    store_files(row.org_id, reading.incoming.mail)
    actor, ticket_id = system(row.org_id), row.ticket_id or ""

    def apply(edit: Edit) -> tuple[list[Message], list[Action]]:
        reread_message(edit, before, after, list(reading.differs))
        rewritten = message_store.rewritten(row.org_id, ticket_id, after, f"v{noted.parser_version}")
        return [], [rewritten, *files.actions, *known]

    service.change(actor, cause_of(actor, "mail"), ticket_id, apply, merged=True, trashed=True)
    files.erase_replaced(row.org_id)


def _read(row: Received) -> Incoming:
    raw = blobs.get(config().mail_bucket, row.object_key)
    receipt = Receipt(row.id, row.received_at, row.object_key, row.envelope_from, row.recipients, row.verdicts)
    return incoming_of(row.org_id, receipt, raw, parse(raw), released=False)


def _compared(row: Received, incoming: Incoming, before: Message, ticket: Ticket) -> Reading:
    rows = file_rows(incoming, ticket, before.id, public=before.kind == "customer")
    files = refile(before, rows)
    values: dict[str, Any] = contents_of(incoming.mail, files.rows)
    values["attachments"] = (*values["attachments"], *files.kept)
    automatic = incoming.automatic and (before.automatic or not _was_released(row))
    after = replace(before, automatic=automatic, **values)
    differs = [said for name, said in FIELDS.items() if getattr(before, name) != getattr(after, name)]
    return Reading(row, incoming, before, after, files, tuple(dict.fromkeys(differs)))


def _was_taken_apart(message: Message, incoming: Incoming) -> bool:
    """Whether it holds but a part of its mail: a colleague's answer without quotes, or what he passed on."""
    passed_on = message.trust is not None and message.trust["sent_by"] != incoming.trust["sent_by"]
    return message.kind != "customer" or passed_on


def _was_released(row: Received) -> bool:
    """A person has said that this mail is nobody's machine."""
    return any(event.type == "mail.released" for event in events_of(row.org_id, "mail", row.id))
