"""What a rule is, and what it decides: plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpdesk.filters.conditions import Condition

TIME = "time"
EVENTS = (
    *("ticket.created", "ticket.status_changed", "ticket.priority_changed", "ticket.assigned", "ticket.team_changed"),
    *("ticket.tags_changed", "ticket.fields_changed", "ticket.topic_changed", "ticket.type_changed"),
    *("ticket.subject_changed", "ticket.requester_changed", "ticket.cc_changed", "ticket.followers_changed"),
    *("ticket.linked", "ticket.unlinked", "ticket.absorbed", "ticket.snoozed", "ticket.woken", "ticket.restored"),
    *("ticket.macro_applied", "ticket.sla_warned", "ticket.sla_breached", "ticket.timer_fired"),
    *("message.received", "message.sent", "note.added", "message.delivery_changed"),
    "side_conversation.message_received",
)
"""What a rule can wait for, besides the time."""
MOST_DEPTH = 5  # rules that one after the other wake the next

DONE, UNCHANGED, FAILED, NO_MATCH, STOPPED = "done", "unchanged", "failed", "no_match", "stopped"


@dataclass(frozen=True)
class Rule:
    """On one of these events, when the condition holds, then these actions; `stop` keeps later rules from it.

    `asks` are the fields of the condition, `broken` what keeps it from being evaluated, "" if nothing does.
    """

    id: str
    name: str
    on: frozenset[str]
    when: Condition
    then: tuple[Mapping[str, Any], ...]
    stop: bool
    zone: str
    asks: frozenset[str] = frozenset()
    broken: str = ""

    @property
    def timed(self) -> bool:
        """True for one that waits for the time, not for an event."""
        return TIME in self.on


@dataclass(frozen=True)
class Verdict:
    """Whether a rule fires, and if not why: `because` is a code.

    With `comparison` it is the first one that did not come out as the rule wants, and `found` the ticket's value.
    """

    rule: Rule
    fires: bool
    because: str = ""
    detail: str = ""
    comparison: str = ""
    field: str = ""
    found: Any = None

    @property
    def stopped(self) -> bool:
        """True if the rule would have fired, and is kept from it by the order or by a loop."""
        return self.because in ("depth", "own_effect", "earlier_rule")
