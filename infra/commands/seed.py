"""`desk seed`: a desk full of believable history."""

from __future__ import annotations

import time
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from infra.commands.operator import Stack, enter

Count = Annotated[int, typer.Option("--tickets", min=1, help="How many tickets.")]
Number = Annotated[int, typer.Option("--seed", help="The same number makes the same conversations.")]


def seed(tickets: Count = 1000, seed_number: Number = 1, stack: Stack = "") -> None:
    """Fill the desk with a year of tickets in six languages; nothing is mailed for them."""
    enter(stack)
    from infra.seeding.run import seed as seed_desk

    began = time.monotonic()
    columns = ("[progress.description]{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns) as progress:
        task = progress.add_task("tickets", total=tickets)
        events = seed_desk(tickets, seed_number, lambda made: progress.advance(task, made))
    typer.echo(f"{tickets} tickets, {events} events in {time.monotonic() - began:.0f} s")
