"""Rows of codes and grants in People: a code stands alone, a grant beside the person who gave it; digests only."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import (
    NEW,
    Action,
    ConditionFailed,
    Delete,
    Put,
    Update,
    get,
    get_many,
    query_all,
    transact,
    write,
)


def put_code(org_id: str, digest: str, code: Item) -> None:
    """Store a fresh authorization code; `expires_at` in epoch seconds."""
    write(Put(config().people_table, {"pk": f"{org_id}#CODE#{digest}", "sk": "CODE", **code}, NEW))


def get_code(org_id: str, digest: str) -> Item | None:
    """A code's row, used or not."""
    return get(config().people_table, f"{org_id}#CODE#{digest}", "CODE")


def take_code(org_id: str, digest: str, grant: Item, also: Sequence[Action]) -> bool:
    """Use a code up for a grant; `also` is written with it. False for all but the first."""
    table = config().people_table
    used = Update(
        table,
        f"{org_id}#CODE#{digest}",
        "CODE",
        "SET grant_id = :grant",
        "attribute_exists(pk) AND attribute_not_exists(grant_id)",
        values={":grant": grant["id"]},
    )
    row = {"pk": f"{org_id}#{grant['person_id']}", "sk": f"GRANT#{grant['id']}", **grant}
    try:
        transact([used, Put(table, row, NEW), *also])
    except ConditionFailed:
        return False
    return True


def get_grant(org_id: str, person_id: str, grant_id: str) -> tuple[Item, Item] | None:
    """`(person, grant)` in one round trip, or None if either is gone."""
    table, pk = config().people_table, f"{org_id}#{person_id}"
    rows = {row["sk"]: row for row in get_many([(table, pk, "PERSON"), (table, pk, f"GRANT#{grant_id}")])}
    person, grant = rows.get("PERSON"), rows.get(f"GRANT#{grant_id}")
    return (person, grant) if person and grant else None


def list_grants(org_id: str, person_id: str) -> list[Item]:
    """What a person has granted, oldest first."""
    return list(query_all(config().people_table, f"{org_id}#{person_id}", between=("GRANT#", "GRANT#~")))


def rotate(row: Item, after: Item) -> bool:
    """Give a grant new tokens; False when its refresh token has been used meanwhile."""
    values = {":refresh": row["refresh"]}
    try:
        write(Put(config().people_table, after, "refresh = :refresh", values=values))
    except ConditionFailed:
        return False
    return True


def delete_grant(row: Item, also: Sequence[Action]) -> bool:
    """End a grant; `also` is written with it. False when it was ended before."""
    try:
        transact([Delete(config().people_table, row["pk"], row["sk"], "attribute_exists(pk)"), *also])
    except ConditionFailed:
        return False
    return True
