"""Each mail that we send has one row: claimed before SES is asked, closed when SES has taken it.

SES has no idempotency token, so a worker that dies between asking and noting leaves a row that says `sending`.
Nobody sends again while SES's own Send event may still come (SEND_GRACE_SECONDS); the event closes the row.
Only when it has not come by then is the mail sent again: the one way to a double is that SES took a mail and
its event was lost or later than that.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.errors import Unavailable
from helpdesk.core.items import Item
from helpdesk.core.table import NEW, Action, ConditionFailed, Delete, Put, Update, get, transact, write
from helpdesk.mail.sending.recipient_states import State

KEPT = timedelta(days=90)


def claim(org_id: str, delivery_id: str, facts: dict[str, Any], also: list[Action]) -> bool:
    """Take the sending of a mail; `also` is written with it. False when it has been sent.

    Raises
    ------
    Unavailable
        while another worker sends it, or died with it less than the grace ago.
    """
    now = clock.now()
    row = facts | {
        "pk": f"{org_id}#DELIVERY#{delivery_id}",
        "sk": "MAIL",
        "id": delivery_id,
        "status": "sending",
        "at": clock.iso(now),
        "expires_at": clock.epoch(now + KEPT),
    }
    try:
        transact([Put(config().deliveries_table, row, NEW), *also])
    except ConditionFailed as failure:
        return _take_over(row, failure.item)
    return True


def sent_elsewhere(org_id: str, ticket_id: str, message_id: str, email: str) -> Action:
    """The write that keeps a reply from going out: its reader has it from its author himself."""
    at, id_ = clock.now(), f"{org_id}_message_{ticket_id}_{message_id}"
    row = {
        "pk": f"{org_id}#DELIVERY#{id_}",
        "sk": "MAIL",
        "id": id_,
        "org_id": org_id,
        "ticket_id": ticket_id,
        "message_id": message_id,
        "side_id": None,
        "recipients": [{"email": email, "status": "sent", "detail": None, "at": clock.iso(at)}],
        "status": "sent",
        "at": clock.iso(at),
        "expires_at": clock.epoch(at + KEPT),
    }
    return Put(config().deliveries_table, row, NEW)


def give_back(org_id: str, delivery_id: str) -> None:
    """Let the next try send at once: SES has said that it did not take the mail."""
    pk = f"{org_id}#DELIVERY#{delivery_id}"
    values, names = {":sending": "sending"}, {"#status": "status"}
    try:
        write(Delete(config().deliveries_table, pk, "MAIL", "#status = :sending", names, values))
    except ConditionFailed:
        return


def find(org_id: str, delivery_id: str) -> Item | None:
    """The row of a mail that we send."""
    return get(config().deliveries_table, f"{org_id}#DELIVERY#{delivery_id}", "MAIL")


def moving(row: Item, status: str, states: list[State], ses_id: str | None = None) -> Action:
    """The write that gives a row newer states, provided that it still stands as it was read."""
    return Update(
        config().deliveries_table,
        row["pk"],
        row["sk"],
        "SET #status = :status, recipients = :states, ses_id = :ses, #rev = :next",
        "#status = :from AND (attribute_not_exists(#rev) OR #rev = :rev)",
        names={"#status": "status", "#rev": "rev"},
        values={
            ":status": status,
            ":states": states,
            ":ses": ses_id or row.get("ses_id"),
            ":from": row["status"],
            ":rev": row.get("rev", 0),
            ":next": row.get("rev", 0) + 1,
        },
    )


def _take_over(row: Item, found: Item | None) -> bool:
    if not found:
        raise Unavailable("this mail is being claimed by another worker")
    if found["status"] != "sending":
        return False
    grace = timedelta(seconds=int(config().send_grace_seconds))
    if clock.parse(found["at"]) + grace > clock.now():
        raise Unavailable("this mail is being sent by another worker")
    values, names = {":at": found["at"], ":sending": "sending"}, {"#status": "status", "#at": "at"}
    condition = "#at = :at AND #status = :sending"
    try:
        write(Put(config().deliveries_table, row, condition, names, values))
    except ConditionFailed as failure:
        raise Unavailable("this mail is being sent by another worker") from failure
    return True
