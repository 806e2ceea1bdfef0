"""Who takes part in a canned ticket, what it is linked with, and talks beside it."""

from __future__ import annotations

from typing import Any

AT = "2026-11-20T09:00:00Z"
Answer = tuple[int, Any]
RULES = {"asked": ["site", "firmware"], "required": ["site"], "read_only": []}


def _page(rows: list[Any]) -> Answer:
    return 200, {"data": rows, "next_cursor": None}


class CannedRelations:
    """Participants, links and side conversations of the ticket that is open."""

    tickets: list[dict[str, Any]]

    def __init__(self) -> None:
        copy = {"id": "cc:copy@fjord.test", "role": "cc", "person_id": None, "email": "copy@fjord.test", "name": None}
        self.people: list[dict[str, Any]] = [copy]
        self.links: list[dict[str, Any]] = []
        self.sides: list[dict[str, Any]] = []

    def change(self, ticket: dict[str, Any], **changes: Any) -> dict[str, Any]:
        ticket.update(changes, version=ticket["version"] + 1)
        return ticket | {"field_rules": RULES, "legal_statuses": []}

    def relation(self, method: str, ticket: dict[str, Any], parts: list[str], body: dict[str, Any]) -> Answer:
        if parts[0] == "participants":
            if method == "POST":
                role = body["role"]
                self.people.append({"id": f"{role}:A1", "role": role, "person_id": "A1", "email": None, "name": "Sam"})
                self.change(ticket, followers=["A1"] if role == "follower" else [])
            elif method == "DELETE":
                self.people = [
                    one for one in self.people if one["id"] != parts[1].replace("%3A", ":").replace("%40", "@")
                ]
                self.change(ticket)
            return _page(self.people)
        if parts[0] == "links":
            if method == "POST":
                other = next(row for row in self.tickets if row["id"] == body["ticket_id"])
                self.links.append({"kind": body["kind"], "ticket": other})
                return 201, self.change(ticket)
            return _page(self.links)
        return self._side(method, parts[1:], body)

    def _side(self, method: str, parts: list[str], body: dict[str, Any]) -> Answer:
        by = {"kind": "agent", "id": "A1", "name": "Sam Agent"}
        if parts[1:] == ["messages"]:
            words = {"body_html": "<p>Do you have it?</p>", "trimmed_html": None, "delivery": {"status": "sent"}}
            return _page([{"id": "SM1", "kind": "sent", "author": by, "created_at": AT, **words}])
        if parts[1:] == ["resolution"]:
            self.sides[0]["state"] = "resolved" if method == "PUT" else "open"
            return 200, self.sides[0]
        if method == "POST":
            self.sides.append(
                {"id": "S1", "subject": body["subject"], "to": body["to"], "state": "open", "created_by": by}
            )
            return 201, self.sides[-1]
        return _page(self.sides)
