"""What rules can ask besides what every filter can: of the event, of what was before it, of the hour and the message.

One grammar, two tables: a list or a view that asks for one of these is told that there is no such field.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from helpdesk.filters.fields import FIELDS, Field, field_of

WAS = "was."
ACTORS = ("agent", "contact", "key", "system", "rule")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVENT_FIELDS = (
    Field("event", "event", "set", "the event's type, such as ticket.created"),
    Field("actor", "actor", "choice", "whose act it was: agent, contact, key, system, rule", values=ACTORS),
    Field("actor_id", "by", "id", "whose act it was, by id of the colleague, customer, key or rule"),
    Field("via", "via", "id", "the door: agent, portal, mail, api, system, rule"),
    Field("changed", "changed", "set", "what the act changed: status, priority, tag ... or fields.<id>"),
    Field("message.kind", "message.kind", "choice", "what was said", values=("customer", "reply", "note")),
    Field("message.public", "message.public", "flag", "something was said that the customer can read"),
    Field("message.automatic", "message.automatic", "flag", "what was said was written by a machine"),
    Field("message.text", "message.text", "words", "words of what was said, its subject too"),
)
TIME_FIELDS = (
    Field("hour", "hour", "number", "the hour of the day, 0 to 23, on the rule's clock"),
    Field("weekday", "weekday", "choice", "the day of the week, on the rule's clock", values=WEEKDAYS),
    Field("within", "within", "set", "the calendars, by id, that are open at this moment"),
)
_TABLE = {one.name: one for one in (*EVENT_FIELDS, *TIME_FIELDS)}
_BY_SHORT = {one.short: one for one in _TABLE.values()} | _TABLE
HAD = (
    *("status_id", "category", "priority", "assignee_id", "team_id", "requester_id", "company_id", "tag"),
    *("topic_id", "type", "subject", "cc", "follower", "snoozed", "trashed", "has_attachments"),
)
"""The fields of a ticket whose value before the event can be asked, as `was.<field>`; custom fields can, too."""
CHANGES = tuple(FIELDS[name].short for name in HAD)
"""The names that `changed` takes besides `fields.<id>`."""


@lru_cache(maxsize=1024)
def rule_field_of(name: str) -> Field | None:
    """The field of a long or short name that a rule may ask; None for a name that means nothing."""
    if name.startswith(WAS):
        known = field_of(name.removeprefix(WAS))
        if not known or (known.name not in HAD and known.type != "custom"):
            return None
        return replace(known, name=WAS + known.name, short=WAS + known.short, meaning=f"before it: {known.meaning}")
    return _BY_SHORT.get(name) or field_of(name)
