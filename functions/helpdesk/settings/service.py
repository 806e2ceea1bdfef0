"""What the desk is set to: the organisation, and where others look for the rest; kept 30 s per container."""

from __future__ import annotations

from typing import Any

from helpdesk.core import clock
from helpdesk.core.cache import forget, remember
from helpdesk.records import store
from helpdesk.settings import mailboxes
from helpdesk.settings.priorities import priorities
from helpdesk.settings.statuses import status_in, statuses
from helpdesk.settings.teams import check_team, teams

__all__ = ["check_team", "priorities", "status_in", "statuses", "teams"]  # where others look for them


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
