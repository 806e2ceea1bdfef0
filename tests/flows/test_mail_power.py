"""What a signature is worth, through the real SMTP door: with it a colleague answers by mail, without it nobody."""

from __future__ import annotations

import base64
import json
from email.message import EmailMessage
from email.policy import SMTP

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.flows.test_desk import Stack, a_mail, call, mails_to, send, ticket_of, wait_for

CUSTOMER = "power@customer.test"


@pytest.fixture(scope="module")
def private(stack: Stack) -> bytes:
    """The private key of acme.test, whose public one the door knows."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    record = f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"
    (stack.state / "dkim-keys.json").write_text(json.dumps({"s1._domainkey.acme.test": record}))
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _signed(mail: EmailMessage, private: bytes) -> bytes:
    raw = mail.as_bytes(policy=SMTP)
    return bytes(dkim.sign(raw, b"s1", b"acme.test", private)) + raw


def _messages(stack: Stack, ticket_id: str):
    return call(stack, "GET", f"/v1/tickets/{ticket_id}/messages")[1]["data"]


def test_a_signed_answer_of_a_colleague_reaches_the_customer_and_a_forged_one_does_not(stack: Stack, private) -> None:
    send(stack, a_mail("Power", CUSTOMER, "It stops."), CUSTOMER, stack.support_address)
    ticket = ticket_of(stack, "Power")
    (told,) = wait_for("acknowledgement", lambda: mails_to(stack, CUSTOMER))
    address = told["Reply-To"].addresses[0].addr_spec
    answer = a_mail("Re: Power", stack.agent["email"], "By mail: try this.")
    forged = a_mail("Re: Power", stack.agent["email"], "Forged: send money.")
    send(stack, _signed(answer, private), stack.agent["email"], address)
    wait_for("answer", lambda: "By mail: try this." in _of(stack, ticket["id"]))
    send(stack, forged, stack.agent["email"], address)
    kinds = wait_for("both mails", lambda: _of(stack, ticket["id"]) if len(_of(stack, ticket["id"])) == 3 else None)
    assert kinds["By mail: try this."] == ("reply", "verified")
    assert kinds["Forged: send money."] == ("customer", "unverified")
    out = wait_for("answer", lambda: [one for one in mails_to(stack, CUSTOMER) if "try this" in one.as_string()])
    assert len(out) == 1
    assert not [one for one in mails_to(stack, CUSTOMER) if "send money" in one.as_string()]


def _of(stack: Stack, ticket_id: str) -> dict[str, tuple[str, str]]:
    return {one["body_text"].strip(): (one["kind"], one["trust"]["level"]) for one in _messages(stack, ticket_id)}
