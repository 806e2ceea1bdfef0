"""After somebody changed who sees a custom field: the documents of all tickets that have it, written anew (TM-08).

A page at a time: the event goes into the queue again with the position to go on from, however many tickets there are.
"""

from __future__ import annotations

import json
from typing import Any

from helpdesk.core.aws import client
from helpdesk.core.config import config
from helpdesk.filters.conditions import Not, Term
from helpdesk.filters.matching import Context
from helpdesk.search.choice import engine_for
from helpdesk.search.engine import Sort, Wanted

_PAGE = 100  # tickets of one turn: two reads each, far below the function's timeout
_TOLD = ("visible_to", "visible_when", "archived", "type")


def concerns(event: dict[str, Any]) -> bool:
    """True for an event after which documents say too much or too little of a field."""
    return event["subject"]["kind"] == "field" and any(name in event["changes"] for name in _TOLD)


def next_tickets(event: dict[str, Any]) -> list[str]:
    """The ids of the next page of tickets that have the field; the rest is queued, for another turn."""
    engine = engine_for(event["org_id"])
    has_it = Not(Term(f"fields.{event['subject']['id']}", "none"))
    after = tuple(event["reindexed_to"]) if event.get("reindexed_to") else None
    hits = engine.tickets(Wanted(has_it, Context(), sort=(Sort("created_at"),), after=after, limit=_PAGE)).hits
    if len(hits) == _PAGE:
        body = {"detail": event | {"reindexed_to": hits[-1].position}}
        client("sqs").send_message(QueueUrl=config().search_queue_url, MessageBody=json.dumps(body))
    else:
        engine.forget_words()
    return [hit.id for hit in hits]
