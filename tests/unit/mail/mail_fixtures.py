"""Reads tests/fixtures/mail: a mail and, beside it, what shall become of it, named after the row of the catalogue."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helpdesk.mail import addresses, loops, message_ids, subjects
from helpdesk.mail.model import Address, ParsedMail
from helpdesk.mail.receiving import gathering
from helpdesk.mail.receiving.correlation import key_of, numbers_in
from helpdesk.mail.receiving.found import Found
from helpdesk.mail.receiving.incoming import Incoming
from helpdesk.mail.receiving.rates import Buckets
from helpdesk.mail.receiving.receipt import Receipt
from helpdesk.mail.receiving.threading import Evidence, KnownMessage, TicketFacts
from helpdesk.mail.receiving.writers import writer_of
from helpdesk.mail.sending import compose
from helpdesk.settings.mail_policy import ForeignReference, MailPolicy, Monitor

FOLDER = Path(__file__).parents[2] / "fixtures" / "mail"
KEY = b"fixture key"
OWN_ADDRESSES = ("support@acme.test",)
TICKET = "01JB2Q4K7N8V6X3Z5Y9WATMDEC"
RECEIVED = "2026-03-03T14:05:01.000Z"


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.eml"))


def raw(name: str) -> bytes:
    return (FOLDER / f"{name}.eml").read_bytes()


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return found


def evidence(mail: ParsedMail, case: dict[str, Any]) -> Evidence:
    """What the desk would gather if its tables held what the case says; `gathering.mail_key` must give KEY."""
    policy = MailPolicy(**case.get("policy", {}))
    if "foreign_references" in case.get("policy", {}):
        policy = replace(policy, foreign_references=tuple(ForeignReference(**one) for one in policy.foreign_references))
    if "monitors" in case.get("policy", {}):
        policy = replace(policy, monitors=tuple(Monitor(**one) for one in policy.monitors))
    received, found = received_of(mail, policy, case), found_of(mail, policy, case)
    named = {one["ticket_id"]: one for one in case["tickets"]}
    in_header = [one.email for one in (*mail.to, *mail.cc)]
    return Evidence(
        sender=received.writer.address.email if received.writer else None,
        references=mail.references,
        in_reply_to=mail.in_reply_to,
        known=tuple(KnownMessage(**one) for one in case["known"]),
        tickets={id_: _facts(one) for id_, one in named.items()},
        envelope_ticket=_signed(case.get("envelope", ())),
        header_ticket=_signed(in_header),
        subject=mail.subject,
        automatic=bool(mail.automatic),
        named=tuple(gathering.named_tickets(received, found)),
        writable=frozenset(case.get("writable", ())),
        received_at=datetime.fromisoformat(RECEIVED),
        policy=policy,
    )


def received_of(mail: ParsedMail, policy: MailPolicy, case: dict[str, Any]) -> Incoming:
    receipt = Receipt("mail-1", RECEIVED, "inbound/1", "a@b.test", ("support@acme.test",), case.get("verdicts", {}))
    writer = writer_of(mail, OWN_ADDRESSES)
    id_ = mail.message_id or "raw@acme.test"
    return Incoming("acme", receipt, mail, classify(mail), id_, OWN_ADDRESSES, (), writer, policy)


def found_of(mail: ParsedMail, policy: MailPolicy, case: dict[str, Any]) -> Found:
    ids = {one["message_id"]: one for one in (*case["known"], *case.get("aliases", ()))}
    ids |= {key: {"ticket_id": id_} for key, id_ in case.get("keys", {}).items()}
    numbers = {
        number: id_
        for text, id_ in case.get("numbers", {}).items()
        if (number := int(text)) in numbers_in(mail.subject)
    }
    return Found(ids, numbers, key_of(mail, policy), None, None, Buckets())


def _facts(one: dict[str, Any]) -> TicketFacts:
    return TicketFacts(
        one["ticket_id"],
        frozenset(one["participants"]),
        one["category"],
        datetime.fromisoformat(one["updated_at"]),
        one["subject"],
        trashed=one.get("trashed", False),
        done_at=datetime.fromisoformat(one["done_at"]) if one.get("done_at") else None,
    )


def _signed(recipients: Any) -> str | None:
    found = (addresses.ticket_of(one, OWN_ADDRESSES, KEY) for one in recipients)
    return next((ticket_id for ticket_id in found if ticket_id), None)


def classify(mail: ParsedMail) -> loops.Classification:
    return loops.classify(
        mail,
        OWN_ADDRESSES,
        lambda message_id: message_ids.verify(message_id, KEY) is not None,
        lambda value: loops.is_loop_header(value, "acme", KEY),
    )


def answer(mail: ParsedMail, kind: str) -> bytes:
    assert mail.from_ and mail.message_id
    envelope = compose.Envelope(
        sender_name="Ann (Acme)",
        support_address="support@acme.test",
        to=(mail.from_,),
        message_id=message_ids.make(TICKET, "acme.test", KEY),
        subject=subjects.reply_subject(mail.subject),
        sent_at=datetime(2026, 3, 3, 15, 0, tzinfo=UTC),
        delivery_id="01JB:d",
        loop_header=loops.loop_header("acme", KEY),
        reply_to=addresses.reply_address("support@acme.test", TICKET, KEY),
        in_reply_to=mail.message_id,
        references=compose.references_of([*mail.references, mail.message_id]),
        configuration_set="desk",
    )
    if kind == "acknowledgement":
        values = {"org": "Acme", "number": 1001, "name": mail.from_.name, "subject": mail.subject}
        return compose.compose_notice(compose.Notice(envelope, "acknowledgement", values))
    return compose.compose_reply(compose.ReplyMail(envelope, "Try this.", "<p>Try this.</p>"))


def as_json(mail: ParsedMail) -> dict[str, Any]:
    """The mail in the words of the expectations: addresses as `[name, address]`, sets in order."""
    read: dict[str, Any] = json.loads(json.dumps(asdict(mail), default=_plain))
    for name in ("reply_to", "sender", "to", "cc"):
        read[name] = [[one["name"], one["email"]] for one in read[name]]
    read["from"] = [mail.from_.name, mail.from_.email] if mail.from_ else None
    return read


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else len(value)


def assert_holds(found: Any, wanted: Any) -> None:
    """That `found` has all that `wanted` names; of an object only the names that stand there."""
    if isinstance(wanted, dict):
        assert isinstance(found, dict), found
        for name, value in wanted.items():
            assert_holds(found[name], value)
    elif isinstance(wanted, list) and wanted and isinstance(wanted[0], dict):
        assert len(found) == len(wanted), found
        for one, value in zip(found, wanted, strict=True):
            assert_holds(one, value)
    else:
        assert found == wanted


def person(address: Address | None) -> str | None:
    return address.email if address else None
