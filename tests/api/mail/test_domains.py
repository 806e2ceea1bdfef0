"""What the DNS of our mailboxes' domains has to say, and what SES knows of them."""

from __future__ import annotations

import pytest

from tests.ses import answering, knowing_acme

PATH = "/v1/mail-domains"


@pytest.fixture
def ses(cloud):
    with answering() as stubbed:
        yield stubbed


def test_a_domain_that_ses_knows(admin):
    with knowing_acme():
        body = admin.get(PATH).body
    assert body["sending"] == {
        "production": True,
        "enabled": True,
        "per_day": 50_000.0,
        "per_second": 14.0,
        "sent_last_day": 12.0,
    }
    (domain,) = body["domains"]
    assert (domain["identity"], domain["dkim"], domain["mail_from"]["state"]) == ("verified", "success", "pending")
    assert [(one["type"], one["name"], one["value"], one["state"]) for one in domain["records"]] == [
        ("MX", "acme.test", "10 inbound-smtp.us-east-1.amazonaws.com", "unchecked"),
        ("CNAME", "t1._domainkey.acme.test", "t1.dkim.amazonses.com", "found"),
        ("CNAME", "t2._domainkey.acme.test", "t2.dkim.amazonses.com", "found"),
        ("CNAME", "t3._domainkey.acme.test", "t3.dkim.amazonses.com", "found"),
        ("MX", "bounce.acme.test", "10 feedback-smtp.us-east-1.amazonses.com", "missing"),
        ("TXT", "bounce.acme.test", "v=spf1 include:amazonses.com ~all", "missing"),
        ("TXT", "acme.test", "v=spf1 include:amazonses.com ~all", "unchecked"),
        ("TXT", "_dmarc.acme.test", "v=DMARC1; p=none", "unchecked"),
    ]


def test_a_domain_that_ses_has_never_heard_of(admin, ses):
    ses.add_client_error("get_email_identity", "NotFoundException")
    ses.add_response("get_account", {"ProductionAccessEnabled": False, "SendingEnabled": True})
    body = admin.get(PATH).body
    assert body["sending"]["production"] is False and body["sending"]["per_day"] is None
    (domain,) = body["domains"]
    assert (domain["identity"], domain["dkim"]) == ("unknown", "not_started")
    assert {one["purpose"] for one in domain["records"]} == {"receive", "mail_from", "spf", "dmarc"}


def test_every_domain_of_a_mailbox_is_told_of_once(admin, ses):
    admin.post("/v1/mailboxes", {"address": "shop@acme.test", "aliases": ["hello@other.test"]})
    ses.add_client_error("get_email_identity", "NotFoundException")
    ses.add_response("get_email_identity", {"VerifiedForSendingStatus": False, "VerificationStatus": "FAILED"})
    ses.add_response("get_account", {})
    domains = {one["domain"]: one for one in admin.get(PATH).body["domains"]}
    assert domains["acme.test"]["addresses"] == ["support@acme.test", "shop@acme.test"]
    assert domains["other.test"]["identity"] == "failed"


def test_silence_of_ses_is_said(admin, ses):
    ses.add_client_error("get_email_identity", "ThrottlingException")
    answer = admin.get(PATH)
    assert (answer.status, answer.body["code"]) == (503, "unavailable")
