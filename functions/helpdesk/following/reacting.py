"""Telling those who follow a view of what comes into it: a command after which it has the ticket, and before not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk.core import clock
from helpdesk.core.events import Event
from helpdesk.core.items import Item
from helpdesk.filters.conditions import Condition
from helpdesk.filters.documents import condition_from
from helpdesk.filters.matching import Context, matches
from helpdesk.following.service import KIND, state_of
from helpdesk.notifications import service as notifications
from helpdesk.notifications.model import Happening, Wish
from helpdesk.notifications.receivers import known
from helpdesk.records import service as records
from helpdesk.rules.scenes import Scene, scene_of, ticket_facts
from helpdesk.settings.priorities import priorities
from helpdesk.tickets import store as tickets
from helpdesk.tickets.listing import without_trash
from helpdesk.views import saved


def take(event: Event) -> None:
    """Tell of a command, by its first event, whoever follows a view that the ticket comes into; harmless to repeat.

    Nothing is read while nobody follows anything.
    """
    rows = records.all_of(event.org_id, KIND)
    if not rows or event.via == "import" or event.subject["kind"] != "ticket":
        return
    scene = scene_of(event.org_id, event.subject["id"], event.version, frozenset())
    entered = _entered(scene, list(rows.values())) if scene else {}
    if scene and entered:
        _tell(scene, entered)


def _entered(scene: Scene, rows: list[Item]) -> dict[str, list[str]]:
    """By person the views, by id, that the command brought the ticket into; never those of who did it."""
    org_id, views = scene.after.org_id, records.all_of(scene.after.org_id, saved.KIND)
    conditions = {id_: without_trash(condition_from(row["filter"])) for id_, row in views.items()}
    before = ticket_facts(scene.before) if scene.before else None
    sides = (before, ticket_facts(scene.after))
    ranks = {one.id: one.rank for one in priorities(org_id).values()}
    found: dict[str, list[str]] = {}
    for row in rows:
        person_id, condition = row["person_id"], conditions.get(row["view_id"])
        context = Context(me=person_id, ranks=ranks, now=clock.parse(scene.at))
        if condition and person_id != scene.events[-1].actor.get("id") and _came(condition, sides, context):
            found.setdefault(person_id, []).append(row["view_id"])
    return found


def _came(condition: Condition, sides: tuple[Mapping[str, Any] | None, Mapping[str, Any]], context: Context) -> bool:
    before, after = sides
    return matches(condition, after, context) and not (before and matches(condition, before, context))


def _tell(scene: Scene, entered: dict[str, list[str]]) -> None:
    """One notice for each person, whatever the number of views, as far as they are his to see still."""
    ticket = tickets.get_ticket(scene.after.org_id, scene.after.id)
    people = known(scene.after.org_id, list(entered))
    for person_id, one in people.items():
        views = [id_ for id_ in entered[person_id] if state_of(one.actor, id_) == "following"]
        if ticket and views:
            labels = ", ".join(saved.get(one.actor, id_)["label"] for id_ in views)
            notifications.tell(ticket, _happening(scene, labels), [Wish(person_id, "view_match", "follows_view")])


def _happening(scene: Scene, labels: str) -> Happening:
    first, actor = scene.events[0], scene.events[-1].actor
    who = {name: actor.get(name) for name in ("kind", "id")}
    return Happening(first.id, first.at, who, scene.after.id, first.type, text=labels)
