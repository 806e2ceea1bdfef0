"""Following a view: one begins, ends, and reads what one follows.

A following is a setting of its own kind, so all of them are known to a warm container without a round trip.
"""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.cache import forget
from helpdesk.core.errors import Conflict, FieldError, Invalid, NotFound
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.filters.conditions import names
from helpdesk.filters.documents import condition_from
from helpdesk.notifications.inbox import require_person
from helpdesk.records import service as records
from helpdesk.records.service import Kind
from helpdesk.views import saved

KIND = Kind("view_following", "followed view", most=500)
MOST_OF_ONE = 50
_WORDS = "text"  # what a ticket's messages say is known to search alone


def follow(actor: Actor, cause: Cause, view_id: str) -> dict[str, Any]:
    """Be told from now on of each ticket that comes into a kept view; harmless to repeat.

    Raises
    ------
    NotFound
        when there is no such view for him.
    Invalid
        for a view that every desk has, and for one that asks for words, which only search knows.
    Conflict
        `too_many` when he follows fifty, or all of the desk five hundred.
    """
    forget()  # who changes it sees what is stored, not what this container has kept of it
    own, view = require_person(actor), saved.get(actor, view_id)
    _check(view)
    id_ = _id(own, view_id)
    mine = of_person(actor.org_id, own)
    if id_ not in mine:
        if len(mine) >= MOST_OF_ONE:
            raise Conflict(f"one follows at most {MOST_OF_ONE} views", code="too_many")
        values = {"person_id": own, "view_id": view_id, "label": view["label"]}
        try:
            return _shown(actor, records.create(cause, KIND, values, id_=id_))
        except Conflict as failure:
            if failure.code != "exists":
                raise
    return _shown(actor, records.get(actor.org_id, KIND, id_))


def unfollow(actor: Actor, cause: Cause, view_id: str) -> None:
    """Hear no more of a view; `NotFound` if he does not follow it."""
    records.delete(cause, KIND, _id(require_person(actor), view_id))


def followed(actor: Actor) -> list[dict[str, Any]]:
    """What he follows, the first first: `{view_id, label, since, state}`, as it is stored now.

    `state` is `following`, or why it rests: the view is `gone`, or `not_in_sight` any more, or asks for `words`.
    """
    forget()
    return [_shown(actor, row) for row in of_person(actor.org_id, require_person(actor)).values()]


def of_person(org_id: str, person_id: str) -> dict[str, Item]:
    """What somebody follows, by the following's id."""
    return {id_: row for id_, row in records.all_of(org_id, KIND).items() if row["person_id"] == person_id}


def state_of(actor: Actor, view_id: str) -> str:
    """Whether he hears of a view now."""
    if view_id not in records.all_of(actor.org_id, saved.KIND):
        return "gone"
    try:
        view = saved.get(actor, view_id)
    except NotFound:
        return "not_in_sight"
    return "words" if _asks_for_words(view) else "following"


def _check(view: dict[str, Any]) -> None:
    if "filter" not in view:
        fault = FieldError("/view_id", "not_kept", "keep a view with this filter, and follow that")
        raise Invalid("only kept views are followed", fault)
    if _asks_for_words(view):
        fault = FieldError("/view_id", "not_evaluable", "its filter asks for words, which only search finds")
        raise Invalid("this view cannot be followed", fault)


def _asks_for_words(view: dict[str, Any]) -> bool:
    return _WORDS in names(condition_from(view["filter"]))


def _id(person_id: str, view_id: str) -> str:
    return f"{person_id}.{view_id}"


def _shown(actor: Actor, row: Item) -> dict[str, Any]:
    state = state_of(actor, row["view_id"])
    label = saved.get(actor, row["view_id"])["label"] if state == "following" else row["label"]
    return {"view_id": row["view_id"], "label": label, "since": row["created_at"], "state": state}
