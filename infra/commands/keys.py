"""`desk key`: API keys."""

from __future__ import annotations

from typing import Annotated

import typer

from infra.commands.target import Key, Origin, desk

app = typer.Typer(help="API keys.", no_args_is_help=True)

Scopes = Annotated[list[str], typer.Option("--scope", help="A permission, such as tickets:read; repeatable.")]
Expires = Annotated[str, typer.Option(help="RFC 3339 time after which the key is refused.")]


@app.command()
def create(name: str, scope: Scopes, expires_at: Expires = "", origin: Origin = "", key: Key = "") -> None:
    """Make a key and print it: this is the only time that it is shown."""
    body = {"name": name, "scopes": scope} | ({"expires_at": expires_at} if expires_at else {})
    made = desk(origin, key).call("POST", "/v1/api-keys", body)
    typer.echo(made["key"])
    typer.echo(f"id {made['id']}, may do: {', '.join(made['scopes'])}", err=True)


@app.command("list")
def list_keys(origin: Origin = "", key: Key = "") -> None:
    """Show the keys, without their secrets."""
    for row in desk(origin, key).pages("/v1/api-keys"):
        typer.echo(f"{row['id']}  {row['name']}  {', '.join(row['scopes'])}")


@app.command()
def revoke(key_id: str, origin: Origin = "", key: Key = "") -> None:
    """End a key."""
    desk(origin, key).call("DELETE", f"/v1/api-keys/{key_id}")
