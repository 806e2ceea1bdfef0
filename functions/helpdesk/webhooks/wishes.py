"""Which events a webhook wants: by type, by its scope, and by its filter on the ticket."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.filters.conditions import Condition, names
from helpdesk.filters.documents import condition_from
from helpdesk.filters.matching import Context, matches
from helpdesk.settings.fields.model import EVERY_COLLEAGUE
from helpdesk.settings.fields.reading import check_askable, spoken
from helpdesk.settings.priorities import check_ranks
from helpdesk.settings.service import priorities
from helpdesk.tickets import store as tickets
from helpdesk.tickets.model import Ticket
from helpdesk.webhooks.model import Webhook
from helpdesk.webhooks.payload import may_have

_UNASKABLE = {"text", "follower", "linked"}  # what a ticket's own row does not know


def checked_filter(org_id: str, value: Any) -> Condition:
    """The condition that a webhook's filter means; only what the ticket itself says can be asked.

    Of custom fields it may look at those that every colleague sees: who reads at the endpoint, nobody knows.

    Raises
    ------
    Invalid
        for a filter that cannot be understood, or asks for what a webhook does not know.
    """
    condition = check_askable(EVERY_COLLEAGUE, org_id, check_ranks(org_id, condition_from(value)))
    if wrong := sorted(names(condition) & _UNASKABLE):
        fault = FieldError("/filter", "not_here", f"a webhook cannot filter by {', '.join(wrong)}")
        raise Invalid("this filter is not for webhooks", fault)
    return condition


def wanted(webhook: Webhook, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of the feed's entries that the webhook gets, in order; its filter is asked of the ticket as it is now."""
    found = [row for row in rows if webhook.is_told(row) and may_have(webhook, row)]
    if not webhook.filter:
        return found
    condition = condition_from(webhook.filter)
    ids = {row["subject"]["id"] for row in found if row["subject"]["kind"] == "ticket"}
    known = tickets.get_tickets(webhook.org_id, sorted(ids))
    ranks = {id_: priority.rank for id_, priority in priorities(webhook.org_id).items()}
    facts = {id_: _facts(ticket) for id_, ticket in known.items()}
    return [row for row in found if matches(condition, facts.get(row["subject"]["id"], {}), Context(ranks=ranks))]


def _facts(ticket: Ticket) -> Mapping[str, Any]:
    values = {name: getattr(ticket, name) for name in Ticket.__dataclass_fields__}
    return values | {"tag": ticket.tags, "requester_id": ticket.requester["id"], "fields": spoken(ticket)}
