"""How often macros and templates are used: a row of its own each, so that counting changes no version."""

from __future__ import annotations

from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import Update, query_all, write


def list_usage(org_id: str, kind: str) -> dict[str, Item]:
    """`{count, last_used_at}` by id; one round trip."""
    rows = query_all(config().settings_table, f"{org_id}#usage#{kind}")
    return {row["sk"]: {"count": row["used"], "last_used_at": row["last_used_at"]} for row in rows}


def note_use(org_id: str, kind: str, id_: str, at: str) -> None:
    """Count one use."""
    write(
        Update(
            config().settings_table,
            f"{org_id}#usage#{kind}",
            id_,
            "ADD used :one SET last_used_at = :at",
            values={":one": 1, ":at": at},
        )
    )
