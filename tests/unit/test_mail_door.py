"""What the laptop's SMTP door says of a mail's origin: DKIM for real, all else as not checked (EM-50)."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from infra.local import receipts
from infra.local.authenticity import lookup_in, verdicts_of

MAIL = b"From: Carla <carla@customer.test>\r\nTo: support@acme.test\r\nSubject: Hello\r\n\r\nIt stops.\r\n"


@pytest.fixture(scope="module")
def private() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def keys(tmp_path: Path, private: rsa.RSAPrivateKey) -> Path:
    der = private.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    record = f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"
    path = tmp_path / "keys.json"
    path.write_text(json.dumps({f"s1._domainkey.{domain}": record for domain in ("customer.test", "elsewhere.test")}))
    return path


def _signed(private: rsa.RSAPrivateKey, domain: bytes, mail: bytes = MAIL) -> bytes:
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return bytes(dkim.sign(mail, b"s1", domain, pem)) + mail


def test_a_signature_of_the_froms_domain_passes(private, keys):
    found = verdicts_of(_signed(private, b"customer.test"), lookup_in(keys))
    assert found == {"spam": "DISABLED", "virus": "DISABLED", "spf": "DISABLED", "dkim": "PASS", "dmarc": "PASS"}


def test_a_signature_of_another_domain_is_not_aligned(private, keys):
    found = verdicts_of(_signed(private, b"elsewhere.test"), lookup_in(keys))
    assert (found["dkim"], found["dmarc"]) == ("PASS", "DISABLED")


def test_a_mail_that_was_changed_fails(private, keys):
    raw = _signed(private, b"customer.test").replace(b"It stops", b"It runs")
    assert verdicts_of(raw, lookup_in(keys))["dkim"] == "FAIL"


def test_without_a_signature_or_a_key_nothing_is_claimed(private, keys, tmp_path):
    assert verdicts_of(MAIL, lookup_in(keys))["dkim"] == "GRAY"
    unknown = verdicts_of(_signed(private, b"customer.test"), lookup_in(tmp_path / "none"))
    assert (unknown["dkim"], unknown["dmarc"]) == ("DISABLED", "DISABLED")


def test_a_receipt_says_what_was_not_checked():
    found = verdicts_of(MAIL, lookup_in(Path("none")))
    note = receipts.notification(b"Subject: =?x\r\n\r\n", "id1", "a@b", ["c@d"], "bucket", "topic", found)
    json.dumps(note)
    verdicts = {name: it["status"] for name, it in note["receipt"].items() if name.endswith("Verdict")}
    assert verdicts["spfVerdict"] == verdicts["virusVerdict"] == "DISABLED"
    assert note["receipt"]["action"]["objectKey"] == "inbound/id1"
