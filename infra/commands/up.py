"""`desk up`: the laptop stack in the foreground."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from infra.local.layout import Layout, current_layout

Fresh = Annotated[bool, typer.Option(help="Start empty: forget tickets, people and mail of earlier runs.")]
State = Annotated[Path, typer.Option(help="Where the stack keeps its state.")]


def up(fresh: Fresh = False, state: State = current_layout().state) -> None:
    """Start the whole desk on this machine; Ctrl-C stops it."""
    from infra.local import up as local

    raise typer.Exit(local.up(Layout(state.resolve()), fresh=fresh, say=typer.echo))
