"""A purged ticket's entries lose their content wherever they stand: in the table and in the archive (TM-19)."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk.core.items import Item
from helpdesk.feed import archive, archive_store, store


def redact(org_id: str, events: Sequence[Item]) -> None:
    """Take the content out of these events' entries; number, time, subject and hash stay, so that the chain holds.

    The table goes first: a bucket that is just being archived follows what the table says.
    """
    store.redact(org_id, events)
    archived = archive_store.get_mark(org_id)["archived"]
    numbers = {event["seq"] for event in events if event["seq"] // store.BUCKET < archived}
    for bucket in sorted({seq // store.BUCKET for seq in numbers}):
        archive.rewrite(
            org_id,
            bucket,
            lambda row: store.blank(row) if row["seq"] in numbers and not row.get("purged") else row,
        )
