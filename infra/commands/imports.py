"""`desk import`: teams, and what colleagues can do, from a CSV file."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

import typer
from rich.console import Console
from rich.table import Table

from infra.commands.target import Key, Origin, desk

app = typer.Typer(help="Teams and colleagues from a CSV file.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV file: see docs/imports.md.")]
Apply = Annotated[bool, typer.Option("--apply", help="Do it; without it you are told what it would do.")]
Invite = Annotated[bool, typer.Option("--invite", help="Invite who is not here yet.")]


@app.command()
def teams(file: File, apply: Apply = False, origin: Origin = "", key: Key = "") -> None:
    """Make and change teams."""
    _run("teams", file, origin, key, apply=apply)


@app.command()
def people(file: File, apply: Apply = False, invite: Invite = False, origin: Origin = "", key: Key = "") -> None:
    """Change colleagues' teams, skills, languages and capacity."""
    _run("people", file, origin, key, apply=apply, invite=invite)


def _run(what: str, file: Path, origin: str, key: str, *, apply: bool, invite: bool = False) -> None:
    to, body = desk(origin, key), {"csv_base64": b64encode(file.read_bytes()).decode()}
    chosen = {"invite": "1"} if invite else {}
    report = to.call("POST", f"/v1/imports/{what}?{urlencode(chosen | {'dry_run': '1'})}", body)
    if report["counts"]["fault"] or not apply:
        _show(report)
        raise typer.Exit(1 if report["counts"]["fault"] else 0)
    report = to.call("POST", f"/v1/imports/{what}?{urlencode(chosen)}", body)
    _show(report)
    raise typer.Exit(1 if report["counts"]["failed"] or report["counts"]["not_reached"] else 0)


def _show(report: dict[str, Any]) -> None:
    table = Table("row", "who or what", "outcome", "cells")
    for row in report["rows"]:
        if row["outcome"] != "left":
            table.add_row(str(row["row"]), row["key"], row["outcome"], "\n".join(_cells(row)))
    Console().print(table if table.row_count else "Everything is like that already.")
    typer.echo(", ".join(f"{count} {name}" for name, count in report["counts"].items() if count) or "no rows")


def _cells(row: dict[str, Any]) -> list[str]:
    faults = [f"{one['column']}: {one['message']}" for one in row["faults"]]
    changes = [f"{name}: {one['from']} -> {one['to']}" for name, one in row["changes"].items()]
    return [*faults, *changes, *([row["reason"]] if row["reason"] else [])]
