"""A team as the cells of a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk.imports import cells
from helpdesk.imports.sheet import written
from helpdesk.settings.teams import ROUTING, teams

KEY = "name"
COLUMNS = (
    *("id", KEY, "parent", "focus", "archived", "mode", "requires", "relax_minutes", "language"),
    *("only_on_shift", "sticky", "hand_over"),
)
FLAGS = ("only_on_shift", "sticky", "hand_over")
NEW = {"name": "", "focus": "", "parent": None, "archived": False, "routing": ROUTING}
Team = Mapping[str, Any]


def sample() -> str:
    """A file with two teams, to begin with."""
    first = {KEY: "Support", "focus": "Questions of customers", "mode": "manual"}
    second = {KEY: "Hardware", "parent": "Support", "mode": "automatic", "requires": "Soldering:3; Electronics"}
    return written(COLUMNS[1:], [first, second | {"relax_minutes": "60", "only_on_shift": "yes"}])


def exported(org_id: str) -> str:
    """All teams."""
    known = teams(org_id)
    return written(COLUMNS, (cells_of(flat(team, known)) for team in known.values()))


def flat(team: Team, known: Mapping[str, Team]) -> dict[str, Any]:
    """A team with the name of the one above it."""
    above = known.get(team["parent_id"] or "")
    kept = {name: team[name] for name in ("id", "name", "focus", "archived", "routing")}
    return kept | {"parent": above["name"] if above else None}


def cells_of(team: Team) -> dict[str, str]:
    """A flat team as the cells of its row."""
    routing = team["routing"]
    return {
        "id": team.get("id", ""),
        **{name: team[name] or "" for name in ("name", "parent", "focus")},
        "archived": cells.of_flag(team["archived"]),
        **{name: routing[name] for name in ("mode", "language")},
        "requires": cells.of_skills(routing["requires"]),
        "relax_minutes": cells.of_number(routing["relax_minutes"]),
        **{name: cells.of_flag(routing[name]) for name in FLAGS},
    }
