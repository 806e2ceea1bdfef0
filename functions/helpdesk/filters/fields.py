"""The closed table of what can be filtered: name, short name, type, operators, meaning (docs/filters.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

ORDER = ("gt", "gte", "lt", "lte")
STATES = {"active": ("new", "open", "waiting", "on_hold"), "done": ("solved", "closed")}
CATEGORIES = STATES["active"] + STATES["done"]
OPS_OF = {
    "id": ("is", "in"),
    "choice": ("is", "in"),
    "rank": ("is", "in", *ORDER),
    "set": ("is", "in", "all", "none"),
    "number": ("is", "in", *ORDER),
    "date": ("is", *ORDER, "none"),
    "flag": ("is",),
    "line": ("contains", "is"),
    "words": ("matches",),
    "custom": ("is", "in", "contains", *ORDER, "none"),
}
OPS = {
    "is": "equals; of a set: has it; of a date: on that day",
    "in": "is one of these values",
    "all": "has all of these values",
    "none": "has no value",
    "gt": "is greater, later or of higher rank",
    "gte": "is not less, not earlier or not of lower rank",
    "lt": "is less, earlier or of lower rank",
    "lte": "is not greater, not later or not of higher rank",
    "contains": "has these characters in it, whatever their case",
    "matches": "has these words; the last may be the beginning of one",
}


@dataclass(frozen=True)
class Field:
    """What can be filtered by: `short` is its name in the text form, `type` a key of OPS_OF."""

    name: str
    short: str
    type: str
    meaning: str
    optional: bool = False  # may have no value: has the operator `none`
    values: tuple[str, ...] = ()  # the only ones, where they are few

    @property
    def ops(self) -> tuple[str, ...]:
        """The operators of the field, the usual one first."""
        own = OPS_OF[self.type]
        return (*own, "none") if self.optional and "none" not in own else own


Find = Callable[[str], "Field | None"]

_TABLE = (
    Field("status_id", "status", "id", "the status, by id"),
    Field("category", "category", "choice", "the status's category; active and done stand for four and two of them"),
    Field("priority", "priority", "rank", "the priority, by id; compared by rank"),
    Field("assignee_id", "assignee", "id", "who works on it; me is the caller", optional=True),
    Field("team_id", "team", "id", "the team", optional=True),
    Field("requester_id", "requester", "id", "who asked; me is the caller"),
    Field("company_id", "company", "id", "the requester's company", optional=True),
    Field("tag", "tag", "set", "the tags"),
    Field("channel", "channel", "id", "where it began: mail, portal, api, agent"),
    Field("topic_id", "topic", "id", "the topic", optional=True),
    Field("type", "type", "id", "the type", optional=True),
    Field("language", "language", "id", "the language that its customer writes in, as de", optional=True),
    Field("number", "number", "number", "the ticket's number"),
    Field("subject", "subject", "line", "the subject"),
    Field("text", "text", "words", "all words of the ticket: subject, messages, people, tags, fields"),
    Field("created_at", "created", "date", "when it was opened"),
    Field("updated_at", "updated", "date", "when anything of it changed last"),
    Field("resolved_at", "resolved", "date", "when it was solved"),
    Field("status_changed_at", "status_changed", "date", "since when it has its status"),
    Field("first_response_at", "first_response", "date", "when it was first answered"),
    Field("due_at", "due", "date", "the next promise's time"),
    Field("first_response_due_at", "first_response_due", "date", "until when the first answer is promised"),
    Field("next_response_due_at", "next_response_due", "date", "until when the next answer is promised"),
    Field("resolution_due_at", "resolution_due", "date", "until when the solution is promised"),
    Field("has_attachments", "attachments", "flag", "has files"),
    Field("message_count", "messages", "number", "how many messages and notes it has"),
    Field("follower", "follower", "set", "who follows it; me is the caller"),
    Field("cc", "cc", "set", "the addresses that get copies"),
    Field("linked", "linked", "set", "the tickets that it is linked to"),
    Field("snoozed", "snoozed", "flag", "sleeps until a time"),
    Field("unmatched", "unmatched", "flag", "waits because nobody of its team can take it"),
    Field("trashed", "trashed", "flag", "is in the trash; without this field the trash is left out"),
)
FIELDS = {field.name: field for field in _TABLE}
_BY_SHORT = {field.short: field for field in _TABLE} | FIELDS
_CUSTOM = re.compile(r"fields\.[A-Za-z0-9_-]{1,60}")
_CUSTOM_MEANING = "a custom field, by id; numbers are compared as numbers, all else as text"
CUSTOM = Field("fields.<id>", "fields.<id>", "custom", _CUSTOM_MEANING)


def field_of(name: str) -> Field | None:
    """The field of a long or short name, None for a name that means nothing."""
    if _CUSTOM.fullmatch(name):
        return Field(name, name, "custom", _CUSTOM_MEANING)
    return _BY_SHORT.get(name)
