"""What tickets are described with on the canned desk, and the answers that only these sections get."""

from __future__ import annotations

from typing import Any

AT = "2026-11-20T09:00:00Z"
Answer = tuple[int, Any]
Row = dict[str, Any]
_NEXT = {"new": ["open", "solved"], "open": ["waiting", "solved"], "waiting": ["open"], "solved": ["open"]}
EVERYBODY = {"visibility": "all", "team_ids": [], "owner_id": "A1", "usage_count": 3, "last_used_at": AT}
_SHARED = {**EVERYBODY, "position": 1, "unknown_variables": []}
ARCHIVES = ("/statuses", "/priorities", "/topics", "/fields", "/closing-rules")


def _kept(id_: str, **values: Any) -> Row:
    return {"id": id_, "version": 1, "created_at": AT, "updated_at": AT, **values}


def _used(id_: str, **values: Any) -> Row:
    return _kept(id_, archived=False, replaced_by=None, **values)


def _status(id_: str) -> Row:
    return _used(id_, label=id_.title(), customer_label=f"It is {id_}", category=id_, next=_NEXT[id_])


def _topic(id_: str, label: str, parent: str | None = None, **values: Any) -> Row:
    presets = dict.fromkeys(("form_id", "team_id", "priority", "type", "sla_policy_id"))
    about = {"customer_label": label, "help": "", "public": True, "tags": []}
    return _used(id_, label=label, parent_id=parent, **presets | about | values)


def _field(id_: str, label: str, type_: str, **values: Any) -> Row:
    usual = {"customer_label": label, "help": "", "options": [], "default": None, "validation": {}}
    asked = {"required_when": None, "visible_when": None, "visible_to": ["staff"], "read_only_to": []}
    return _used(id_, label=label, type=type_, **usual | asked | values)


def _view(id_: str, label: str, filter_: str, position: int) -> Row:
    about = {"sort": "-updated_at", "columns": ["number", "subject", "status"], "shared": "all", "team_ids": []}
    query = {"view": id_}
    return _kept(id_, label=label, filter=filter_, group="shared", count=4, query=query, position=position, **about)


def _webhook(id_: str, **values: Any) -> Row:
    usual = {"payload": "full", "filter": None, "scope": "internal", "enabled": True, "paused": None, "behind": 0}
    told = {"events": ["ticket.created"], "old_secret_until": None, "last_success_at": AT, "next_try_at": None}
    return _kept(id_, url=f"https://hooks.test/{id_}", description="", **usual | told | values)


def _closing_rule() -> Row:
    times = {"remind_after_hours": 72, "template_id": "X1", "close_after_hours": 120, "to": "solved"}
    return _used("Z1", name="Silent customers", category="waiting", filter="-tag:vip", position=1, **times)


def records() -> dict[str, list[Row]]:
    """By path, as the API lists them."""
    options = [{"id": "no", "label": "Norway"}, {"id": "oslo", "label": "Oslo", "parent_id": "no"}]
    whole = {"all": [{"field": "topic_id", "op": "is", "value": "chargers"}, {"field": "tag", "op": "none"}]}
    words = {"en": {"subject": "Hello", "body_html": "<p>Hello {{requester.name}}, {{no.such}}</p>"}}
    actions = [
        {"type": "set_status", "value": "waiting"},
        {"type": "add_tags", "tags": ["firmware"]},
        {"type": "note", "body_html": "<p>Called them</p>"},
    ]
    paused = {"at": AT, "reason": "the endpoint answered 410: it does not want any more"}
    return {
        "/statuses": [_status(id_) for id_ in _NEXT],
        "/priorities": [_used(id_, label=id_.title(), rank=at, hue=None) for at, id_ in enumerate(["low", "high"], 1)],
        "/topics": [
            _topic("chargers", "Chargers", team_id="T1", tags=["hardware"]),
            _topic("invoices", "Invoices"),
            _topic("firmware", "Firmware", "chargers", priority="high"),
            _topic("plugs", "Plugs", "chargers", public=False),
        ],
        "/closing-rules": [_closing_rule()],
        "/fields": [
            _field("serial", "Serial number", "text", required_when=whole, visible_to=["staff", "customer"]),
            _field("site", "Site", "tree", options=options),
            _field("warranty", "Warranty", "boolean"),
        ],
        "/forms": [_kept("F1", label="Chargers", field_ids=["serial", "site"], default=True, **{"for": "both"})],
        "/tags": [
            {"id": "firmware", "count": 2, "hue": 215, "description": "After an update", "version": 1},
            {"id": "billing", "count": 0, "hue": None, "description": "", "version": 0},
        ],
        "/macros": [_kept("M1", name="First aid", description="", actions=actions, **_SHARED)],
        "/templates": [_kept("X1", name="Greeting", shortcut="hello", variants=words, **_SHARED)],
        "/views": [_view("V1", "VIPs", "tag:vip", 1), _view("V2", "Late", "due:<now", 2)],
        "/webhooks": [_webhook("W1"), _webhook("W2", enabled=False, paused=paused, behind=7)],
    }


