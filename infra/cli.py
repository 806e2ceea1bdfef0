"""`desk`: what a person who runs the desk does from a terminal."""

from __future__ import annotations

import typer

from infra.commands import imports, keys, mail, numbers, purge, quarantine, search
from infra.commands.audit import audit
from infra.commands.deploy import deploy
from infra.commands.events import events
from infra.commands.migrate import migrate
from infra.commands.republish import republish
from infra.commands.routes import routes
from infra.commands.seed import seed
from infra.commands.setup import setup
from infra.commands.up import up

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="Lambdesk on a laptop and on AWS.")

for command in (up, setup, deploy, seed, events, republish, audit, routes, migrate):
    app.command()(command)
app.add_typer(imports.app, name="import")
app.add_typer(keys.app, name="key")
app.add_typer(mail.app, name="mail")
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(numbers.app, name="numbers")
app.add_typer(purge.app, name="purge")
app.add_typer(search.app, name="search")

if __name__ == "__main__":
    app()
