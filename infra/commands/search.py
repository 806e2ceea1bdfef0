"""`desk search`: build the search index anew, and say what is in it."""

from __future__ import annotations

import time
from collections.abc import Callable

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from infra.commands.operator import Stack, enter

app = typer.Typer(no_args_is_help=True, help="The search index.")
_AT_ONCE = 500


@app.command()
def rebuild(stack: Stack = "") -> None:
    """Write all documents anew from the tables and what the feed says meanwhile; questions are answered throughout."""
    org_id = _enter(stack)
    began = time.monotonic()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as progress:
        task = progress.add_task("documents", total=None)
        total, taken = rebuild_all(org_id, lambda made: progress.advance(task, made))
        progress.update(task, total=total)
    typer.echo(f"{total} documents in {time.monotonic() - began:.0f} s; {taken} events came meanwhile")


@app.command()
def status(stack: Stack = "") -> None:
    """Say which engine answers, how many documents it has and how large it is."""
    from helpdesk.search.choice import engine_for

    for name, value in engine_for(_enter(stack)).status().items():
        shown = ", ".join(f"{one} {count}" for one, count in value.items()) if isinstance(value, dict) else value
        typer.echo(f"{name:16} {shown}")


def rebuild_all(org_id: str, advance: Callable[[int], object] = lambda _made: None) -> tuple[int, int]:
    """Rebuild, then take the events since it began; says how many documents there are and how many events came."""
    from helpdesk.feed.store import get_head, read
    from helpdesk.search.indexing import take
    from helpdesk.search.rebuilding import rebuild as write_anew

    after = get_head(org_id)["last"]
    total, taken = write_anew(org_id, advance), 0
    while rows := read(org_id, after, _AT_ONCE):
        take(rows)
        taken, after = taken + len(rows), rows[-1]["seq"]
    return total, taken


def _enter(stack: str) -> str:
    enter(stack)
    from helpdesk.core.config import config

    return config().org_id
