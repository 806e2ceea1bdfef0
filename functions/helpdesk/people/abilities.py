"""What a colleague can do for tickets, as it is entered: skills, languages, and the team that is his first."""

from __future__ import annotations

from typing import Any

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.people.model import Person


def checked_abilities(before: Person, changes: dict[str, Any]) -> dict[str, Any]:
    """What of the changes is about abilities, made whole.

    A primary team that he leaves is his primary team no more.

    Raises
    ------
    Invalid
        for a skill or language that is named twice, or a primary team that is none of his.
    """
    values: dict[str, Any] = {}
    faults: list[FieldError] = []
    if "skills" in changes:
        values["skills"] = tuple({"skill": one["skill"], "level": one.get("level", 1)} for one in changes["skills"])
        faults += _twice([one["skill"] for one in values["skills"]], "/skills/{}/skill")
    if "languages" in changes:
        values["languages"] = tuple(changes["languages"])
        faults += _twice(list(values["languages"]), "/languages/{}")
    own = changes.get("team_ids", before.team_ids)
    primary = changes.get("primary_team_id", before.primary_team_id)
    if primary and primary not in own:
        if changes.get("primary_team_id"):
            faults.append(FieldError("/primary_team_id", "not_member", "one of the teams that he is in"))
        values["primary_team_id"] = None
    if faults:
        raise Invalid("this does not fit the colleague", *faults)
    return values


def _twice(names: list[str], pointer: str) -> list[FieldError]:
    folded = [name.casefold() for name in names]
    return [
        FieldError(pointer.format(index), "twice", "each of them once")
        for index, name in enumerate(folded)
        if name in folded[:index]
    ]
