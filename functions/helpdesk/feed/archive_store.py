"""How much of a feed stands in the archive: one row, whose two numbers only grow."""

from __future__ import annotations

from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import Update, get, write


def get_mark(org_id: str) -> Item:
    """`{archived, cleared, at}`: buckets below `archived` are archived, those below `cleared` not in the table."""
    return get(config().tickets_table, f"{org_id}#FEED", "ARCHIVE") or {"archived": 0, "cleared": 0, "at": ""}


def set_archived(org_id: str, archived: int, at: str) -> None:
    """Say that all buckets below `archived` can be read in the archive.

    Raises
    ------
    ConditionFailed
        when another run was quicker.
    """
    write(
        Update(
            config().tickets_table,
            f"{org_id}#FEED",
            "ARCHIVE",
            "SET archived = :new, #at = :at, cleared = if_not_exists(cleared, :none)",
            "attribute_not_exists(archived) OR archived < :new",
            names={"#at": "at"},
            values={":new": archived, ":at": at, ":none": 0},
        )
    )


def set_cleared(org_id: str, cleared: int) -> None:
    """Say that the rows of all buckets below `cleared` are gone from the table."""
    values = {":new": cleared}
    write(Update(config().tickets_table, f"{org_id}#FEED", "ARCHIVE", "SET cleared = :new", values=values))
