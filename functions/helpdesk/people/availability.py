"""Whether a colleague takes tickets now: what he says of himself sticks, what the clock says does not go over it."""

from __future__ import annotations

from helpdesk.access.actor import Actor
from helpdesk.core import clock
from helpdesk.core.errors import Forbidden, NotFound
from helpdesk.core.events import Cause
from helpdesk.people.model import Person
from helpdesk.people.service import get_person, save_change

AVAILABLE = "available"


def set_availability(
    actor: Actor, cause: Cause, person_id: str, state: str, *, by: str = "self", reassign: bool = False
) -> Person:
    """Make a colleague `available`, `away` or `offline`; `reassign` asks that his tickets go to others.

    `by` is `self` for what a person said, or `clock` for what followed from his doing nothing: that changes nothing
    while he is away or offline by his own word. An administrator may speak for others.

    Raises
    ------
    NotFound, Forbidden
        for a customer, and for somebody else's availability.
    """
    before = get_person(cause.org_id, person_id)
    if before.kind != "agent":
        raise NotFound("there is no such colleague")
    if before.id != actor.colleague_id and not actor.may("settings:write"):
        raise Forbidden("only an administrator changes colleagues")
    was = before.available
    sticks = was["by"] == "self" and was["state"] != AVAILABLE
    said = {"state": state, "by": by, "reassign": reassign and state != AVAILABLE}
    if (by == "clock" and sticks) or said == {name: was[name] for name in said}:
        return before
    at = clock.stamp()
    since = was["since"] if was["state"] == state else at
    return save_change(cause, before, before.changed(at, availability=said | {"since": since}))
