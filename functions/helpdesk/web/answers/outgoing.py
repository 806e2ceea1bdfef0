"""Answers of the settings of outgoing mail."""

from __future__ import annotations

from typing import Literal

from helpdesk.web.answers.base import Answered


class Suppression(Answered):
    """An address that gets no mail from us, since `at`; `detail` is what the other side or a colleague said."""

    id: str
    address: str
    reason: Literal["bounce", "complaint", "manual"]
    detail: str
    at: str
    released_at: str | None
    released_by: str | None
    version: int


class MailTemplate(Answered):
    """The words of one kind of our mails in one language; `shipped` are those that the desk comes with.

    `text` null: it is made of the HTML. `subject` null: the mail has that of the one which it answers.
    """

    id: str
    kind: str
    locale: str
    subject: str | None
    html: str
    text: str | None
    shipped: bool
    position: int
    version: int
    created_at: str | None
    updated_at: str | None


class MailTemplatePreview(Answered):
    """A template filled with examples; `html` is a whole page."""

    subject: str
    text: str
    html: str


class SentTest(Answered):
    """Where a test went."""

    sent_to: str


class MailTemplateVariable(Answered):
    """What {{ name }} stands for."""

    name: str
    meaning: str


class MailTemplateKind(Answered):
    """A kind of mail that the desk writes; `needs` must stand in each of its templates."""

    kind: str
    needs: list[str]
    has_subject: bool
    variables: list[MailTemplateVariable]


class DnsRecord(Answered):
    """A record that a domain needs; `state` is what SES has seen of it, `unchecked` where it does not look."""

    purpose: Literal["receive", "dkim", "mail_from", "spf", "dmarc"]
    type: Literal["MX", "CNAME", "TXT"]
    name: str
    value: str
    state: Literal["found", "missing", "unchecked"]


class MailFrom(Answered):
    """The domain that bounces go to."""

    domain: str
    state: Literal["success", "pending", "failed", "temporary_failure", "not_started"]


class MailDomain(Answered):
    """The domain of a mailbox; SES has never heard of one that is `unknown`."""

    domain: str
    addresses: list[str]
    identity: Literal["verified", "pending", "failed", "unknown"]
    dkim: Literal["success", "pending", "failed", "temporary_failure", "not_started"]
    mail_from: MailFrom
    records: list[DnsRecord]


class Sending(Answered):
    """What SES lets the account send; without `production` it is in the sandbox, which knows few recipients."""

    production: bool
    enabled: bool
    per_day: float | None
    per_second: float | None
    sent_last_day: float | None


class MailDomains(Answered):
    """The domains of the mailboxes in use."""

    region: str
    sending: Sending
    domains: list[MailDomain]
