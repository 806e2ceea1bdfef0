"""Rows of rules besides the rules themselves: how often each fired, what it decided, and which tickets it has had."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import NEW, ConditionFailed, Delete, Put, Update, query, query_all, write

KEPT = timedelta(days=90)
_LAST = "~"  # sorts after every rule of a scene


def counters(org_id: str) -> dict[str, Item]:
    """`{hits, last_hit_at, last_error, last_error_at}` by rule; one round trip."""
    return {row["sk"]: row for row in query_all(config().settings_table, f"{org_id}#rule_counter")}


def note_hit(org_id: str, rule_id: str, at: str) -> None:
    """Count one more ticket that a rule has acted on."""
    _count(org_id, rule_id, "ADD hits :one SET last_hit_at = :at", {":one": 1, ":at": at})


def note_error(org_id: str, rule_id: str, at: str, error: str) -> None:
    """Keep why a rule could not do what it wants."""
    _count(org_id, rule_id, "SET last_error = :error, last_error_at = :at", {":error": error, ":at": at})


def decision_row(org_id: str, ticket_id: str, place: tuple[str, str, str], decision: Item) -> Put:
    """What a rule decided, written once; `place` is the root, the command and the rule, `_LAST` for all others."""
    root_id, scene_id, name = place
    row = {"pk": f"{org_id}#DECISIONS#{ticket_id}", "sk": f"{root_id}#{scene_id}#{name}"}
    return Put(config().deliveries_table, row | decision | _until(), NEW)


def add_decision(row: Put) -> bool:
    """Write a decision down; False if it is there already."""
    try:
        write(row)
    except ConditionFailed:
        return False
    return True


def rest_place(root_id: str, scene_id: str) -> tuple[str, str, str]:
    """Where it stands that a command is through, and why each other rule did nothing."""
    return root_id, scene_id, _LAST


def decisions_since(org_id: str, ticket_id: str, root_id: str) -> list[Item]:
    """What was decided on all that one event has led to."""
    between = (f"{root_id}#", f"{root_id}#~")
    pk = f"{org_id}#DECISIONS#{ticket_id}"
    return list(query_all(config().deliveries_table, pk, between=between, consistent=True))


def newest_decisions(org_id: str, ticket_id: str, limit: int) -> list[Item]:
    """The rows of the newest decisions, the newest first."""
    pk = f"{org_id}#DECISIONS#{ticket_id}"
    return query(config().deliveries_table, pk, limit=limit, newest_first=True).items


def is_rest(row: Item) -> bool:
    """True for the row that ends a command's decisions."""
    return bool(row["sk"].endswith(_LAST))


def stays(org_id: str, rule_id: str) -> dict[str, int]:
    """The tickets that a timed rule has had, and the version that it left each at."""
    rows = query_all(config().deliveries_table, f"{org_id}#STAYS#{rule_id}", consistent=True)
    return {row["sk"]: row["version"] for row in rows}


def stay_row(org_id: str, rule_id: str, ticket_id: str, version: int) -> Put:
    """That a timed rule has had a ticket, written once."""
    row = {"pk": f"{org_id}#STAYS#{rule_id}", "sk": ticket_id, "version": version}
    return Put(config().deliveries_table, row, NEW)


def end_stay(org_id: str, rule_id: str, ticket_id: str) -> None:
    """The ticket has left the condition: the rule may have it again."""
    write(Delete(config().deliveries_table, f"{org_id}#STAYS#{rule_id}", ticket_id))


def erase(org_id: str, ticket_id: str) -> None:
    """Remove every decision on a ticket that is purged."""
    for row in _decisions(org_id, ticket_id):
        write(Delete(config().deliveries_table, row["pk"], row["sk"]))


def _decisions(org_id: str, ticket_id: str) -> Iterator[Item]:
    return query_all(config().deliveries_table, f"{org_id}#DECISIONS#{ticket_id}", consistent=True)


def _count(org_id: str, rule_id: str, expression: str, values: Item) -> None:
    write(Update(config().settings_table, f"{org_id}#rule_counter", rule_id, expression, values=values))


def _until() -> Item:
    return {"expires_at": clock.epoch(clock.now() + KEPT)}
