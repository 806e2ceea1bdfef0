"""`desk audit`: proves that no entry of the log was changed, removed or put elsewhere since it was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from infra.commands.operator import enter
from infra.commands.republish import Stack

Hash = Annotated[str, typer.Option("--hash", help="A head's hash noted earlier: the log must still contain it.")]


def audit(stack: Stack = "", noted: Hash = "") -> None:
    """Walk the whole log and check each entry's seal; the last line is the head's hash, to be noted elsewhere."""
    from helpdesk.core.config import config
    from helpdesk.feed.chain import faults
    from helpdesk.feed.store import get_head

    try:
        enter(stack)
    except LookupError as failure:
        typer.echo(str(failure), err=True)
        raise typer.Exit(1) from failure
    head, seen = get_head(config().org_id), set[str]()
    found = list(faults(_entries(config().org_id, seen)))
    found += [{"seq": head["last"], "fault": "the head is not the last entry's"}] if _astray(head, seen) else []
    found += [{"seq": "?", "fault": "the noted hash is in no entry"}] if noted and noted not in seen else []
    for fault in found:
        typer.echo(f"{fault['seq']}: {fault['fault']}")
    typer.echo(f"{len(seen)} entries, {len(found)} faults\n{head.get('hash', '')}")
    if found:
        raise typer.Exit(1)


def _entries(org_id: str, seen: set[str]) -> Iterator[dict[str, Any]]:
    from helpdesk.feed.reading import read

    after = 0
    while rows := read(org_id, after, 1000):
        after = rows[-1]["seq"]
        seen.update(row["hash"] for row in rows if "hash" in row)
        yield from rows


def _astray(head: dict[str, Any], seen: set[str]) -> bool:
    return "hash" in head and head["hash"] not in seen
