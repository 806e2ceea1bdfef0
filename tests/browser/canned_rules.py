"""The rules of the canned desk, their conditions read as the desk reads them, and what they decided on a ticket."""

from __future__ import annotations

from typing import Any

from helpdesk.core.errors import Invalid
from helpdesk.filters.documents import to_json
from helpdesk.filters.text import to_text
from helpdesk.rules.service import condition_of
from helpdesk.rules.written import written

AT = "2026-11-20T09:00:00Z"
Row = dict[str, Any]
Answer = tuple[int, Any]
_FRESH = {"hits": 0, "last_hit_at": None, "last_error": None, "last_error_at": None, "broken": None, "archived": False}


def rule(id_: str, name: str, when: str, then: list[Row], position: int, *on: str, **more: Any) -> Row:
    """A rule as the API shows it."""
    usual = {"on": list(on or ["ticket.created"]), "stop": False, "enabled": True, "zone": "UTC", "position": position}
    row = {"id": id_, "version": 1, "created_at": AT, "updated_at": AT, "name": name, "then": then} | _FRESH | usual
    return _shown(row | more, when)


def records() -> dict[str, list[Row]]:
    """One that works, one that is nested, one that waits for the time, and one that is broken."""
    urgent = {"type": "set_priority", "value": "high"}
    tags = {"type": "add_tags", "tags": ["hardware", "charger"]}
    nested = "channel:mail (subject:charger or message.text:charger or was.status:waiting) -(tag:spam priority:low)"
    quiet = {"type": "reply", "template_id": "X1"}
    joined = {"type": "link", "kind": "problem", "ticket": "1012"}
    words = {"subject": "Outage {{ticket.number}}", "body_html": "<p>Is your line down?</p>"}
    side = {"type": "side_conversation", "to": ["noc@carrier.test"]} | words
    return {
        "/rules": [
            rule(
                "Q1",
                "Chargers first",
                nested,
                [urgent, tags],
                1,
                "ticket.created",
                "message.received",
                hits=412,
                last_hit_at=AT,
            ),
            rule("Q2", "Quiet customers", "category:waiting updated:<-3d", [quiet], 2, "time", hits=37),
            rule("Q3", "To the old team", "", [{"type": "set_team", "value": "T9"}], 3, broken="there is no team T9"),
            rule("Q4", "Night shift", "-within:C1", [tags], 4, enabled=False),
            rule("Q5", "Outages", "tag:outage", [joined, side], 5),
        ]
    }


def understood(method: str, path: str, body: Row, known: list[Row]) -> Row | Answer:
    """A body with its condition in both forms, or why it cannot be understood."""
    row = next((one for one in known if path == f"/rules/{one['id']}"), {})
    try:
        return (_FRESH if method == "POST" else {}) | _shown(row | body, body.get("when", row.get("when_json", "")))
    except Invalid as failure:
        errors = [{"pointer": one.pointer, "code": one.code, "message": one.message} for one in failure.errors]
        return 400, {"code": failure.code, "detail": failure.detail, "errors": errors}


def decision(rule_name: str, outcome: str, event: str, **more: Any) -> Row:
    """What a rule decided."""
    usual = {
        "because": None,
        "detail": "",
        "comparison": None,
        "found": None,
        "actions": [],
        "left_out": [],
        "depth": 0,
    }
    named = {"event_id": "E1", "event": event, "at": AT, "rule_id": "Q1", "rule": rule_name, "outcome": outcome}
    return named | usual | {"version": None} | more


def acted(at: str) -> list[Row]:
    """The events of a rule that has raised a ticket's priority."""
    actor = {"actor": {"kind": "rule", "id": "Q1", "ip": None}, "at": at, "correlation_id": "X1"}
    changes = {"priority": {"from": "normal", "to": "high"}}
    data = {"rule_id": "Q1", "rule": "Chargers first", "webhook_ids": []}
    raised = {"id": "X1", "version": 2, "type": "ticket.priority_changed", "changes": changes, "data": {}}
    return [
        raised | actor,
        {"id": "X2", "version": 3, "type": "ticket.rule_applied", "changes": {}, "data": data} | actor,
    ]


def decisions() -> list[Row]:
    """Of every kind one."""
    left = [{"action": "reply", "because": "another rule has already answered"}]
    return [
        decision("Chargers first", "done", "ticket.created", actions=["set_priority", "add_tags"]),
        decision("Thanks", "done", "message.received", actions=["add_tags"], left_out=left),
        decision("Ping", "stopped", "ticket.priority_changed", because="own_effect"),
        decision("To the old team", "failed", "ticket.created", because="broken", detail="cannot be evaluated: x"),
        decision("VIP", "no_match", "ticket.created", because="comparison", comparison="tag:vip", found=""),
        decision(
            "Urgent", "no_match", "ticket.created", because="comparison", comparison="priority:urgent", found="normal"
        ),
    ]


def simulated(**differing: Any) -> Row:
    """The answer to `POST /simulations/rule`: 14 times on 12 tickets."""
    numbers = {"days": 30, "since": AT, "tickets_seen": 412, "all": True, "judged": 1290, "matched": 18, "tickets": 12}
    numbers |= {"changed": 14, "unchanged": 2, "failed": 1, "stopped": 3, "replies": 4}
    numbers |= {"side_conversations": 2, "links": 1}
    return numbers | {"found": [_found(at) for at in range(15)], "load": None, "fairness": None} | differing


def _found(at: int) -> Row:
    changes = {"priority": {"from": "normal", "to": "urgent"}, "tags": {"from": ["vip"], "to": ["charger", "vip"]}}
    error = "a ticket that is closed cannot become waiting" if at == 2 else None
    about = {"ticket_id": f"K{at}", "number": 1001 + at, "subject": f"The charger stops after {at + 2} minutes"}
    done = {"changes": {} if error else changes, "replies": int(at % 4 == 0), "notes": 0, "error": error}
    done |= {"side_conversations": int(at == 1), "links": [{"kind": "problem", "number": 1040}] if at == 1 else []}
    return about | {"event": "ticket.created", "at": f"2026-11-{20 - at:02}T08:30:00Z"} | done


def _shown(row: Row, when: Any) -> Row:
    condition = condition_of(when)
    text = to_text(condition)
    return row | {"when": text, "when_json": to_json(condition), "text": written(row, text)}
