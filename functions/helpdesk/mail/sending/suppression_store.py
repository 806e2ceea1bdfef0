"""Rows of suppressed addresses: one an address, listed by time among those in force or those that were released."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from helpdesk.core.config import config
from helpdesk.core.events import Event
from helpdesk.core.items import Item
from helpdesk.core.log import event_row
from helpdesk.core.table import NEW, Page, Put, get, get_many, query, transact


def id_of(address: str) -> str:
    """In the place of a normalised address, which paths, and so access logs, shall not hold."""
    return hashlib.sha256(address.encode()).hexdigest()[:32]


def find(org_id: str, id_: str) -> Item | None:
    """One suppression, in force or not."""
    return get(config().deliveries_table, _pk(org_id), id_)


def find_many(org_id: str, addresses: Iterable[str]) -> list[Item]:
    """The suppressions of these addresses, in force or not; one round trip per 100."""
    return get_many([(config().deliveries_table, _pk(org_id), id_of(address)) for address in addresses])


def newest(org_id: str, state: str, *, until: str | None, limit: int) -> Page:
    """Suppressions that are `active` or `released`, the newest first, from the place `until` of one on."""
    return query(
        config().deliveries_table,
        _pk(org_id, state),
        index="by_status",
        key_names=("s_pk", "s_sk"),
        between=("0", until or "Z"),
        limit=limit,
        newest_first=True,
    )


def put(before: Item | None, after: Item, event: Event) -> None:
    """Put a suppression in the place of what was read, together with its event.

    Raises
    ------
    ConditionFailed
        when somebody else has changed it.
    """
    state, at = ("released", after["released_at"]) if after["released_at"] else ("active", after["at"])
    keys = {"pk": _pk(event.org_id), "sk": after["id"]}
    place = {"s_pk": _pk(event.org_id, state), "s_sk": f"{at}#{after['id']}"}
    held = {"condition": "version = :v", "values": {":v": before["version"]}} if before else {"condition": NEW}
    transact([Put(config().deliveries_table, after | keys | place, **held), event_row(event)])


def _pk(org_id: str, state: str = "") -> str:
    return f"{org_id}#SUPPRESSION" + (f"#{state}" if state else "")
