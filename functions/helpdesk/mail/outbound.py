"""Sending: one job, one letter, one call of SES, whatever is killed or delivered twice (EM-76)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from helpdesk.access.actor import cause_of, system
from helpdesk.core.aws import client
from helpdesk.core.config import config
from helpdesk.core.errors import NotFound, Unavailable
from helpdesk.core.table import Action, ConditionFailed, transact
from helpdesk.core.tries import tries
from helpdesk.mail import deliveries, letters, outbox, side_letters, store
from helpdesk.mail.letters import Letter
from helpdesk.tickets import purge_store, sending, service
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.message_store import PUBLIC, set_delivery, side_thread
from helpdesk.tickets.model import Message

_REFUSED = {
    "MessageRejected",
    "MailFromDomainNotVerifiedException",
    "MailFromDomainNotVerified",
    "ConfigurationSetDoesNotExist",
    "ConfigurationSetSendingPausedException",
    "AccountSendingPausedException",
    "InvalidParameterValue",
}
_TRIES = 5


def send_for(body: str) -> None:
    """Do one job of the outbound queue: an event of ours, or a wish for a sign-in link.

    Raises
    ------
    Unavailable
        when it must be tried again later.
    """
    job: dict[str, Any] = json.loads(body)
    if job.get("detail", {}).get("type") == "message.held":
        event = job["detail"]
        if seconds := sending.send_due(event["org_id"], event["subject"]["id"], event["data"]["message_id"]):
            outbox.again(body, seconds)
        return
    letter = _letter_of(job)
    if letter:
        send(letter)


def send(letter: Letter) -> None:
    """Send a letter unless it has been sent."""
    names = ("org_id", "ticket_id", "message_id", "side_id")
    facts = {name: getattr(letter, name) for name in names}
    also = _own_id_rows(facts, letter.own_id) if letter.ticket_id else []
    if not deliveries.claim(letter.org_id, letter.delivery_id, facts, also):
        return
    if not letter.to:
        note(letter.org_id, letter.delivery_id, "failed", "nobody to send to")
        return
    ses_id, refusal = _ask_ses(letter)
    if refusal:
        note(letter.org_id, letter.delivery_id, "failed", refusal)
    else:
        note(letter.org_id, letter.delivery_id, "sent", ses_id=ses_id)


def note(org_id: str, delivery_id: str, status: str, detail: str | None = None, ses_id: str | None = None) -> None:
    """Move a delivery on, and tell of it on its message; a status that is behind changes nothing."""
    for _ in tries(_TRIES):
        row = deliveries.find(org_id, delivery_id)
        if not row or deliveries.RANK[status] <= deliveries.RANK[row["status"]]:
            return
        actions = [deliveries.moving(row, status, detail, ses_id)]
        ses_name = ses_id and f"{ses_id}@{_ses_domain()}"
        if ses_name and row["ticket_id"]:
            actions += _own_id_rows(row, ses_name)
        try:
            _commit(row, status, detail, ses_name, actions)
        except ConditionFailed:
            continue
        return
    raise Unavailable("this delivery is being noted by too many at once")


def _letter_of(job: dict[str, Any]) -> Letter | None:
    if job.get("kind") == "sign_in_link":
        return letters.sign_in_letter(job["org_id"], job["email"], job["id"])
    event = job["detail"]
    try:
        return _letter_for(event)
    except (Unavailable, NotFound):
        if purge_store.get_tombstone(event["org_id"], event["subject"]["id"]):
            return None
        raise


def _letter_for(event: dict[str, Any]) -> Letter | None:
    if event["type"] == "message.sent":
        ticket = service.get_ticket(event["org_id"], event["subject"]["id"])
        return letters.reply_letter(ticket, event["data"]["message_id"])
    if event["type"] == "side_conversation.message_sent":
        return side_letters.letter_for(event)
    if event["type"] == "ticket.created" and event["data"].get("acknowledge"):
        return letters.acknowledgement_letter(service.get_ticket(event["org_id"], event["subject"]["id"]))
    return None


def _ask_ses(letter: Letter) -> tuple[str | None, str | None]:
    """`(SES's id, None)`, or `(None, why it refuses for good)`.

    A time-out leaves the claim standing: SES may have the mail, and its Send event decides.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        answer = client("ses").send_raw_email(
            Destinations=list(letter.to),
            RawMessage={"Data": letter.raw},
        )
    except ClientError as failure:
        code = failure.response.get("Error", {}).get("Code", "")
        if code in _REFUSED:
            return None, code
        deliveries.give_back(letter.org_id, letter.delivery_id)
        raise Unavailable("SES does not take mail now") from failure
    except BotoCoreError as failure:
        raise Unavailable("SES did not answer") from failure
    return answer["MessageId"], None


def _commit(
    row: dict[str, Any], status: str, detail: str | None, ses_name: str | None, actions: Sequence[Action]
) -> None:
    if not row["message_id"]:
        transact(actions)
        return
    org_id, ticket_id, message_id = row["org_id"], row["ticket_id"], row["message_id"]
    delivery = {"status": status, "detail": detail}
    side_id = row.get("side_id")
    thread = side_thread(side_id) if side_id else PUBLIC
    shown = set_delivery(org_id, ticket_id, message_id, delivery, ses_name, thread)
    data = {"message_id": message_id} | delivery | ({"side_conversation_id": side_id} if side_id else {})

    def apply(edit: Edit) -> tuple[Sequence[Message], Sequence[Action]]:
        edit.record("side_conversation.delivery_changed" if side_id else "message.delivery_changed", data)
        return [], [shown, *actions]

    actor = system(org_id)
    service.change(actor, cause_of(actor, "mail"), ticket_id, apply, merged=True, trashed=True)


def _own_id_rows(facts: dict[str, Any], message_id: str) -> list[Action]:
    from helpdesk.mail.message_ids import normalise

    known = normalise(message_id) or message_id
    side_id = facts.get("side_id")
    return store.mail_id_rows(facts["org_id"], known, ticket_id=facts["ticket_id"], ours=True, side_id=side_id)


def _ses_domain() -> str:
    """The domain of the Message-ID that SES puts in place of ours."""
    region = config().aws_region
    return "email.amazonses.com" if region == "us-east-1" else f"{region}.amazonses.com"
