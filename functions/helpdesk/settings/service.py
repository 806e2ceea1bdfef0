"""What the desk is set to: statuses, priorities, teams and the organisation; kept 30 s per container."""

from __future__ import annotations

from typing import Any

from helpdesk.core import clock
from helpdesk.core.cache import forget, remember
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.records import service as records
from helpdesk.records import store
from helpdesk.records.service import Kind
from helpdesk.settings import mailboxes
from helpdesk.settings.priorities import priorities
from helpdesk.settings.statuses import status_in, statuses

__all__ = ["priorities", "status_in", "statuses"]  # where others look for them

TEAM = Kind("team", "team")
HUES = (20, 55, 90, 140, 175, 215, 250, 290, 325, 350)


@remember(seconds=30)
def organisation(org_id: str) -> dict[str, Any]:
    """`{id, name, support_address, mailboxes, locale}`; NotFound before set-up.

    `support_address` is the main mailbox's, `mailboxes` every address that was ever ours.
    """
    row, own = mailboxes.organisation_row(org_id), mailboxes.own_addresses(org_id)
    return row | {"id": org_id, "support_address": own[0], "mailboxes": list(own)}


def set_up_organisation(org_id: str, name: str, support_address: str, locale: str = "en") -> None:
    """Make the organisation's own row and its first mailbox; harmless when they are there already."""
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
    first = mailboxes.first_row(support_address) | {"version": 1, "created_at": row["created_at"]}
    store.add_setting(org_id, mailboxes.KIND.name, first)
    forget()


def teams(org_id: str) -> dict[str, dict[str, Any]]:
    """The teams `{id, name, hue, version}` by id."""
    return records.all_of(org_id, TEAM)


def create_team(cause: Cause, name: str) -> dict[str, Any]:
    """Make a team; its hue is the next of the ten, so that neighbours differ."""
    hue = HUES[len(teams(cause.org_id)) % len(HUES)]
    return records.create(cause, TEAM, {"name": name, "hue": hue})


def rename_team(cause: Cause, team_id: str, name: str, version: int | None) -> dict[str, Any]:
    """Give a team another name; `Stale` if `version` is not the current one."""
    return records.change(cause, TEAM, team_id, {"name": name}, version)


def delete_team(cause: Cause, team_id: str) -> None:
    """Remove a team; tickets keep its id in their history."""
    records.delete(cause, TEAM, team_id)


def check_team(org_id: str, team_id: str, pointer: str = "/team_id") -> None:
    """Raise `Invalid` for a team that is not there."""
    if team_id not in teams(org_id):
        raise Invalid("there is no such team", FieldError(pointer, "unknown", "there is no such team"))
