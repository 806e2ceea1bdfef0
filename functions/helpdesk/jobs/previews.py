"""What a job would do, without doing it: how many tickets, and what would become of the first of them."""

from __future__ import annotations

from itertools import islice
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import DeskError, NotFound
from helpdesk.core.events import Cause
from helpdesk.jobs import service, sources
from helpdesk.jobs.actions import kind_of
from helpdesk.jobs.model import MOST_IDS
from helpdesk.settings.fields.reading import shown_changes
from helpdesk.tickets import history, store

SAMPLE = 20
_COUNTED = 5_000


def preview(actor: Actor, cause: Cause, wish: service.Wish) -> dict[str, Any]:
    """`{count, more, sample}`; with `more` the count is of those looked at, and there are others.

    Each of the sample has `changes`, or the `code` and `detail` of why it would fail.
    """
    service.check(actor, wish)
    job = service.job_of(actor, cause, wish)
    found = iter(dict.fromkeys(wish["ids"])) if "ids" in wish else sources.found_by(actor, job)
    most = MOST_IDS if "ids" in wish else _COUNTED
    ids = list(islice(found, most + 1))
    sample = [_would(actor, cause, job.action, id_) for id_ in ids[:SAMPLE]]
    return {"count": min(len(ids), most), "more": len(ids) > most, "sample": sample}


def _would(actor: Actor, cause: Cause, action: dict[str, Any], ticket_id: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"ticket_id": ticket_id, "number": None, "subject": None, "changes": {}}
    try:
        changes = history.preview(cause, lambda dry: kind_of(action).do(actor, dry, ticket_id, action))
        shown["changes"] = shown_changes(actor, changes)
    except NotFound as error:
        return shown | {"code": error.code, "detail": error.detail}
    except DeskError as error:
        shown |= {"code": error.code, "detail": error.detail, "conflicts": error.facts.get("fields", {})}
    ticket = store.get_ticket(actor.org_id, ticket_id)
    return shown | ({"number": ticket.number, "subject": ticket.subject} if ticket else {})
