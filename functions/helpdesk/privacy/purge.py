"""A purged ticket is erased from every store, in steps that may be repeated; the tombstone goes last (TM-19).

Rows lead to everything else, so they are removed only when all that they lead to is gone: a worker that is killed
anywhere and started again finds what is left. What stays: the tombstone, the feed's entries without their content,
and the hashes of Message-IDs, so that the mail is never taken in again (part 3, 38 of the research).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from helpdesk.access.actor import cause_of, system
from helpdesk.core import blobs, clock
from helpdesk.core.config import config
from helpdesk.core.errors import Conflict, NotFound, Unavailable
from helpdesk.core.items import Item
from helpdesk.feed import erasing
from helpdesk.mail import store as mail_store
from helpdesk.mail.receiving import ledger
from helpdesk.privacy import store
from helpdesk.tickets import attachment_store, purge, purge_store, trash
from helpdesk.tickets.attachments import upload_key
from helpdesk.tickets.bodies import folder_of
from helpdesk.webhooks import erasing as webhooks

SETTLED = timedelta(minutes=10)  # shared bytes that are younger may belong to a mail that is just coming in
_AT_ONCE = 100


def sweep(org_id: str) -> int:
    """Begin the purge of what has been in the trash for too long, and go on with what did not end; says how many."""
    actor, begun = system(org_id), 0
    for ticket_id in purge_store.due(org_id, trash.due_before(org_id), _AT_ONCE):
        try:
            purge.begin(actor, cause_of(actor, "system"), ticket_id)
            begun += 1
        except (NotFound, Conflict):
            continue  # somebody was quicker, or took it back
    for ticket_id in purge_store.unfinished(org_id, _AT_ONCE):
        erase(org_id, ticket_id)
    return begun


def erase(org_id: str, ticket_id: str) -> None:
    """Erase what is left of a purged ticket; harmless when nothing is.

    Raises
    ------
    Unavailable
        while its events are not published, or bytes that it shares are too new to judge: to be tried again later.
    """
    tombstone = purge_store.get_tombstone(org_id, ticket_id)
    if not tombstone or "s_pk" not in tombstone:
        return
    rows = store.rows_of(org_id, ticket_id)
    events = [row for row in rows if row["sk"].startswith("EVENT#")]
    if any("seq" not in row for row in events):
        raise Unavailable("its events are not published yet")
    last = [row for row in events if row["type"] == "ticket.purged"]
    told = [row for row in events if row["type"] != "ticket.purged"]
    messages = [row for row in rows if row["sk"].startswith(("MSG#", "SAID#"))]
    erasing.redact(org_id, told)
    webhooks.erase(org_id, told)
    _erase_mail(org_id, ticket_id, rows, messages)
    _erase_files(org_id, ticket_id, messages)
    _erase_traces(org_id, ticket_id, messages, told)
    store.delete_rows(row for row in rows if row not in last)
    purge_store.finish(tombstone)


def _erase_mail(org_id: str, ticket_id: str, rows: Sequence[Item], messages: Sequence[Item]) -> None:
    """Raw mails in every version, what the ledger says of them, and all of their ids but the hashes."""
    pointed = [row["sk"].removeprefix("MAIL#") for row in rows if row["sk"].startswith("MAIL#")]
    for mail_id in dict.fromkeys([*pointed, *(row["mail_id"] for row in messages if row.get("mail_id"))]):
        ledger.purge(org_id, mail_id)
    for row in rows:
        if row["sk"].startswith("MAILID#"):
            mail_store.forget_mail_id(org_id, row["sk"].removeprefix("MAILID#"))
        for digest in row["digests"] if row["sk"].startswith("MAILIDS#") else ():
            mail_store.forget_alias(org_id, digest, ticket_id)


def _erase_files(org_id: str, ticket_id: str, messages: Sequence[Item]) -> None:
    """Long bodies and attachments; bytes that another ticket's attachment shares stay there."""
    bucket = config().attachments_bucket
    blobs.erase(bucket, folder_of(org_id, ticket_id), exactly=False)
    named = {one["id"] for row in messages for one in row.get("attachments") or ()}
    known = attachment_store.get_attachments(org_id, list(named))
    files = {id_: row for id_, row in known.items() if row["ticket_id"] in (ticket_id, None)}  # a reply taken back
    for row in files.values():
        digest = row.get("sha256")
        blobs.erase(bucket, upload_key(org_id, row["id"]))  # older versions of it
        if not digest:
            blobs.erase(bucket, row["key"])
        elif not attachment_store.users_of(org_id, digest) - set(files) and not blobs.erase(
            bucket, row["key"], before=clock.now() - SETTLED
        ):
            raise Unavailable("a file of it came in just now, perhaps with another mail, too")
    for id_ in files:
        store.delete_attachment(org_id, id_)


def _erase_traces(org_id: str, ticket_id: str, messages: Sequence[Item], events: Sequence[Item]) -> None:
    """Its number, what is known of mails that it sent, and answers kept for retries."""
    names = [ticket_id]
    for row in events:
        if number := row["changes"].get("number"):
            store.delete_lookup(org_id, number["to"])
            names.append(str(number["to"]))
    for name in names:
        store.delete_answers(org_id, name)
    store.delete_delivery(org_id, f"{org_id}_ack_{ticket_id}")
    for row in messages:
        side = row["sk"].split("#")[1] if row["sk"].startswith("SAID#") else None
        place = f"side_{side}" if side else f"message_{ticket_id}"
        store.delete_delivery(org_id, f"{org_id}_{place}_{row['id']}")
    for command_id in {row["correlation_id"] for row in events}:
        store.delete_answer(org_id, command_id)
