"""What the canned desk says of owners: why a ticket has the one it has, and who takes tickets now."""

from __future__ import annotations

from typing import Any

AT = "2026-11-20T09:00:00Z"
BY_HAND: dict[str, Any] = {"mode": "manual", "requires": [], "language": "ignore", "sticky": True} | {
    "relax_minutes": None,
    "only_on_shift": True,
    "hand_over": False,
}
ROUTED = BY_HAND | {"mode": "automatic", "requires": [{"skill": "Electrics", "level": 3}], "language": "prefer"}
ORGANISATION: dict[str, Any] = {
    "id": "acme",
    "name": "Acme",
    "locale": "en",
    "support_address": "support@acme.test",
} | {
    "purge_days": 30,
    "default_capacity": 20,
    "channel_weights": {"chat": 2},
}


def team(**values: Any) -> dict[str, Any]:
    """What a team has besides its name."""
    return {"focus": "", "parent_id": None, "archived": False, "routing": BY_HAND} | values


def decision(**values: Any) -> dict[str, Any]:
    """Sam got it, three others could not."""
    known = {"trigger": "created", "team_id": "T1", "chosen": "A1", "why": "least_loaded", "load": 3, "capacity": 20}
    counts = {"left_out": {"off_shift": 1}, "others": [{"person_id": "A2", "cause": "off_shift"}]}
    return known | {"relaxed": "none", "language": "no", "speaks": True} | counts | values


def told(**values: Any) -> dict[str, Any]:
    """The answer of a ticket's routing."""
    known = {"state": "assigned", "assignee_id": "A1", "language": "no", "at": AT, "decision": decision()}
    return known | {"by": {"kind": "system", "id": "system"}} | values


class CannedRouting:
    """Why tickets have their owners, by ticket; and what colleagues said of themselves."""

    def __init__(self) -> None:
        self.reasons: dict[str, dict[str, Any]] = {}

    def answer(
        self, method: str, path: str, body: dict[str, Any], people: list[dict[str, Any]]
    ) -> tuple[int, Any] | None:
        """Status and JSON, None for what is nothing of routing."""
        parts = path.split("/")[1:]
        if parts[0] == "tickets" and parts[2:] == ["routing"]:
            found = self.reasons.get(parts[1])
            return (200, found) if found else (404, {"code": "not_found", "detail": "There is none."})
        if method == "PUT" and parts[0] == "people" and parts[2:] == ["availability"]:
            person = next(row for row in people if row["id"] == parts[1])
            person["availability"] = {"since": AT, "reassign": False, "by": "self"} | body
            return 200, person
        return None
