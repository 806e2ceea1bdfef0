"""Rows of sessions, sign-in links and API keys; secrets are stored as SHA-256 only."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk.core import clock
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


def get_session(org_id: str, person_id: str, digest: str) -> tuple[Item, Item] | None:
    """`(person, session)` rows in one round trip, or None if either is missing or the session is over."""
    table, pk = config().people_table, f"{org_id}#{person_id}"
    rows = {row["sk"]: row for row in get_many([(table, pk, "PERSON"), (table, pk, f"SESSION#{digest}")])}
    person, session = rows.get("PERSON"), rows.get(f"SESSION#{digest}")
    if not person or not session or session["expires_at"] <= clock.epoch(clock.now()):
        return None
    return person, session


def put_session(org_id: str, person_id: str, digest: str, session: Item, also: Sequence[Action]) -> None:
    """Store a new session; `also` is written with it."""
    row = {"pk": f"{org_id}#{person_id}", "sk": f"SESSION#{digest}", **session}
    transact([Put(config().people_table, row, NEW), *also])


def list_sessions(org_id: str, person_id: str) -> list[Item]:
    """The person's sessions that still live, oldest first."""
    rows = query_all(config().people_table, f"{org_id}#{person_id}", between=("SESSION#", "SESSION#~"))
    now = clock.epoch(clock.now())
    return sorted((row for row in rows if row["expires_at"] > now), key=lambda row: row["id"])


def delete_session(row: Item, also: Sequence[Action]) -> None:
    """End a session that is there; `also` is written with it. Ended twice at once it is ended once."""
    try:
        transact([Delete(config().people_table, row["pk"], row["sk"], "attribute_exists(pk)"), *also])
    except ConditionFailed:
        return


def put_link(org_id: str, person_id: str, digest: str, expires_at: int) -> None:
    """Store a single-use sign-in link, `expires_at` in epoch seconds."""
    row = {"pk": f"{org_id}#{person_id}", "sk": f"LINK#{digest}", "expires_at": expires_at}
    write(Put(config().people_table, row, NEW))


def take_link(org_id: str, person_id: str, digest: str) -> bool:
    """Use a link up; True for exactly one caller, and only before it expires."""
    live = "attribute_exists(pk) AND expires_at > :now"
    values = {":now": clock.epoch(clock.now())}
    try:
        write(Delete(config().people_table, f"{org_id}#{person_id}", f"LINK#{digest}", live, values=values))
    except ConditionFailed:
        return False
    return True


def get_key(org_id: str, key_id: str) -> Item | None:
    """An API key's row."""
    return get(config().settings_table, f"{org_id}#api_key", key_id)


def list_keys(org_id: str) -> list[Item]:
    """All API keys, oldest first."""
    return list(query_all(config().settings_table, f"{org_id}#api_key"))


def touch_key(org_id: str, key_id: str, at: str) -> None:
    """Note when a key was last used; a key revoked meanwhile stays revoked."""
    change = Update(
        config().settings_table,
        f"{org_id}#api_key",
        key_id,
        "SET last_used_at = :at",
        "attribute_exists(pk)",
        values={":at": at},
    )
    try:
        write(change)
    except ConditionFailed:
        return


def sharing_companies(org_id: str, ids: list[str]) -> tuple[str, ...]:
    """Which of these companies let their people read each other's tickets; one round trip."""
    rows = get_many([(config().people_table, f"{org_id}#{id_}", "COMPANY") for id_ in ids])
    return tuple(sorted(row["id"] for row in rows if row["shares_tickets"]))


def get_person(org_id: str, person_id: str) -> Item | None:
    """The People row behind a credential."""
    return get(config().people_table, f"{org_id}#{person_id}", "PERSON")


def find_person(org_id: str, email: str) -> Item | None:
    """The People row of a normalised address, from its lookup alone; one round trip."""
    return get(config().people_table, f"{org_id}#EMAIL#{email}", "LOOKUP")
