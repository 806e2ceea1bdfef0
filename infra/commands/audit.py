"""`desk audit`: proves that no entry of the log was changed, removed or moved, and that the log is the truth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from infra.commands.operator import Stack, enter

Fold = Annotated[bool, typer.Option("--fold", help="Also compare each ticket with the fold of its events.")]
Hash = Annotated[str, typer.Option("--hash", help="A head's hash noted earlier: the log must still contain it.")]


def audit(stack: Stack = "", noted: Hash = "", fold: Fold = False) -> None:
    """Walk the whole log and check each entry's seal; the last line is the head's hash, to be noted elsewhere."""
    from helpdesk.core.config import config
    from helpdesk.feed.chain import faults
    from helpdesk.feed.store import get_head

    enter(stack)
    head, seen = get_head(config().org_id), set[str]()
    told: dict[str, list[dict[str, Any]]] = {}
    found = list(faults(_entries(config().org_id, seen, told if fold else None)))
    found += [{"seq": head["last"], "fault": "the head is not the last entry's"}] if _astray(head, seen) else []
    found += [{"seq": "?", "fault": "the noted hash is in no entry"}] if noted and noted not in seen else []
    if fold:
        found += _differing(config().org_id, told)
        typer.echo(f"{len(told)} tickets compared with the fold of their events")
    for fault in found:
        typer.echo(f"{fault['seq']}: {fault['fault']}")
    typer.echo(f"{len(seen)} entries, {len(found)} faults\n{head.get('hash', '')}")
    if found:
        raise typer.Exit(1)


def _entries(
    org_id: str, seen: set[str], told: dict[str, list[dict[str, Any]]] | None = None
) -> Iterator[dict[str, Any]]:
    from helpdesk.feed.reading import read

    after = 0
    while rows := read(org_id, after, 1000):
        after = rows[-1]["seq"]
        seen.update(row["hash"] for row in rows if "hash" in row)
        yield from rows
        for row in rows:
            if told is not None and row["subject"]["kind"] == "ticket":
                told.setdefault(row["subject"]["id"], []).append(row)


def _differing(org_id: str, told: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """A fault for each ticket that is not what its events come to; what was purged is neither."""
    from helpdesk.core.events import Event
    from helpdesk.tickets.model import fold
    from helpdesk.tickets.store import get_tickets

    whole = {id_: rows for id_, rows in told.items() if not any(row.get("purged") for row in rows)}
    stored = get_tickets(org_id, list(whole))
    return [
        {"seq": rows[-1]["seq"], "fault": f"ticket {id_} is not the fold of its events"}
        for id_, rows in whole.items()
        if fold(org_id, id_, map(Event.from_item, rows)) != stored.get(id_)
    ]


def _astray(head: dict[str, Any], seen: set[str]) -> bool:
    return "hash" in head and head["hash"] not in seen
