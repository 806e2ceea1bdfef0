"""Notices by mail: one, or several as a digest, on the same way as all mail of the desk."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.ids import time_of
from helpdesk.core.items import Item
from helpdesk.mail import message_ids
from helpdesk.mail.keys import mail_key
from helpdesk.mail.model import Address
from helpdesk.mail.sending import compose, deliveries, outbound, templates
from helpdesk.mail.sending.envelopes import Letter, envelope_for, letter_of, reach, sender_for
from helpdesk.notifications.letters import Told, language_of, names_of, words_of
from helpdesk.notifications.model import State
from helpdesk.notifications.receivers import Known

_SUBJECTS = {"en": "{count} notices of {org}", "de": "{count} Mitteilungen von {org}"}


def post(org_id: str, parcel: Item, one: Known, told: list[Told]) -> State:
    """Mail notices to a colleague, once; a mail that was sent already is not sent again.

    Raises
    ------
    Unavailable
        when SES does not take mail now, or another worker may be sending this one.
    """
    letter = _letter(org_id, parcel, one, told)
    outbound.send(letter)
    row = deliveries.find(org_id, letter.delivery_id) or {}
    states = [each["status"] for each in row.get("recipients", ())]
    if not letter.to or "suppressed" in states:
        return State("suppressed", clock.stamp(), "address")
    return State("failed" if row.get("status") == "failed" else "sent", clock.stamp(), None)


def _letter(org_id: str, parcel: Item, one: Known, told: list[Told]) -> Letter:
    sender, language = sender_for(org_id), language_of(one.person.locale)
    whom, actors = reach(sender, [Address(one.person.name, one.person.email)]), names_of(org_id, told)
    groups = [
        _group(list(found), language, actors) for _, found in groupby(_by_ticket(told), lambda each: each.ticket.id)
    ]
    single = len(groups) == 1
    subject = groups[0]["heading"] if single else _SUBJECTS[language].format(count=len(told), org=sender.name)
    thread = [_thread_id(told[0].ticket.id, sender.mailbox.address)] if single else []
    envelope = envelope_for(
        sender,
        "acknowledgement",
        delivery_id=f"{org_id}_notice_{parcel['id']}",
        ulid=parcel["id"],
        name=sender.name,
        to=whom.to,
        subject=subject,
        at=clock.iso(time_of(parcel["id"])),
        locale=one.person.locale,
        chain=thread,
        in_reply_to=thread[0] if thread else None,
    )
    settings = f"{config().origin}/agent/me/notifications"
    values = {"subject": subject, "groups": groups, "settings": settings, "org": sender.name, "name": one.person.name}
    body = templates.part(f"{language}/notices", language, values)
    return letter_of(org_id, envelope, compose.compose_filled(envelope, body.text, body.html), whom.refused)


def _by_ticket(told: list[Told]) -> list[Told]:
    """In the order in which the tickets were first told of."""
    first: dict[str, int] = {}
    for each in told:
        first.setdefault(each.ticket.id, len(first))
    return sorted(told, key=lambda each: first[each.ticket.id])


def _group(told: list[Told], language: str, actors: dict[str, str]) -> dict[str, Any]:
    lines = [words_of(each, language, actors) for each in told]
    return {"heading": lines[0]["heading"], "link": lines[0]["link"], "lines": lines}


def _thread_id(ticket_id: str, address: str) -> str:
    """The same for all notices of a ticket, so that a mail program shows them as one thread."""
    return message_ids.make(ticket_id, address.rpartition("@")[2], mail_key())
