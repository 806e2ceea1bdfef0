"""`desk numbers verify`: compares the numbers of colleagues, teams and the desk with the whole log."""

from __future__ import annotations

from typing import Annotated

import typer

from infra.commands.operator import Stack, enter

app = typer.Typer(no_args_is_help=True, help="The numbers of colleagues, teams and the desk.")
Repair = Annotated[bool, typer.Option("--repair", help="Put what the log says in place of what is stored.")]


@app.callback()
def numbers() -> None:
    """Keep the commands named, also while there is only one."""


@app.command()
def verify(repair: Repair = False, stack: Stack = "") -> None:
    """Count everything again from the log and print what differs; 1 if anything does and is not repaired."""
    enter(stack)
    from helpdesk.core.config import config
    from helpdesk.numbers.recount import differences

    found = differences(config().org_id, repair=repair)
    for one in found:
        where = f"{one.subject.kind} {one.subject.id} {one.day}"
        typer.echo(f"{where}: {one.name} is {one.stored:g}, the log says {one.counted:g}")
    typer.echo(f"{len(found)} numbers differ from the log" + (", repaired" if repair and found else ""))
    if found and not repair:
        raise typer.Exit(1)
