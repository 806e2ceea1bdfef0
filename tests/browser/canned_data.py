"""Who and what the canned desk holds: long subjects, several scripts, a mail that means harm."""

from __future__ import annotations

from typing import Any

from tests.browser.canned_rich_mail import facts_of

ORG = {
    "id": "acme",
    "name": "Acme",
    "support_address": "support@acme.test",
    "mailboxes": {"main": "support@acme.test", "sales": "sales@acme.test"},
}
PERMISSIONS = [
    "tickets:read",
    "tickets:write",
    "tickets:bulk",
    "tickets:delete",
    "people:read",
    "people:write",
    "settings:read",
    "events:read",
]
ME = {
    "kind": "agent",
    "id": "A1",
    "name": "Sam Agent",
    "email": "sam@acme.test",
    "role": "supervisor",
    "permissions": [*PERMISSIONS, "mail:read", "mail:write"],
    "team_ids": [],
    "org": ORG,
}
PORTAL_ME = {"kind": "contact", "id": "C1", "name": "Ingrid Solheim", "email": "ingrid@fjord.test", "role": None} | {
    "permissions": [],
    "team_ids": [],
    "org": ORG,
}
PORTAL_FORM: dict[str, list[dict[str, Any]]] = {
    "/topics": [{"id": "P1", "label": "Chargers", "help": "Everything that charges", "parent_id": None}],
    "/form": [
        {"id": "site", "label": "Your site", "type": "text", "help": "", "options": [], "default": None}
        | {"required": True, "read_only": False, "required_when": None, "visible_when": None, "validation": {}},
        {"id": "post", "label": "Charging post", "type": "text", "help": "", "options": [], "default": None}
        | {"required": False, "read_only": False, "required_when": None, "validation": {}}
        | {"visible_when": {"not": {"field": "fields.site", "op": "none"}}},
    ],
}
NEXT = {
    "new": ["open", "waiting", "on_hold", "solved", "closed"],
    "open": ["waiting", "on_hold", "solved", "closed"],
    "waiting": ["open", "on_hold", "solved", "closed"],
    "on_hold": ["open", "waiting", "solved", "closed"],
    "solved": ["open", "closed"],
    "closed": [],
}
AT = "2026-11-20T09:00:00Z"
HARMFUL = (
    "<p>Good morning</p><script>top.harmed = 1</script><img src=x onerror='top.harmed = 1'>"
    "<p style='position:fixed'>styled</p><a href='https://example.com' target='_self'>link</a>"
)
_PEOPLE = [
    (
        "Ingrid Solheim",
        "ingrid@fjord.test",
        "Garage chargers stop after 3 minutes with error E-42 since firmware 4.8.1",
    ),
    ("佐藤 美咲", "misaki@aoba.test", "請求書PDFに適格請求書の登録番号が表示されない件について"),
    ("محمد الهاشمي", "m@souq.test", "الشاحن رقم ٤ لا يعمل منذ صباح اليوم"),
    (
        "",
        "nobody@nowhere.test",
        "Rechnungsempfänger ändern: bitte Umsatzsteuer-ID und Kostenstelle für alle Ladepunkte",
    ),
]


def _view(name: str, count: int, **query: str) -> dict[str, Any]:
    return {"id": name, "label": name.title(), "group": "inbox", "count": count, "query": query}


SETTINGS: dict[str, list[dict[str, Any]]] = {
    "/statuses": [{"id": it, "label": it, "customer_label": it, "category": it, "next": NEXT[it]} for it in NEXT],
    "/tags": [{"id": "firmware"}, {"id": "billing"}],
    "/views": [
        _view("mine", 1, assignee_id="me"),
        _view("unassigned", 2, assignee_id="none"),
        _view("open", 4, category="active"),
        {"id": "team:T1", "label": "Hardware", "group": "teams", "count": 4, "query": {"team_id": "T1"}},
    ],
    "/sessions": [
        {
            "id": "S1",
            "created_at": AT,
            "user_agent": "Mozilla/5.0 (X11; Linux) Firefox/140",
            "ip": "::1",
            "current": True,
        },
        {"id": "S2", "created_at": AT, "user_agent": "Mozilla/5.0 (iPhone) Safari/604", "ip": "::1", "current": False},
    ],
    "/mail": [
        {"id": "M1", "received_at": AT, "from": "daemon@mx.test", "subject": "", "outcome": "quarantine"}
        | {"cause": "unparseable", "reason": None}
    ],
}


def ticket_rows() -> list[dict[str, Any]]:
    """Four tickets, the first one assigned to the person who is signed in."""
    return [_ticket(at, *person) for at, person in enumerate(_PEOPLE)]


def _ticket(at: int, name: str, email: str, subject: str) -> dict[str, Any]:
    status = "new" if at else "open"
    return {
        "id": f"K{at}",
        "number": 1000 + at,
        "subject": subject,
        "status": {"id": status, "label": status.title(), "category": status},
        "priority": ["high", "normal", "urgent", "low"][at],
        "requester": {"id": f"C{at + 1}", "name": name, "email": email},
        "assignee_id": None if at else "A1",
        "team_id": "T1",
        "tags": ["firmware"],
        "cc": ["copy@fjord.test"],
        "fields": {},
        "followers": [],
        "channel": ["mail", "portal", "api", "mail"][at],
        "mailbox_id": [None, None, None, "sales"][at],
        "snippet": "10:00 works for us.",
        "message_count": 3,
        "has_attachments": at == 0,
        "last_message": {"kind": "customer", "at": AT},
        "first_response_at": AT,
        "version": 1,
        "created_at": AT,
        "updated_at": AT,
    }


def messages_of(ticket: dict[str, Any], sent: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The customer's mail, an answer, a note, and what was just sent."""
    person = ticket["requester"]
    customer = {"kind": "contact", "id": person["id"], "name": person["name"], "you": True}  # the portal's word
    agent = {"kind": "agent", "id": "A2", "name": "Mara Lindqvist"}
    me = {"kind": "agent", "id": "A1", "name": "Sam Agent"}
    all_of = [
        _message(ticket, 1, "customer", customer, HARMFUL),
        _message(ticket, 2, "reply", agent, "<p>We are looking into it.</p>"),
        _message(ticket, 3, "note", agent, "<p>Rollback is approved.</p>"),
    ]
    return [*all_of, _message(ticket, 4, sent["kind"], me, sent["body_html"])] if sent else all_of


def _message(ticket: dict[str, Any], number: int, kind: str, author: dict[str, Any], text: str) -> dict[str, Any]:
    files = [{"id": "F1", "filename": "b07.log", "content_type": "text/plain", "size": 2140, "inline": False}]
    return {
        "id": f"{ticket['id']}-{number}",
        "kind": kind,
        "author": author,
        "body_html": text,
        "body_text": "",
        "trimmed_html": "<p>Good morning</p>" if kind == "customer" else None,
        "to": [ticket["requester"]["email"]],
        "cc": [],
        "attachments": files if number == 1 else [],
        "delivery": {"status": ticket.get("delivery", "delivered") if kind == "reply" else "none"},
        "recipients": ticket.get("recipients", []) if kind == "reply" else [],
        "automatic": False,
        "created_at": f"2026-11-20T09:0{number}:00Z",
    } | facts_of(ticket, number)
