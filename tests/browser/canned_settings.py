"""The settings of the canned desk: records that are made, changed on a version, put in order and removed."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from helpdesk.access.roles import BUILT_IN, STAFF_PERMISSIONS
from tests.browser import (
    canned_coverage,
    canned_mail,
    canned_records,
    canned_routing,
    canned_rules,
    canned_simulation,
    canned_time,
)

AT = "2026-11-20T09:00:00Z"
ADMIN = sorted(STAFF_PERMISSIONS)
Answer = tuple[int, Any]


def _kept(id_: str, **values: Any) -> dict[str, Any]:
    return {"id": id_, "version": 1, "created_at": AT, "updated_at": AT, **values}


def _person(number: int, name: str, role: str, *teams: str) -> dict[str, Any]:
    email = f"{name.split(maxsplit=1)[0].lower()}@acme.test"
    about = {"kind": "agent", "name": name, "email": email, "role": role, "team_ids": list(teams)}
    return _kept(f"A{number}", **about, disabled=False)


def _records() -> dict[str, list[dict[str, Any]]]:
    built_in = [
        _kept(it.id, label=it.label, permissions=sorted(it.permissions), sees=sorted(it.sees), built_in=True)
        for it in BUILT_IN.values()
    ]
    night = _kept("R1", label="Night shift", permissions=["tickets:read"], sees=["teams"], built_in=False)
    key = {"scopes": ["tickets:read"], "team_ids": None, "networks": None, "per_minute": None, "expires_at": None}
    return {
        "/teams": [
            _kept("T1", name="Hardware", hue=30, **canned_routing.team()),
            _kept("T2", name="Billing", hue=90, **canned_routing.team()),
        ],
        "/people": [_person(1, "Sam Agent", "agent", "T1"), _person(2, "Mara Lindqvist", "supervisor")],
        "/roles": [*built_in, night],
        "/api-keys": [_kept("Y1", name="Shop", created_by="A1", last_used_at=None, **key)],
        "/apps": [_kept("O1", name="CRM", redirect_uris=["https://crm.test/callback"], scopes=["tickets:read"])],
        "/grants": [_kept("G1", app={"id": "O1", "name": "CRM"}, scopes=["tickets:read"], last_used_at=AT)],
        "/probes": [_kept(f"P{at}", label=label, hue=20) for at, label in enumerate(["One", "Two", "Three"])],
    }


def audit_entries() -> list[dict[str, Any]]:
    """Sixty entries, newest first; every third is about a role."""
    role = {"action": "setting.changed", "resource": {"type": "role", "id": "R1"}} | {
        "changes": {"sees": {"from": ["all"], "to": ["teams"]}, "label": {"from": "Late shift", "to": "Night shift"}}
    }
    ticket = {"action": "ticket.assigned", "resource": {"type": "ticket", "id": "K0"}} | {
        "changes": {"assignee_id": {"from": None, "to": "A2"}}
    }
    actor = {"type": "agent", "id": "A2", "ip": "203.0.113.9"}
    return [{"id": f"E{at}", "timestamp": AT, "actor": actor} | (ticket if at % 3 else role) for at in range(60)]


_SHOWN_ONCE = {
    "/api-keys": {"key": "ldk_acme_N1_secret"},
    "/apps": {"client_secret": "s3cret"},
    "/webhooks": {"secret": "whsec_first"},
}


class CannedSettings:
    """What administrators keep, by path."""

    def __init__(self) -> None:
        self.records = _records()
        self.jobs: dict[str, dict[str, Any]] = {}
        self.refusals: dict[str, Answer] = {}  # by "METHOD /path"
        self.version = ""  # of If-Match in the call that is answered
        self.versions: list[str] = []  # of If-Match in all changes
        self.audit = audit_entries()
        self.routing = canned_routing.CannedRouting()
        self.replaced: list[tuple[str, str]] = []  # what was taken out of use, and what took its place

    def describe(self) -> None:
        """Keep what tickets are described with, too: statuses, topics, fields, macros, webhooks and the rest."""
        self.records |= canned_records.records() | canned_mail.records()
        self.records |= canned_time.records() | canned_coverage.records() | canned_rules.records()

    def answer(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Answer | None:
        """Status and JSON, None for what is no setting."""
        if refused := self.refusals.get(f"{method} {path}"):
            return refused
        if path == "/simulations/rule":
            return 200, canned_rules.simulated()
        if path == "/simulations/routing":
            return 200, canned_simulation.routed()
        if path == "/organisation":
            return 200, canned_routing.ORGANISATION | body | {"version": 2 if method == "PATCH" else 1}
        if path.startswith("/rules") and method in ("POST", "PATCH"):
            understood = canned_rules.understood(method, path, body, self.records["/rules"])
            if isinstance(understood, tuple):
                return understood
            body = understood
        if known := self.routing.answer(method, path, body, self.records["/people"]):
            return known
        if path == "/audit":
            return self._audit(query)
        if path == "/access":
            return self._access(query)
        if path == "/oauth/authorization":
            return self._authorization(query | body)
        if path.startswith("/jobs"):
            return self._jobs(method, path, body)
        if known := canned_time.answer(path) or canned_coverage.answer(path, self.records, query):
            return known
        if known := canned_mail.answer(method, path, body):
            return known
        if known := canned_records.answer(method, path, query, body):
            return known
        parts = path.split("/")
        rows = self.records.get(f"/{parts[1]}")
        if rows is None:
            return None
        return (
            self._many(method, f"/{parts[1]}", body)
            if len(parts) == 2
            else self._one(method, rows, unquote(parts[2]), body, query)
        )

    def _many(self, method: str, path: str, body: dict[str, Any]) -> Answer:
        rows = self.records[path]
        if method == "GET":
            return 200, {"data": rows, "next_cursor": None}
        row = _kept(body.get("id") or f"N{len(rows)}", **{name: value for name, value in body.items() if name != "id"})
        if path == "/roles":
            row["built_in"] = False
        rows.append(row)
        shown_once = _SHOWN_ONCE.get(path, {})
        return 201, row | {"created_by": "A1", "last_used_at": None} | shown_once

    def _one(
        self, method: str, rows: list[dict[str, Any]], id_: str, body: dict[str, Any], query: dict[str, str]
    ) -> Answer:
        if id_ == "order":
            rows.sort(key=lambda row: body["ids"].index(row["id"]) if row["id"] in body["ids"] else len(rows))
            return 200, {"data": [row for row in rows if not row.get("archived")]}
        row = next((row for row in rows if row["id"] == id_), None)
        if row is None:
            return 404, {"code": "not_found", "detail": "There is none."}
        if method == "GET":
            return 200, row
        self.versions.append(self.version)
        if self.version and self.version != str(row["version"]):
            differing = [name for name, value in body.items() if row.get(name) != value]
            return 412, {"code": "stale", "detail": "It has changed.", "current": row, "differing": differing}
        if method == "DELETE" and "archived" in row:
            row.update(archived=True, replaced_by=query.get("replace_by"), version=row["version"] + 1)
            self.replaced.append((id_, query.get("replace_by", "")))
            return 204, None
        if method == "DELETE":
            rows.remove(row)
            return 204, None
        row.update(body, version=row["version"] + 1)
        return 200, dict(row)

    def _jobs(self, method: str, path: str, body: dict[str, Any]) -> Answer:
        """A job that is half done at the first look, and done at the second."""
        counts = {"done": 0, "unchanged": 0, "failed": 0}
        if body.get("preview"):
            return 200, {"count": 2, "more": False, "sample": []}
        if method == "POST":
            self.jobs["J1"] = {"id": "J1", "state": "running", "total": 2, "progress": 0.0, "counts": counts} | body
            return 202, self.jobs["J1"]
        job = self.jobs[path.split("/")[2]]
        done = job["progress"] == 0.5
        job.update(progress=1.0 if done else 0.5, state="finished" if done else "running")
        job["counts"] = counts | {"done": 2 if done else 1}
        if done:
            tags = self.records["/tags"]
            tags[:] = [row for row in tags if row["id"] != job["action"]["from"]]
            known = next((row for row in tags if row["id"] == job["action"]["to"]), None)
            (
                known
                or tags.append({"id": job["action"]["to"], "hue": None, "description": "", "version": 0})
                or tags[-1]
            )["count"] = 2
        return 200, job

    def _authorization(self, asked: dict[str, Any]) -> Answer:
        app = next((row for row in self.records["/apps"] if row["id"] == asked["client_id"]), None)
        if app is None:
            return 400, {"code": "bad_authorization_request", "detail": "there is no such app", "errors": []}
        if "approved" in asked:
            return 200, {"redirect_to": f"/agent/me?{'code' if asked['approved'] else 'error'}=x"}
        named = {"app": {"id": app["id"], "name": app["name"]}, "redirect_uri": app["redirect_uris"][0]}
        return 200, named | {"scopes": app["scopes"]}

    def _audit(self, query: dict[str, str]) -> Answer:
        action = query.get("action", "").removesuffix("*")
        found = [entry for entry in self.audit if entry["action"].startswith(action)]
        start, size = int(query.get("cursor") or 0), int(query.get("limit", 50))
        end = start + size
        return 200, {"data": found[start:end], "next_cursor": str(end) if end < len(found) else None}

    def _access(self, query: dict[str, str]) -> Answer:
        if query["ticket"] == "9999":
            return 404, {"code": "not_found", "detail": "there is no such ticket"}
        reasons = [("assigned", False), ("teams", True)]
        return 200, {
            "actor": {"kind": "agent", "id": query["actor"], "name": "Sam Agent", "role": "R1"},
            "ticket_id": "K0",
            "may_see": True,
            "reasons": [{"reason": name, "holds": holds, "because": name} for name, holds in reasons],
            "permissions": ["tickets:read"],
        }
