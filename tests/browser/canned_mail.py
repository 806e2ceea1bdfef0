"""The mail settings of the canned desk, and the answers that only they and the quarantine get."""

from __future__ import annotations

from typing import Any

AT = "2026-11-20T09:00:00Z"
Answer = tuple[int, Any]
Row = dict[str, Any]
_SIGNATURE = "<p>Acme support</p>"
_KINDS = {"reply": ["body", "signature", "quote"], "acknowledgement": ["org", "name"], "sign_in_link": ["link"]}
POLICY: Row = {
    "closed_ticket_days": 90, "changed_subject": "new_if_closed", "subject_numbers": True, "attachment_tokens": False,
    "foreign_references": [{"sender": "@jira.acme.test", "pattern": "[A-Z]+-[0-9]+"}],
    "monitors": [
        {"sender": "nagios@acme.test", "keys": ["Host"], "state": "State", "recovered": ["OK"], "solve": True}
    ],
    "copies_per_mail": 20, "agents_answer": True, "agents_forward": True, "sender_burst": 100,
    "sender_per_minute": 30, "ticket_burst": 10, "version": 1, "created_at": AT, "updated_at": AT,
}  # fmt: skip


def _kept(id_: str, **values: Any) -> Row:
    return {"id": id_, "version": 1, "created_at": AT, "updated_at": AT, **values}


def _mailbox(id_: str, address: str, **values: Any) -> Row:
    usual = {"name": "", "aliases": [], "team_id": None, "topic_id": None, "locale": None, "acknowledge": True}
    more = {"signature_html": "", "sender": "from", "archived": False}
    return _kept(id_, address=address, **usual | more | values)


def _template(kind: str, locale: str, *, shipped: bool = True) -> Row:
    words = {"html": f"<p>Hello, this is {kind}. {{{{ org }}}}</p>", "text": None, "subject": None}
    return _kept(f"{kind}-{locale}", kind=kind, locale=locale, shipped=shipped, position=1, **words)


def _suppression(id_: str, address: str, reason: str, detail: str) -> Row:
    return {"id": id_, "address": address, "reason": reason, "detail": detail, "at": AT, "version": 1} | {
        "released_at": None,
        "released_by": None,
    }


def records() -> dict[str, list[Row]]:
    """By path, as the API lists them."""
    return {
        "/mailboxes": [
            _mailbox("main", "support@acme.test", name="Acme support", team_id="T1", signature_html=_SIGNATURE),
            _mailbox("B2", "billing@acme.test", aliases=["invoices@acme.test"], locale="de"),
        ],
        "/sender-rules": [
            _kept("S1", pattern="@spam.test", verdict="blocked", note="Lottery"),
            _kept("S2", pattern="ann@partner.test", verdict="trusted", note=""),
        ],
        "/mail-templates": [
            *(_template(kind, locale) for kind in _KINDS for locale in ("de", "en")),
            _template("acknowledgement", "fr", shipped=False),
        ],
        "/suppressions": [
            _suppression("P1", "gone@customer.test", "bounce", "smtp; 550 5.1.1 user unknown"),
            _suppression("P2", "angry@customer.test", "complaint", "abuse"),
        ],
    }


def domains() -> Row:
    """One domain in order, and one that SES has never heard of."""

    def domain(name: str, identity: str, state: str, found: str) -> Row:
        records = [
            {"purpose": "receive", "type": "MX", "name": name, "value": "10 inbound-smtp.eu-west-1.amazonaws.com"},
            {"purpose": "dkim", "type": "CNAME", "name": f"x1._domainkey.{name}", "value": "x1.dkim.amazonses.com"},
        ]
        states = ["unchecked", found]
        return {"domain": name, "addresses": [f"support@{name}"], "identity": identity, "dkim": state} | {
            "mail_from": {"domain": f"bounce.{name}", "state": state},
            "records": [record | {"state": seen} for record, seen in zip(records, states, strict=True)],
        }

    sending = {"production": False, "enabled": True, "per_day": 200.0, "per_second": 1.0, "sent_last_day": 3.0}
    two = [
        domain("acme.test", "verified", "success", "found"),
        domain("shop.test", "unknown", "not_started", "unchecked"),
    ]
    return {"region": "eu-west-1", "sending": sending, "domains": two}


def answer(method: str, path: str, body: Row) -> Answer | None:
    """What is asked besides the records themselves; None for all else."""
    if path == "/mail-policy":
        return 200, POLICY | body | {"version": 2 if method == "PATCH" else 1}
    if path == "/mail-template-kinds":
        named = {kind: [{"name": name, "meaning": name} for name in names] for kind, names in _KINDS.items()}
        return 200, {"data": [{"kind": kind, "variables": them} for kind, them in named.items()], "next_cursor": None}
    if path == "/mail-domains":
        return 200, domains()
    if path == "/mail-templates/preview":
        return _preview(body)
    if path == "/mail-templates/test":
        return 202, {"sent_to": "sam@acme.test"}
    return None


def _preview(body: Row) -> Answer:
    if "{% for" in body["html"]:
        fault = {"pointer": "/html", "code": "not_allowed", "message": "line 2: a loop cannot be used"}
        return 422, {"code": "invalid", "detail": "this is not a template that can be sent", "errors": [fault]}
    filled = body["html"].replace("{{ org }}", "Acme")
    return 200, {"subject": "Re: The charger stops", "text": "Hello, in plain text", "html": filled}


def quarantined() -> Row:
    """The mail M1, looked into."""
    files = [{"filename": "offer.pdf", "content_type": "application/pdf", "size": 20_000}]
    html = '<p>Buy <b>now</b></p><script>alert(1)</script><img data-remote-src="https://tracker.test/x.gif">'
    return {"id": "M1", "received_at": AT, "from": "daemon@mx.test", "subject": "", "outcome": "quarantine"} | {
        "recipients": ["support@acme.test"],
        "verdicts": {"spam": "PASS", "virus": "PASS", "spf": "FAIL", "dkim": "GRAY", "dmarc": "FAIL"},
        "preview": {"text": "Buy now", "html": html, "attachments": files},
    }
