"""Those who work in the organisation now."""

from __future__ import annotations

from helpdesk.people.model import Person, person_of
from helpdesk.people.store import every_colleague


def colleagues(org_id: str) -> list[Person]:
    """All staff who are not disabled, by address; a round trip for each page of some hundreds."""
    people = (person_of(row) for row in every_colleague(org_id))
    return [one for one in people if not one.disabled]
