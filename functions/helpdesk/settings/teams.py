"""Teams: a tree of groups of colleagues, what each is for, and how its tickets find somebody who takes them."""

from __future__ import annotations

from typing import Any

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.records import service as records
from helpdesk.records.service import Kind
from helpdesk.settings.kept import Derived, Kept

TEAM = Kind("team", "team")
HUES = (20, 55, 90, 140, 175, 215, 250, 290, 325, 350)
MOST_LEVELS = 5
ROUTING: dict[str, Any] = {
    "mode": "manual",
    "requires": [],
    "language": "ignore",
    "sticky": True,
    "relax_minutes": None,
    "only_on_shift": True,
    "hand_over": False,
}
"""How a team's tickets are given out unless it says otherwise: not at all."""
_FRESH: dict[str, Any] = {"focus": "", "parent_id": None, "archived": False, "routing": ROUTING}


def _built(rows: dict[str, Item]) -> dict[str, dict[str, Any]]:
    return {id_: _shown(row) for id_, row in rows.items()}


teams = Derived(Kept(TEAM), _built)
"""The teams by id, archived ones too: `{id, name, hue, focus, parent_id, archived, routing, version}`."""


def create_team(cause: Cause, body: dict[str, Any]) -> dict[str, Any]:
    """Make a team; its hue is the next of the ten, so that neighbours differ.

    Raises
    ------
    Invalid
        with a fault for the team above it, or a skill, that is not right.
    """
    hue = HUES[len(teams(cause.org_id)) % len(HUES)]
    values = _FRESH | {"hue": hue} | _checked(cause.org_id, None, _FRESH, body)
    return _shown(records.create(cause, TEAM, values))


def change_team(cause: Cause, team_id: str, changes: dict[str, Any], version: int | None) -> dict[str, Any]:
    """Change a team, take it out of use or bring it back; `Stale` if `version` is not the current one."""
    before = _shown(records.get(cause.org_id, TEAM, team_id))
    return _shown(records.change(cause, TEAM, team_id, _checked(cause.org_id, team_id, before, changes), version))


def draft_of(org_id: str, team_id: str, routing: dict[str, Any]) -> dict[str, Any]:
    """How a team would give its tickets out, checked as a change that is kept; what is not named stays.

    Raises
    ------
    Invalid
        as `change_team`, below `/routing`.
    """
    checked: dict[str, Any] = _checked(org_id, team_id, teams(org_id)[team_id], {"routing": routing})["routing"]
    return checked


def archive_team(cause: Cause, team_id: str, version: int | None = None) -> None:
    """Take a team out of use: nothing new comes to it, and what it has keeps its name."""
    records.change(cause, TEAM, team_id, {"archived": True}, version)


def check_team(org_id: str, team_id: str, pointer: str = "/team_id") -> None:
    """Raise `Invalid` for a team that is not there, or not in use any more."""
    if teams(org_id).get(team_id, {"archived": True})["archived"]:
        raise Invalid("there is no such team", FieldError(pointer, "unknown", "there is no such team in use"))


def below(org_id: str, team_id: str) -> set[str]:
    """A team and all that stand below it, without those that are archived."""
    known, found, fresh = teams(org_id), {team_id}, {team_id}
    while fresh:
        fresh = {id_ for id_, row in known.items() if row["parent_id"] in fresh and not row["archived"]} - found
        found |= fresh
    return found


def path_of(org_id: str, team_id: str | None) -> list[dict[str, Any]]:
    """A team and those above it, itself first; [] for none."""
    known, line = teams(org_id), list[dict[str, Any]]()
    team = known.get(team_id or "")
    while team and team not in line:
        line.append(team)
        team = known.get(team["parent_id"] or "")
    return line


def automatic(org_id: str, team_id: str | None) -> dict[str, Any] | None:
    """How the tickets of a team are given out; None where people do it."""
    team = teams(org_id).get(team_id or "")
    if not team or team["archived"] or team["routing"]["mode"] != "automatic":
        return None
    return dict(team["routing"])


def automatic_teams(org_id: str) -> dict[str, dict[str, Any]]:
    """How tickets are given out, by team, of the teams that do; no round trip when warm."""
    return {id_: routing for id_ in teams(org_id) if (routing := automatic(org_id, id_))}


def _shown(row: Item) -> dict[str, Any]:
    known = {name: value for name, value in row.items() if name != "replaced_by"}
    return _FRESH | known | {"routing": ROUTING | (row.get("routing") or {})}


def _checked(org_id: str, id_: str | None, before: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    faults = _parent_faults(org_id, id_, body.get("parent_id"))
    values = dict(body)
    if "routing" in body:
        routing = before["routing"] | body["routing"]
        values["routing"] = routing | {"requires": [{"level": 1} | one for one in routing["requires"]]}
        faults += _twice(routing["requires"])
    if faults:
        raise Invalid("this team does not fit", *faults)
    return values


def _twice(requires: list[dict[str, Any]]) -> list[FieldError]:
    names = [one["skill"].casefold() for one in requires]
    return [
        FieldError(f"/routing/requires/{index}/skill", "twice", "each skill once")
        for index, name in enumerate(names)
        if name in names[:index]
    ]


def _parent_faults(org_id: str, id_: str | None, parent_id: str | None) -> list[FieldError]:
    if parent_id is None:
        return []
    line = path_of(org_id, parent_id)
    if not line or line[0]["archived"]:
        return [FieldError("/parent_id", "unknown", "there is no such team in use")]
    if id_ in [team["id"] for team in line]:
        return [FieldError("/parent_id", "cyclic", "a team cannot stand below itself")]
    if len(line) + _height(org_id, id_) > MOST_LEVELS:
        return [FieldError("/parent_id", "too_deep", f"teams have at most {MOST_LEVELS} levels")]
    return []


def _height(org_id: str, id_: str | None) -> int:
    under = [one["id"] for one in teams(org_id).values() if id_ and one["parent_id"] == id_]
    return 1 + max((_height(org_id, one) for one in under), default=0)
