"""What the desk is set to: statuses, priorities, teams and the organisation; kept 30 s per container."""

from __future__ import annotations

from typing import Any

from helpdesk.core import clock
from helpdesk.core.cache import forget, remember
from helpdesk.core.errors import Conflict, FieldError, Invalid, NotFound, Stale
from helpdesk.core.ids import new_id
from helpdesk.core.table import ConditionFailed
from helpdesk.settings import store
from helpdesk.settings.defaults import PRIORITIES, STATUSES, Priority, Status

HUES = (20, 55, 90, 140, 175, 215, 250, 290, 325, 350)


def statuses(_org_id: str) -> dict[str, Status]:
    """The organisation's statuses by id, in order."""
    return {status.id: status for status in STATUSES}


def status_in(org_id: str, category: str) -> Status:
    """The first status of a category: where automatic moves go."""
    return next(status for status in statuses(org_id).values() if status.category == category)


def priorities(_org_id: str) -> dict[str, Priority]:
    """The organisation's priorities by id, lowest first."""
    return {priority.id: priority for priority in PRIORITIES}


@remember(seconds=30)
def organisation(org_id: str) -> dict[str, Any]:
    """`{id, name, support_address, mailboxes, locale}`; NotFound before set-up."""
    row = store.get_setting(org_id, "org", "org")
    if not row:
        raise NotFound("this organisation has not been set up; run `desk setup`")
    return row | {"id": org_id}


def set_up_organisation(org_id: str, name: str, support_address: str, locale: str = "en") -> None:
    """Make the organisation's own row; harmless when it is there already."""
    row = {
        "id": "org",
        "name": name,
        "support_address": support_address,
        "mailboxes": [support_address],
        "locale": locale,
        "version": 1,
        "created_at": clock.stamp(),
    }
    store.add_setting(org_id, "org", row)
    forget()


@remember(seconds=30)
def teams(org_id: str) -> dict[str, dict[str, Any]]:
    """The teams `{id, name, hue, version}` by id."""
    return {row["id"]: row for row in store.list_settings(org_id, "team")}


def create_team(org_id: str, name: str) -> dict[str, Any]:
    """Make a team; its hue is the next of the ten, so that neighbours differ."""
    id_ = new_id()
    hue = HUES[len(teams(org_id)) % len(HUES)]
    row = {"id": id_, "name": name, "hue": hue, "version": 1, "created_at": clock.stamp()}
    store.add_setting(org_id, "team", row)
    forget()
    return row


def rename_team(org_id: str, team_id: str, name: str, version: int | None) -> dict[str, Any]:
    """Give a team another name; `Stale` if `version` is not the current one."""
    row = store.get_setting(org_id, "team", team_id)
    if not row:
        raise NotFound("there is no such team")
    if version not in (None, row["version"]):
        raise Stale("the team has changed meanwhile", current=row, differing=["name"])
    changed = row | {"name": name, "version": row["version"] + 1}
    try:
        store.replace_setting(org_id, "team", changed, row["version"])
    except ConditionFailed as failure:
        raise Conflict("the team is being changed by someone else; try again") from failure
    forget()
    return changed


def delete_team(org_id: str, team_id: str) -> None:
    """Remove a team; tickets keep its id in their history."""
    if not store.delete_setting(org_id, "team", team_id):
        raise NotFound("there is no such team")
    forget()


def check_team(org_id: str, team_id: str, pointer: str = "/team_id") -> None:
    """Raise `Invalid` for a team that is not there."""
    if team_id not in teams(org_id):
        raise Invalid("there is no such team", FieldError(pointer, "unknown", "there is no such team"))
