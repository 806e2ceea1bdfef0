"""What agents do beside reading: search, views, undo, jobs, prepared answers, relations, trash and sleep."""

from __future__ import annotations

from typing import Any

from tests.browser import canned_rules
from tests.browser.canned_relations import AT, CannedRelations

Answer = tuple[int, Any]


def _page(rows: list[Any], **more: Any) -> Answer:
    return 200, {"data": rows, "next_cursor": None, **more}


def field(id_: str, label: str, type_: str, **more: Any) -> dict[str, Any]:
    about = {"customer_label": label, "help": "", "options": [], "default": None, "validation": {}, "archived": False}
    return {"id": id_, "label": label, "type": type_, "required_when": None, "visible_when": None} | about | more


def _records() -> dict[str, list[dict[str, Any]]]:
    options = [{"id": "f480", "label": "4.8.0"}, {"id": "f481", "label": "4.8.1"}]
    return {
        "/macros": [{"id": "M1", "name": "Wait for firmware", "description": "", "actions": [], "usage_count": 0}],
        "/templates": [{"id": "X1", "name": "Rollback agreed", "shortcut": "roll", "usage_count": 0, "variants": {}}],
        "/fields": [field("site", "Site", "text"), field("firmware", "Firmware", "select", options=options)],
        "/forms": [],
        "/topics": [
            {"id": "P1", "label": "Chargers", "help": "", "parent_id": None, "form_id": None, "archived": False}
        ],
    }


