"""What people keep for themselves beside their row in People: their wishes (`NOTIFY`) and their browsers (`PUSH`)."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import NEW, Put, get_many, write


def get_receivers(org_id: str, person_ids: Iterable[str]) -> dict[str, dict[str, Item]]:
    """By person the rows that there are of `PERSON`, `NOTIFY` (his wishes) and `PUSH` (his devices); one batch."""
    table = config().people_table
    keys = [(table, f"{org_id}#{id_}", sk) for id_ in person_ids for sk in ("PERSON", "NOTIFY", "PUSH")]
    found: dict[str, dict[str, Item]] = {}
    for row in get_many(keys):
        found.setdefault(row["pk"].partition("#")[2], {})[row["sk"]] = row
    return found


def put_own(org_id: str, person_id: str, sk: str, row: Item, version: int) -> None:
    """Keep somebody's wishes (`NOTIFY`) or devices (`PUSH`); ConditionFailed if they have changed since `version`."""
    condition = "version = :v" if version else NEW
    item = row | {"pk": f"{org_id}#{person_id}", "sk": sk, "version": version + 1}
    write(Put(config().people_table, item, condition, values={":v": version} if version else {}))
