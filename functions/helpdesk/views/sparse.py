"""Of each row only what the caller wants (`fields=`), and beside the rows what they name (`include=`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.people.store import get_people
from helpdesk.settings.service import teams

INCLUDES = ("requester", "assignee", "team")


def sparse(rows: Sequence[dict[str, Any]], fields: str | None, known: Sequence[str]) -> list[dict[str, Any]]:
    """The rows with the named fields, always with `id`.

    Raises
    ------
    Invalid
        for a name that the row does not have.
    """
    if not fields:
        return list(rows)
    wanted = {one.strip() for one in fields.split(",")} - {""}
    if unknown := sorted(wanted - set(known)):
        fault = FieldError("/fields", "unknown", f"{', '.join(unknown)[:100]}: not among {', '.join(sorted(known))}")
        raise Invalid("there is no such field", fault, malformed=True)
    return [{name: value for name, value in row.items() if name in wanted or name == "id"} for row in rows]


def included(org_id: str, rows: Sequence[dict[str, Any]], include: str | None) -> dict[str, Any]:
    """`{people: {id: ...}, teams: {id: ...}}` of what the rows name, as far as asked; one round trip for people."""
    wanted = {one.strip() for one in (include or "").split(",")} - {""}
    if unknown := sorted(wanted - set(INCLUDES)):
        fault = FieldError("/include", "unknown", f"{', '.join(unknown)[:100]}: not among {', '.join(INCLUDES)}")
        raise Invalid("there is nothing of this name to include", fault, malformed=True)
    found: dict[str, Any] = {}
    ids = {row["requester"]["id"] for row in rows} if "requester" in wanted else set()
    ids |= {row["assignee_id"] for row in rows if row["assignee_id"]} if "assignee" in wanted else set()
    if wanted & {"requester", "assignee"}:
        found["people"] = {person.id: person.public() for person in get_people(org_id, sorted(ids))}
    if "team" in wanted:
        mine = {row["team_id"] for row in rows}
        found["teams"] = {id_: team for id_, team in teams(org_id).items() if id_ in mine}
    return found
