"""Drafts of a policy, a rule and of routing, each tried on the last 30 days of a desk with a year's tickets."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from bench import desk

TICKETS = 10_000
_ACTIONS = [{"type": "set_priority", "value": "urgent"}, {"type": "add_tags", "tags": ["tried"]}]
_POLICY = {"name": "Gold", "targets": {name: {"normal": 2_400} for name in ("first_response", "resolution")}}
_RULE = {"name": "x", "on": ["ticket.created", "message.received"], "when": "-priority:urgent", "then": _ACTIONS}


def measure(key: str) -> list[dict[str, Any]]:
    """Seconds until the answer; `tickets` are those of the 30 days, `all` says whether it looked at all of them."""
    automatic = {"mode": "automatic", "only_on_shift": False}
    drafts = {
        "SLA policy": ("/v1/simulations", {"kind": "sla_policy", "policy": _POLICY}),
        "rule": ("/v1/simulations/rule", {"rule": _RULE}),
        "routing": (
            "/v1/simulations/routing",
            {"id": _team(), "routing": automatic},
        ),
    }
    return [_tried(key, name, *draft) for name, draft in drafts.items()]


def _tried(key: str, name: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    began = time.perf_counter()
    found = desk.call(key, "POST", path, body)
    seconds = round(time.perf_counter() - began, 2)
    tickets = found.get("tickets_seen", found["tickets"])
    return {"operation": name, "tickets": tickets, "all": found["all"], "seconds": seconds}


def _team() -> str:
    """The team with most members."""
    from helpdesk.people.colleagues import colleagues

    sizes = Counter(team_id for person in colleagues(desk.ORG) for team_id in person.team_ids)
    return sizes.most_common(1)[0][0]
