"""Rows of the Settings table: one partition a kind, one item a setting."""

from __future__ import annotations

from helpdesk.core.config import config
from helpdesk.core.events import Event
from helpdesk.core.items import Item
from helpdesk.core.log import event_row
from helpdesk.core.table import NEW, ConditionFailed, Delete, Put, get, query_all, transact, write


def get_setting(org_id: str, kind: str, id_: str) -> Item | None:
    """One setting."""
    row = get(config().settings_table, f"{org_id}#{kind}", id_)
    return _values(row) if row else None


def list_settings(org_id: str, kind: str) -> list[Item]:
    """All settings of a kind, ordered by id."""
    rows = query_all(config().settings_table, f"{org_id}#{kind}", consistent=True)  # what is read is kept for 30 s
    return [_values(row) for row in rows]


def add_setting(org_id: str, kind: str, row: Item) -> bool:
    """Store a new setting under row["id"], with no event: for set-up alone. False if that id is taken."""
    try:
        write(Put(config().settings_table, _row(org_id, kind, row), NEW))
    except ConditionFailed:
        return False
    return True


def commit_setting(event: Event, before: Item | None, after: Item | None) -> None:
    """Put, replace or remove a setting together with the event that tells of it; subject of the event = the setting.

    Raises
    ------
    ConditionFailed
        when the setting is not, or no longer, at `before`'s version.
    """
    org_id, kind, id_ = event.org_id, event.subject["kind"], event.subject["id"]
    table = config().settings_table
    held = {"condition": "version = :v", "values": {":v": before["version"]}} if before else {"condition": NEW}
    if after:
        transact([Put(table, _row(org_id, kind, after), **held), event_row(event)])
    else:
        transact([Delete(table, f"{org_id}#{kind}", id_, **held), event_row(event)])


def _row(org_id: str, kind: str, row: Item) -> Item:
    return {"pk": f"{org_id}#{kind}", "sk": row["id"], **row}


def _values(row: Item) -> Item:
    return {name: value for name, value in row.items() if name not in ("pk", "sk")}
