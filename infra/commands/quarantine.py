"""`desk quarantine`: received mail that was not understood."""

from __future__ import annotations

import json

import typer
from rich.console import Console
from rich.table import Table

from infra.commands.target import Key, Origin, desk

app = typer.Typer(help="Received mail that was not understood.", no_args_is_help=True)


@app.command("list")
def list_mail(origin: Origin = "", key: Key = "") -> None:
    """Show what is in quarantine, with the cause of each."""
    table = Table("id", "received", "from", "subject", "cause")
    table.columns[0].no_wrap, table.columns[0].min_width = True, 26  # to be copied into `release`
    for row in desk(origin, key).pages("/v1/mail", outcome="quarantine"):
        table.add_row(
            row["id"], row["received_at"], row.get("from") or "", row.get("subject") or "", row.get("cause") or ""
        )
    Console().print(table if table.row_count else "The quarantine is empty.")


@app.command()
def show(mail_id: str, origin: Origin = "", key: Key = "") -> None:
    """Show all that is known of one mail."""
    typer.echo(json.dumps(desk(origin, key).call("GET", f"/v1/mail/{mail_id}"), indent=2, ensure_ascii=False))


@app.command()
def release(mail_id: str, origin: Origin = "", key: Key = "") -> None:
    """Make a ticket or message of a mail after all."""
    row = desk(origin, key).call("PUT", f"/v1/mail/{mail_id}/release")
    typer.echo(f"{row['outcome']}, ticket {row.get('ticket_id')}")


@app.command()
def reject(mail_id: str, origin: Origin = "", key: Key = "") -> None:
    """Take a mail out of the list; it is kept."""
    desk(origin, key).call("DELETE", f"/v1/mail/{mail_id}/release")