def _delivery(number: int, status: str) -> Row:
    about = {
        "event_id": f"E{number}",
        "seq": number,
        "type": "ticket.created",
        "subject": {"kind": "ticket", "id": "K0"},
    }
    told = {"tries": 2, "http_status": 500 if status == "failed" else 200, "milliseconds": 40, "error": None}
    return about | told | {"id": f"D{number}", "status": status, "next_at": None, "created_at": AT, "updated_at": AT}


def _attempts() -> list[Row]:
    return [{"at": AT, "http_status": 500, "milliseconds": 40, "response": "we are full", "error": None}]


def answer(method: str, path: str, query: dict[str, str], body: Row) -> Answer | None:
    """What is asked besides the records themselves; None for all else."""
    parts = path.split("/")[1:]
    if parts[0] == "webhooks" and len(parts) > 2:
        return _webhooks(method, parts, query)
    if path == "/event-types":
        types = {
            "ticket.created": ["internal", "customer"],
            "ticket.tagged": ["internal"],
            "message.received": ["internal"],
        }
        return 200, {"data": [{"type": it, "description": f"`{it}`", "scopes": them} for it, them in types.items()]}
    if path == "/template-variables":
        return 200, {"data": [{"name": "requester.name", "meaning": "who asked"}]}
    if path == "/search":
        return _search(query)
    if parts[-1] == "preview":
        change = {"status_id": {"from": "open", "to": "waiting"}, "tags": {"from": [], "to": ["firmware"]}}
        said = {"kind": "note", "locale": "en", "body_html": "<p>Hi [[requester.phone?]]</p>", "undefined": []}
        return 200, {"macro_id": "M1", "changes": change, "messages": [said], "undefined": ["requester.phone"]}
    if parts[-1] == "rendering":
        return 200, {
            "locale": "en",
            "subject": "Hello",
            "body_html": "<p>Hi [[no.such?]]</p>",
            "undefined": ["no.such"],
        }
    return None


def _webhooks(method: str, parts: list[str], query: dict[str, str]) -> Answer:
    if parts[2] == "test":
        said = {"http_status": 500, "milliseconds": 12, "response": "no room", "error": None}
        return 200, {"id": "T", "delivered": False, **said}
    if parts[2] == "secret":
        return 200, _webhook(parts[1], version=2, old_secret_until=AT, secret="whsec_new")
    if parts[2] == "replay":
        return 202, {"id": "R", "first_seq": 1, "last_seq": 2}
    if len(parts) == 4:
        return 200, _delivery(1, "failed") | {"attempts": _attempts()}
    all_of = [_delivery(1, "failed"), _delivery(2, "delivered")]
    rows = [it for it in all_of if query.get("status", "") in {"", it["status"]}]
    return 200, {"data": rows, "next_cursor": None}


def _search(query: dict[str, str]) -> Answer:
    if query.get("filter", "").count('"') % 2:
        fault = {"pointer": "/filter#4", "code": "open_quote", "message": "a quote that does not end"}
        return 400, {"code": "bad_filter", "detail": "a quote that does not end", "errors": [fault]}
    status = {"id": "open", "label": "Open", "category": "open"}
    hit = {
        "type": "tickets",
        "highlights": {"exact": False},
        "ticket": {"id": "K0", "subject": "It stops", "status": status},
    }
    return 200, {"data": [hit], "total": 42, "facets": {}, "next_cursor": None}
