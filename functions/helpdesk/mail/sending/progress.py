"""What becomes of a mail that we sent is noted on its delivery and, in the same commit, on its message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from helpdesk.access.actor import cause_of, system
from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.errors import Unavailable
from helpdesk.core.items import Item
from helpdesk.core.table import Action, ConditionFailed, transact
from helpdesk.core.tries import tries
from helpdesk.mail import store
from helpdesk.mail.message_ids import normalise
from helpdesk.mail.sending import deliveries
from helpdesk.mail.sending.recipient_states import State, first_states, moved, overall
from helpdesk.tickets import service
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.message_store import PUBLIC, set_delivery, side_thread
from helpdesk.tickets.model import Message

_TRIES = 8


def note(
    org_id: str,
    delivery_id: str,
    status: str,
    detail: str | None = None,
    *,
    emails: Sequence[str] | None = None,
    ses_id: str | None = None,
    also: Sequence[Action] = (),
) -> bool:
    """Move the states of `emails` (all without them) on, and tell of it on the message; False if nothing moved.

    `also` is written with it, or not at all.

    Raises
    ------
    Unavailable
        when too many tell of this mail at once.
    """
    for _ in tries(_TRIES):
        row = deliveries.find(org_id, delivery_id)
        if not row:
            return False
        before = row.get("recipients") or first_states(emails or (), {}, row["at"])
        after = moved(before, status, detail, clock.stamp(), emails)
        if after == before and row["status"] != "sending":
            return False
        try:
            shown = overall(after) if after else (status, detail)
            _commit(row, shown, after, ses_id, also)
        except ConditionFailed:
            continue
        return True
    raise Unavailable("this delivery is being noted by too many at once")


def own_id_rows(facts: Item, message_id: str) -> list[Action]:
    """The writes that make a Message-ID known as that of a delivery of ours."""
    return store.mail_id_rows(
        facts["org_id"],
        normalise(message_id) or message_id,
        ticket_id=facts["ticket_id"],
        ours=True,
        message_id=facts.get("message_id"),
        side_id=facts.get("side_id"),
        delivery_id=facts["id"],
    )


def _commit(
    row: Item, shown: tuple[str, str | None], states: list[State], ses_id: str | None, also: Iterable[Action]
) -> None:
    status, detail = shown
    actions = [deliveries.moving(row, status, states, ses_id), *also]
    ses_name = f"{ses_id}@{_ses_domain()}" if ses_id else None
    if ses_name and row["ticket_id"]:
        actions += own_id_rows(row, ses_name)
    if row["message_id"]:
        _tell(row, {"status": status, "detail": detail}, states, ses_name, actions)
    else:
        transact(actions)


def _tell(
    row: Item, delivery: dict[str, Any], states: list[State], ses_name: str | None, actions: Sequence[Action]
) -> None:
    org_id, message_id, side_id = row["org_id"], row["message_id"], row.get("side_id")
    thread = side_thread(side_id) if side_id else PUBLIC
    shown = set_delivery(org_id, row["ticket_id"], message_id, delivery, states, ses_name, thread)
    data = {"message_id": message_id, **delivery}
    # A side conversation's events carry ids alone: who the third parties are is nobody's business but its readers'.
    data |= {"side_conversation_id": side_id} if side_id else {"recipients": states}

    def apply(edit: Edit) -> tuple[Sequence[Message], Sequence[Action]]:
        edit.record("side_conversation.delivery_changed" if side_id else "message.delivery_changed", data)
        return [], [shown, *actions]

    actor = system(org_id)
    service.change(actor, cause_of(actor, "mail"), row["ticket_id"], apply, merged=True, trashed=True)


def _ses_domain() -> str:
    """The domain of the Message-ID that SES puts in place of ours."""
    region = config().aws_region
    return "email.amazonses.com" if region == "us-east-1" else f"{region}.amazonses.com"
