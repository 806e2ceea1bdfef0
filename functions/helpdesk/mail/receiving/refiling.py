"""Files of a mail that is read again: those that are known keep their ids, and none is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from helpdesk.core import blobs, clock
from helpdesk.core.config import config
from helpdesk.core.ids import derived_id
from helpdesk.core.table import Action
from helpdesk.tickets import attachment_store
from helpdesk.tickets.model import Message


@dataclass(frozen=True)
class Refiled:
    """`rows` of all files that the mail now has, `kept` those that it no longer shows, `actions` what is to write.

    `replaced` are the hashes of bytes in whose place others have come.
    """

    rows: Sequence[dict[str, Any]]
    kept: Sequence[dict[str, Any]]
    actions: Sequence[Action]
    replaced: frozenset[str]

    def erase_replaced(self, org_id: str) -> None:
        """Once the rows are written: bytes that nobody names any more would outlive their ticket's purge."""
        for digest in self.replaced:
            if not attachment_store.users_of(org_id, digest):
                blobs.erase(config().attachments_bucket, f"{org_id}/sha256/{digest}")


def refile(before: Message, rows: Sequence[dict[str, Any]]) -> Refiled:
    """Give the new `file_rows` the ids of the message's files: of the same bytes, else of the same name."""
    left = {one["id"]: one for one in before.attachments}
    matched: list[dict[str, Any]] = []
    actions: list[Action] = []
    replaced: set[str] = set()
    for row in rows:
        known = left.pop(_known(row, left) or "", None)
        mine = row | ({"id": known["id"], "verdict": known["verdict"]} if known else {"id": _new_id(before, row)})
        matched.append(mine)
        if known is None or any(known[name] != mine[name] for name in known):
            actions.append(_put(mine, known=known is not None))
        if known and known["sha256"] != mine["sha256"]:
            replaced.add(known["sha256"])
    return Refiled(matched, tuple(left.values()), actions, frozenset(replaced))


def _new_id(before: Message, row: dict[str, Any]) -> str:
    return derived_id(clock.parse(before.created_at), "file", row["id"], row["sha256"])


def _known(row: dict[str, Any], left: dict[str, dict[str, Any]]) -> str | None:
    same = (id_ for name in ("sha256", "filename") for id_, one in left.items() if one[name] == row[name])
    return next(same, None)


def _put(row: dict[str, Any], *, known: bool) -> Action:
    org_id = row["key"].partition("/")[0]
    put = attachment_store.attachment_row(org_id, row)
    return replace(put, condition="attribute_exists(pk)") if known else put