class CannedWork(CannedRelations):
    """The answers, and what they change in the tickets of the desk."""

    def __init__(self, tickets: list[dict[str, Any]]) -> None:
        self.tickets = tickets
        self.records = _records()
        self.views: list[dict[str, Any]] = []
        self.jobs: dict[str, dict[str, Any]] = {}
        self.held: dict[str, dict[str, Any]] = {}
        self.far_back = False  # what is held stands on no page of messages that is read
        self.kept_open: set[str] = set()
        super().__init__()
        self.refusals: dict[str, Answer] = {}  # by "METHOD /path"

    def planned(self, ticket_id: str) -> list[dict[str, Any]]:
        """The replies of a ticket that leave later."""
        mine = [row for row in self.held.values() if row["id"].startswith(ticket_id)]
        return [row for row in mine if row["delivery"].get("later") and row["delivery"]["status"] == "held"]

    def answer(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Answer | None:
        """Status and JSON, None for what is none of it."""
        if refused := self.refusals.pop(f"{method} {path}", None):
            return refused
        filter_ = query.get("filter", "")
        if method == "GET" and "statuss" in filter_:
            fault = {
                "pointer": f"/filter#{filter_.index('statuss')}",
                "code": "unknown_field",
                "message": "no such field",
            }
            return 400, {"code": "bad_filter", "detail": "the filter is not understood", "errors": [fault]}
        if path == "/search":
            return self._search(query)
        if path == "/search/suggest":
            return 200, {"people": [], "tags": [], "tickets": self._rows(query["q"])}
        if path.startswith("/views/") or (path == "/views" and method == "POST"):
            return self._view(method, path, body)
        if path.startswith("/jobs"):
            return self._job(method, path.split("/")[2:], body)
        if path in self.records and method == "GET":
            return _page(self.records[path])
        if path.startswith("/templates/"):
            text = "Hello Ingrid, it starts at [[time?]]."
            words = {"body_html": f"<p>{text}</p>", "body_text": text, "undefined": ["time"]}
            return 200, {"locale": "en", "subject": None, **words}
        parts = path.split("/")[2:] if path.startswith("/tickets/") else []
        found = [row for row in self.tickets if parts and parts[0] in {row["id"], str(row["number"])}]
        return self._of_ticket(method, found[0], parts[1:], body) if found and parts[1:] else None

    def _rows(self, q: str) -> list[dict[str, Any]]:
        words = q.lower()
        return [row for row in self.tickets if words in row["subject"].lower() or words == str(row["number"])]

    def _search(self, query: dict[str, str]) -> Answer:
        q = query.get("q", "")
        hits = [
            {
                "type": "tickets",
                "ticket": row,
                "highlights": {"exact": False, "subject": self._marked(row["subject"], q)},
            }
            for row in self._rows(q)
        ]
        person = {"id": "C9", "kind": "contact", "name": "Gary Garage", "email": "gary@garage.test"}
        marks = {"exact": False, "name": "Gary <mark>Garage</mark> &lt;b&gt;"}
        others = [{"type": "people", "person": person, "highlights": marks}] if q == "garage" else []
        if query.get("type") == "people":
            return _page(others)
        return _page(others + hits, facets={"team_id": [{"value": "T1", "count": len(hits)}]}, total=len(hits))

    @staticmethod
    def _marked(subject: str, q: str) -> str:
        at = subject.lower().find(q.lower())
        return subject if at < 0 else f"{subject[:at]}<mark>{subject[at : at + len(q)]}</mark>{subject[at + len(q) :]}"

    def _view(self, method: str, path: str, body: dict[str, Any]) -> Answer:
        if method == "POST":
            kept = {"id": f"V{len(self.views)}", "group": "personal", "owner_id": "A1", "version": 1, "count": 1}
            self.views.append({"shared": "me", **body, **kept, "query": {"view": kept["id"]}})
            return 201, self.views[-1]
        view = next(row for row in self.views if row["id"] == path.split("/")[2])
        if method == "DELETE":
            self.views.remove(view)
            return 204, None
        view |= body
        return 200, view

    def _job(self, method: str, parts: list[str], body: dict[str, Any]) -> Answer:
        if method == "POST":
            return self._start(body)
        job = self.jobs[parts[0]]
        if parts[1:] == ["items"]:
            fault = {
                "ticket_id": "K3",
                "outcome": "failed",
                "code": "forbidden",
                "detail": "not in your sight",
                "at": AT,
            }
            return _page([fault])
        if parts[1:] == ["undo"]:
            return self._run({"kind": "undo"}, len(job["ids"]), undoes=parts[0])
        if method == "DELETE":
            job["state"] = "cancelled"
        elif job["state"] == "running":
            job |= {"state": "finished", "progress": 1}
        return 200, job

    def _start(self, body: dict[str, Any]) -> Answer:
        ids = body.get("ids") or [row["id"] for row in self.tickets]
        rows = [row for row in self.tickets if row["id"] in ids]
        if body.get("preview"):
            change = {"status_id": {"from": "open", "to": "on_hold"}}
            sample = [
                {"ticket_id": row["id"], "number": row["number"], "subject": row["subject"], "changes": change}
                | ({"code": "forbidden", "detail": "not in your sight", "changes": {}} if row["id"] == "K3" else {})
                for row in rows
            ]
            return 200, {"count": len(rows), "more": False, "sample": sample}
        return self._run(body["action"], len(rows), ids=ids)

    def _run(self, action: dict[str, Any], count: int, **more: Any) -> Answer:
        ids = more.pop("ids", [])
        failed = int("K3" in ids)
        counts = {"done": count - failed, "unchanged": 0, "failed": failed}
        job = {"id": f"J{len(self.jobs)}", "state": "running", "action": action, "total": count, "counts": counts}
        self.jobs[job["id"]] = job | {"progress": 0.5, "undoes": None, "ids": ids or ["?"] * count} | more
        return 202, dict(self.jobs[job["id"]])

    def _timers(self, method: str, ticket: dict[str, Any]) -> Answer:
        if method == "DELETE":
            self.kept_open.add(ticket["id"])
            return 200, self.change(ticket)
        close = {"id": "close", "at": AT, "because": "", "rule_id": "Z1", "rule": "Silent customers"}
        return _page([] if ticket["id"] in self.kept_open else [close])

    def _of_ticket(self, method: str, ticket: dict[str, Any], parts: list[str], body: dict[str, Any]) -> Answer | None:
        if method == "POST" and parts[0] == "macros":
            note = {
                "kind": "note",
                "locale": "en",
                "body_html": "<p>Waits.</p>",
                "body_text": "Waits.",
                "undefined": [],
            }
            changes = {"status_id": {"from": "open", "to": "on_hold"}}
            if parts[-1] == "preview":
                return 200, {"macro_id": "M1", "changes": changes, "messages": [note], "undefined": []}
            return 200, self.change(ticket, status={"id": "on_hold", "label": "On hold", "category": "on_hold"})
        if parts == ["decisions"]:
            return _page(canned_rules.decisions())
        if parts[0] == "timers":
            return self._timers(method, ticket)
        if parts == ["undo"]:
            return 200, self.change(ticket, **ticket.pop("was", {}))
        if parts[-1] == "sending" and method == "POST":
            return 200, {"id": parts[1]}
        if parts[-1] == "sending" and method == "PATCH":
            self.held[parts[1]]["delivery"] |= body
            return 200, self.held[parts[1]]
        if parts[-1] == "sending" and method == "PUT":
            self.held[parts[1]]["delivery"] = {"status": "queued"}
            return 200, self.held[parts[1]]
        if parts[-1] == "sending":
            return 200, self.held.pop(parts[1]) | {"delivery": {"status": "cancelled"}}
        if parts == ["trash"]:
            return 200, self.change(ticket, trashed_at=AT if method == "PUT" else None)
        if parts == ["snooze"]:
            wish = {"until": None, "on_reply": False, "at": AT, "by": "A1"} | body
            return 200, self.change(ticket, snooze=wish if method == "PUT" else None)
        if parts == ["merge"]:
            return 200, self.change(ticket, merged_into=body.get("into"))
        if parts == ["split"]:
            return 201, self.tickets[1]
        if parts[0] in {"participants", "links", "side-conversations"}:
            return self.relation(method, ticket, parts, body)
        return None
