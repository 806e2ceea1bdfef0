"""The domains of our mailboxes: the DNS records that they need, and what SES knows of them.

https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html, mail-from.html, receiving-email-mx-record.html
SES looks for the records of DKIM and MAIL FROM itself, and tells. Nobody here asks the DNS: whether MX, SPF and
DMARC are there is `unchecked`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from helpdesk.core.aws import client
from helpdesk.core.config import config
from helpdesk.core.errors import Unavailable
from helpdesk.settings.mailboxes import mailboxes

_DKIM_ZONE = "dkim.amazonses.com"
_SPF = "v=spf1 include:amazonses.com ~all"
_DMARC = "v=DMARC1; p=none"  # to begin with: it asks for nothing, and what fails can be seen in reports
_STATES = {"SUCCESS": "found", "PENDING": "missing", "TEMPORARY_FAILURE": "missing", "FAILED": "missing"}


@dataclass(frozen=True)
class Record:
    """One DNS record; `state` is found, missing or unchecked."""

    purpose: str
    type: str
    name: str
    value: str
    state: str


def mail_domains(org_id: str) -> dict[str, Any]:
    """`{region, sending, domains}`; one call of SES, and one more a domain.

    Raises
    ------
    Unavailable
        when SES does not answer.
    """
    own: dict[str, list[str]] = {}
    for mailbox in mailboxes(org_id).values():
        for address in () if mailbox.archived else mailbox.addresses:
            own.setdefault(address.rpartition("@")[2], []).append(address)
    found = [_domain(name, addresses) for name, addresses in own.items()]
    return {"region": config().aws_region, "sending": _sending(), "domains": found}


def _domain(name: str, addresses: list[str]) -> dict[str, Any]:
    identity = _asked("get_email_identity", EmailIdentity=name)
    dkim, sent_from = (identity or {}).get("DkimAttributes", {}), (identity or {}).get("MailFromAttributes", {})
    mail_from = sent_from.get("MailFromDomain") or f"bounce.{name}"
    return {
        "domain": name,
        "addresses": addresses,
        "identity": _state(identity),
        "dkim": dkim.get("Status", "NOT_STARTED").lower(),
        "mail_from": {"domain": mail_from, "state": sent_from.get("MailFromDomainStatus", "NOT_STARTED").lower()},
        "records": [asdict(one) for one in (*_receiving(name), *_sending_records(name, mail_from, dkim, sent_from))],
    }


def _state(identity: dict[str, Any] | None) -> str:
    """`unknown` is a domain that SES has never heard of, in this account and region."""
    if identity is None:
        return "unknown"
    if identity.get("VerifiedForSendingStatus"):
        return "verified"
    return "failed" if identity.get("VerificationStatus") == "FAILED" else "pending"


def _receiving(name: str) -> list[Record]:
    return [Record("receive", "MX", name, f"10 inbound-smtp.{config().aws_region}.amazonaws.com", "unchecked")]


def _sending_records(name: str, mail_from: str, dkim: dict[str, Any], sent_from: dict[str, Any]) -> list[Record]:
    zone = dkim.get("SigningHostedZone") or _DKIM_ZONE
    signed = _STATES.get(dkim.get("Status", ""), "unchecked")
    bounced = _STATES.get(sent_from.get("MailFromDomainStatus", ""), "unchecked")
    keys = [Record("dkim", "CNAME", f"{it}._domainkey.{name}", f"{it}.{zone}", signed) for it in dkim.get("Tokens", ())]
    return [
        *keys,
        Record("mail_from", "MX", mail_from, f"10 feedback-smtp.{config().aws_region}.amazonses.com", bounced),
        Record("mail_from", "TXT", mail_from, _SPF, bounced),
        Record("spf", "TXT", name, _SPF, "unchecked"),
        Record("dmarc", "TXT", f"_dmarc.{name}", _DMARC, "unchecked"),
    ]


def _sending() -> dict[str, Any]:
    """What the account may send: in the sandbox only to verified addresses."""
    account = _asked("get_account") or {}
    quota = account.get("SendQuota", {})
    return {
        "production": bool(account.get("ProductionAccessEnabled")),
        "enabled": bool(account.get("SendingEnabled")),
        "per_day": quota.get("Max24HourSend"),
        "per_second": quota.get("MaxSendRate"),
        "sent_last_day": quota.get("SentLast24Hours"),
    }


def _asked(operation: str, **parameters: Any) -> dict[str, Any] | None:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        answer: dict[str, Any] = getattr(client("sesv2"), operation)(**parameters)
    except ClientError as failure:
        if failure.response.get("Error", {}).get("Code") == "NotFoundException":
            return None
        raise Unavailable("SES does not tell about this account now") from failure
    except BotoCoreError as failure:
        raise Unavailable("SES did not answer") from failure
    return answer
