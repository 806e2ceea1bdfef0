"""Mails that belong to no ticket: sign-in links, what we say of a mail that made no ticket, and tests of templates."""

from __future__ import annotations

from typing import Any

from helpdesk.access import sessions
from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.mail import subjects
from helpdesk.mail.addresses import is_ours
from helpdesk.mail.model import Address
from helpdesk.mail.receiving import ledger
from helpdesk.mail.receiving.ledger import Received
from helpdesk.mail.sending import compose, own_templates, templates
from helpdesk.mail.sending.envelopes import Letter, Sender, envelope_for, letter_of, reach, sender_for
from helpdesk.mail.sending.template_kinds import KINDS
from helpdesk.mail.sending.templates import Source
from helpdesk.people.model import normal_email
from helpdesk.people.service import find_person
from helpdesk.settings.mailboxes import mailboxes

_LARGEST = "40 MB"  # what SES takes in: docs.aws.amazon.com/ses/latest/dg/quotas.html


def sign_in_letter(org_id: str, email: str, job_id: str) -> Letter | None:
    """The mail with a sign-in link, or None when the address belongs to no customer."""
    person = find_person(org_id, email)
    if not person or person.kind != "contact" or person.disabled:
        return None
    link = f"{config().origin}/portal/#/sign-in/{sessions.make_link_token(org_id, person.id)}"
    sender = sender_for(org_id)
    values = {"org": sender.name, "link": link, "minutes": sessions.LINK_MINUTES}
    to = Address(person.name, normal_email(email))
    return _notice(sender, "sign_in_link", to, values, delivery=f"link_{job_id}", ulid=job_id, locale=person.locale)


def answer_letter(org_id: str, kind: str, mail_id: str) -> Letter | None:
    """What we say to the sender of a mail that made no ticket (`too_large`, `undeliverable`).

    None for mail that nobody waits for an answer to: from no address, one of ours, or an empty return path.
    """
    mail = ledger.known(org_id, mail_id)
    sender = _sender_of(org_id, mail)
    if not mail.sender or mail.envelope_from == "" or is_ours(mail.sender, sender.org["mailboxes"]):
        return None
    person = find_person(org_id, mail.sender)
    name = person.name if person else ""
    values = {"org": sender.name, "name": name, "subject": mail.subject, "limit": _LARGEST}
    values = {variable.name: values[variable.name] for variable in KINDS[kind].variables}
    locale, to = person.locale if person else None, Address(name, mail.sender)
    return _notice(sender, kind, to, values, delivery=f"{kind}_{mail.id}", ulid=mail.id, locale=locale, answers=mail)


def trial_letter(job: dict[str, Any]) -> Letter:
    """A template with example values, to whoever tries it; it need not have been kept."""
    sender, given = sender_for(job["org_id"]), job["template"]
    filled = own_templates.preview(given["kind"], given["locale"], given)
    envelope = envelope_for(
        sender,
        given["kind"],
        delivery_id=f"{job['org_id']}_test_{job['id']}",
        ulid=job["id"],
        name=sender.name,
        to=reach(sender, [Address(job["name"], job["email"])]).to,
        subject=filled["subject"],
        at=clock.stamp(),
        locale=given["locale"],
    )
    raw = compose.compose_filled(envelope, filled["text"], filled["html"])
    return letter_of(job["org_id"], envelope, raw, {})


def _notice(
    sender: Sender,
    kind: str,
    to: Address,
    values: dict[str, Any],
    *,
    delivery: str,
    ulid: str,
    locale: str | None,
    answers: Received | None = None,
) -> Letter:
    org_id, whom = str(sender.org["id"]), reach(sender, [to])
    language, own = _words(sender, kind, locale)
    chain = [answers.message_id] if answers and answers.message_id else []
    subject = subjects.reply_subject(answers.subject) if answers else templates.subject(kind, language, values, own)
    envelope = envelope_for(
        sender,
        kind,
        delivery_id=f"{org_id}_{delivery}",
        ulid=ulid,
        name=sender.name,
        to=whom.to,
        subject=subject,
        at=clock.stamp(),
        locale=locale,
        chain=chain,
        in_reply_to=chain[0] if chain else None,
    )
    raw = compose.compose_notice(compose.Notice(envelope, kind, values))
    return letter_of(org_id, envelope, raw, whom.refused)


def _words(sender: Sender, kind: str, locale: str | None) -> tuple[str, Source | None]:
    locales = (locale, sender.mailbox.locale, str(sender.org["locale"]))
    return own_templates.choose(str(sender.org["id"]), kind, locales)


def _sender_of(org_id: str, mail: Received) -> Sender:
    """The mailbox that the mail was for, which also answers."""
    found = (one.id for one in mailboxes(org_id).values() if any(is_ours(to, one.addresses) for to in mail.recipients))
    return sender_for(org_id, next(found, None))
