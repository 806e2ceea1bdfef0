"""`desk routes`: every route with its permission, and which of the roles that a desk comes with may call it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

Markdown = Annotated[bool, typer.Option("--markdown", help="The table as docs/permissions.md has it.")]
COLUMNS = ("admin", "supervisor", "agent", "viewer", "customer", "anybody")
_HEAD = """# Who may call what

`desk routes --markdown` writes this page; a test compares them, and calls every route as every role.
A key may do what its scopes and its creator's role both allow. Tickets that a role does not see answer 404.

"""


def routes(markdown: Markdown = False) -> None:
    """Print the matrix of routes and roles."""
    if markdown:
        typer.echo(page(), nl=False)
        return
    rows = matrix()
    width = max(len(name) for name, _, _ in rows)
    typer.echo(f"{'':{width}}  {' '.join(COLUMNS)}")
    for name, _, allowed in rows:
        marks = " ".join(f"{'x' if column in allowed else '.':^{len(column)}}" for column in COLUMNS)
        typer.echo(f"{name:{width}}  {marks}")


def matrix() -> list[tuple[str, str, frozenset[str]]]:
    """`(route, what it needs, who may call it)` of every route."""
    from helpdesk.web.catalogue import apis

    rows = [(route, api.door) for api in apis().values() for route in api.routes]
    return [(f"{route.method} {route.path}", route.needs, _allowed(route, door)) for route, door in rows]


def page() -> str:
    """The matrix and the meaning of each permission, as Markdown."""
    from helpdesk.access.roles import PERMISSIONS

    head = f"| route | needs | {' | '.join(COLUMNS)} |\n|---|---|{'---|' * len(COLUMNS)}\n"
    rows = [
        f"| `{name}` | `{needs}` | {' | '.join('x' if column in allowed else '' for column in COLUMNS)} |\n"
        for name, needs, allowed in sorted(matrix(), key=lambda row: row[0].split(" ")[::-1])
    ]
    words = [f"| `{name}` | {meaning} |\n" for name, meaning in PERMISSIONS.items()]
    return f"{_HEAD}{head}{''.join(rows)}\n## Permissions\n\n| permission | lets one |\n|---|---|\n{''.join(words)}"


def _allowed(route: Any, door: str) -> frozenset[str]:
    from helpdesk.access.roles import BUILT_IN, CONTACT
    from helpdesk.web.api import PUBLIC, SIGNED_IN

    if route.needs == PUBLIC:
        return frozenset(COLUMNS)
    granted = {"customer": CONTACT} if door == "portal" else {name: role.permissions for name, role in BUILT_IN.items()}
    return frozenset(name for name, may in granted.items() if route.needs == SIGNED_IN or route.needs in may)
