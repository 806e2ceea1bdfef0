"""Answers of rules, of what they decided, and of what a draft would have done."""

from __future__ import annotations

from typing import Any, Literal

from helpdesk.web.answers.base import Answered
from helpdesk.web.answers.routing import Fairness, SimulatedLoad

Because = Literal[
    "comparison",
    "changed_since",
    "nothing_to_do",
    "own_effect",
    "depth",
    "earlier_rule",
    "broken",
    "error",
]


class Rule(Answered):
    """A rule; `when` in both forms, `text` all of it for review, `broken` what keeps it from being evaluated.

    `hits` is on how many occasions it has done something; `last_error` why it could not do what it wants.
    """

    id: str
    name: str
    on: list[str]
    when: str
    when_json: dict[str, Any]
    then: list[dict[str, Any]]
    stop: bool
    enabled: bool
    zone: str
    text: str
    broken: str | None
    hits: int
    last_hit_at: str | None
    last_error: str | None
    last_error_at: str | None
    position: int
    archived: bool
    version: int
    created_at: str | None
    updated_at: str | None


class LeftOut(Answered):
    """An action that a rule did not do, and why."""

    action: str
    because: str


class Decision(Answered):
    """What one rule decided on one event: `because` is a code, `detail` a sentence.

    With `comparison` it is the first that did not hold, and `found` what the ticket had. `depth` counts the rules
    that led to the event. `version` is the ticket's, when the rule has changed it.
    """

    event_id: str
    event: str
    at: str
    depth: int
    rule_id: str
    rule: str
    outcome: Literal["done", "unchanged", "failed", "no_match", "stopped"]
    because: Because | None
    detail: str
    comparison: str | None
    found: str | None
    actions: list[str]
    left_out: list[LeftOut]
    version: int | None


class SimulatedLink(Answered):
    """What another ticket would have become for this one; no number if the caller may not see it."""

    kind: str
    number: int | None


class SimulatedChange(Answered):
    """What the draft would have done on one occasion: `changes` are `{field: {from, to}}`, `error` why it could not."""

    ticket_id: str
    number: int
    subject: str
    event: str
    at: str
    changes: dict[str, Any]
    replies: int
    notes: int
    side_conversations: int
    links: list[SimulatedLink]
    error: str | None


class RuleSimulation(Answered):
    """A draft over the log of the last days: `judged` occasions, `matched` of them, on `tickets` different tickets.

    `tickets_seen` were looked through, `all` is false when there was no time for every one. `unchanged` matched and
    would have changed nothing, `failed` could not have been done, `stopped` were taken by an earlier rule that is the
    last. `found` has at most fifty, the newest, of the tickets that the caller may see. `load` and `fairness` are null
    for a draft that gives tickets to nobody.
    """

    days: int
    since: str
    tickets_seen: int
    all: bool
    judged: int
    matched: int
    tickets: int
    changed: int
    unchanged: int
    failed: int
    stopped: int
    replies: int
    side_conversations: int
    links: int
    found: list[SimulatedChange]
    load: list[SimulatedLoad] | None
    fairness: Fairness | None
