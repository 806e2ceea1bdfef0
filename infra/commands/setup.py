"""`desk setup`: the first state of a desk, on AWS after `desk deploy`, or again on the laptop."""

from __future__ import annotations

from typing import Annotated

import typer

from infra.commands.operator import Stack, enter

Name = Annotated[str, typer.Option(help="The organisation's name.")]
Email = Annotated[str, typer.Option(help="Address of the first administrator; Cognito invites him.")]
AdminName = Annotated[str, typer.Option(help="Name of the first administrator.")]


def setup(name: Name, admin_email: Email, admin_name: AdminName = "", stack: Stack = "") -> None:
    """Make the organisation and invite its first administrator; what exists already is left as it is."""
    enter(stack)
    from infra.setup import set_up_key, set_up_organisation, set_up_staff

    set_up_organisation(name)
    set_up_staff(admin_email, admin_name or admin_email.partition("@")[0], "admin")
    typer.echo(f"{name} is set up; {admin_email} has been invited. A first API key, shown this once:")
    typer.echo(set_up_key(admin_email, "first key"))
