"""Rows of the Settings table: one partition a kind, one item a setting."""

from __future__ import annotations

from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import NEW, ConditionFailed, Delete, Put, get, query_all, write


def get_setting(org_id: str, kind: str, id_: str) -> Item | None:
    """One setting."""
    row = get(config().settings_table, f"{org_id}#{kind}", id_)
    return _values(row) if row else None


def list_settings(org_id: str, kind: str) -> list[Item]:
    """All settings of a kind, ordered by id."""
    return [_values(row) for row in query_all(config().settings_table, f"{org_id}#{kind}")]


def add_setting(org_id: str, kind: str, row: Item) -> bool:
    """Store a new setting under row["id"]; False if that id is taken."""
    try:
        write(Put(config().settings_table, {"pk": f"{org_id}#{kind}", "sk": row["id"], **row}, NEW))
    except ConditionFailed:
        return False
    return True


def replace_setting(org_id: str, kind: str, row: Item, version: int) -> None:
    """Replace the setting whose version is `version`; `ConditionFailed` if it is another by now."""
    item = {"pk": f"{org_id}#{kind}", "sk": row["id"], **row}
    write(Put(config().settings_table, item, "version = :v", values={":v": version}))


def delete_setting(org_id: str, kind: str, id_: str) -> bool:
    """Remove a setting; False if there was none."""
    try:
        write(Delete(config().settings_table, f"{org_id}#{kind}", id_, "attribute_exists(pk)"))
    except ConditionFailed:
        return False
    return True


def _values(row: Item) -> Item:
    return {name: value for name, value in row.items() if name not in ("pk", "sk")}
