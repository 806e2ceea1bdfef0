"""Sending: one job, one letter, one call of SES, whatever is killed or delivered twice (EM-76)."""

from __future__ import annotations

import json
from typing import Any

from helpdesk.core import clock
from helpdesk.core.aws import client
from helpdesk.core.errors import NotFound, Unavailable
from helpdesk.mail.sending import deliveries, letters, notices, outbox, progress, side_letters, suppressions
from helpdesk.mail.sending.envelopes import Letter
from helpdesk.mail.sending.recipient_states import first_states
from helpdesk.tickets import purge_store, sending, service

_REFUSED = {
    "MessageRejected",
    "MailFromDomainNotVerifiedException",
    "MailFromDomainNotVerified",
    "ConfigurationSetDoesNotExist",
    "ConfigurationSetSendingPausedException",
    "AccountSendingPausedException",
    "InvalidParameterValue",
}


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
        if event["data"].get("later"):  # the ticket's own timer lets it go
            return
        if seconds := sending.send_due(event["org_id"], event["subject"]["id"], event["data"]["message_id"]):
            outbox.again(body, seconds)
        return
    letter = _letter_of(job)
    if letter:
        send(letter)


def send(letter: Letter) -> None:
    """Send a letter, unless it has been sent, to those of its recipients whose addresses are not suppressed."""
    suppressed = suppressions.among(letter.org_id, letter.to)
    kept_back = dict(letter.refused or {}) | {email: ("suppressed", why) for email, why in suppressed.items()}
    names = ("org_id", "ticket_id", "message_id", "side_id")
    facts = {name: getattr(letter, name) for name in names} | {"id": letter.delivery_id}
    also = progress.own_id_rows(facts, letter.own_id) if letter.ticket_id else []
    states = [*first_states(letter.to, kept_back, clock.stamp()), *letter.others]
    if not deliveries.claim(letter.org_id, letter.delivery_id, facts | {"recipients": states}, also):
        return
    to = [email for email in letter.to if email not in kept_back]
    ses_id, refusal = _ask_ses(letter, to) if to else (None, "nobody to send to")
    if refusal:
        progress.note(letter.org_id, letter.delivery_id, "failed", refusal, emails=[*letter.to, *kept_back])
    else:
        progress.note(letter.org_id, letter.delivery_id, "sent", ses_id=ses_id)


def _letter_of(job: dict[str, Any]) -> Letter | None:
    if job.get("kind") == "sign_in_link":
        return notices.sign_in_letter(job["org_id"], job["email"], job["id"])
    if job.get("kind") == "template_test":
        return notices.trial_letter(job)
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
    if event["type"] == "message.resent":
        ticket = service.get_ticket(event["org_id"], event["subject"]["id"])
        return letters.reply_letter(ticket, event["data"]["message_id"], event["id"], event["data"]["to"])
    if event["type"] == "side_conversation.message_sent":
        return side_letters.letter_for(event)
    if event["type"] == "ticket.created" and event["data"].get("acknowledge"):
        return letters.acknowledgement_letter(service.get_ticket(event["org_id"], event["subject"]["id"]))
    if event["type"] == "mail.too_large":
        return notices.answer_letter(event["org_id"], "too_large", event["subject"]["id"])
    if event["type"] == "mail.rejected" and event["data"].get("tell"):
        return notices.answer_letter(event["org_id"], "undeliverable", event["subject"]["id"])
    return None


def _ask_ses(letter: Letter, to: list[str]) -> tuple[str | None, str | None]:
    """`(SES's id, None)`, or `(None, why it refuses for good)`.

    A time-out leaves the claim standing: SES may have the mail, and its Send event decides.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        answer = client("ses").send_raw_email(
            Destinations=to,
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
