"""Reads tests/fixtures/mail: a mail and, beside it, what shall become of it, named after the row of the catalogue."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helpdesk.mail import addresses, compose, loops, message_ids, subjects
from helpdesk.mail.model import Address, ParsedMail
from helpdesk.mail.threading import Evidence, KnownMessage, TicketFacts

FOLDER = Path(__file__).parents[2] / "fixtures" / "mail"
KEY = b"fixture key"
OWN_ADDRESSES = ("support@acme.test",)
TICKET = "01JB2Q4K7N8V6X3Z5Y9WATMDEC"


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.eml"))


def raw(name: str) -> bytes:
    return (FOLDER / f"{name}.eml").read_bytes()


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return found


def evidence(mail: ParsedMail, case: dict[str, Any]) -> Evidence:
    facts = [
        TicketFacts(
            one["ticket_id"],
            frozenset(one["participants"]),
            one["category"],
            datetime.fromisoformat(one["updated_at"]),
            one["subject"],
        )
        for one in case["tickets"]
    ]
    in_header = [one.email for one in (*mail.to, *mail.cc)]
    return Evidence(
        sender=mail.from_.email if mail.from_ else None,
        references=mail.references,
        in_reply_to=mail.in_reply_to,
        known=tuple(KnownMessage(**one) for one in case["known"]),
        tickets={one.ticket_id: one for one in facts},
        envelope_ticket=_signed(case.get("envelope", ())),
        header_ticket=_signed(in_header),
        subject=mail.subject,
        automatic=bool(mail.automatic),
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
