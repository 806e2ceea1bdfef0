"""Five hundred rules, of which one fires: how many a second are judged."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from helpdesk.filters.conditions import names
from helpdesk.filters.matching import Context
from helpdesk.rules.evaluate import Setting, judge_all
from helpdesk.rules.model import Rule
from helpdesk.rules.service import condition_of

RULES = 500
_WHEN = "channel:mail (subject:charger or message.text:charger) was.status:open changed:priority tag:vip{number}"
_FACTS: dict[str, Any] = {
    "channel": "mail",
    "subject": "The charger stops after three minutes",
    "tag": ["hardware", "vip499"],
    "changed": {"priority"},
    "was": {"status_id": "open"},
    "message.text": "It stops after three minutes, and the charger is warm. " * 20,
}


def judged(seconds: float = 2.0) -> dict[str, Any]:
    """Verdicts a second with the reason of each; all comparisons of each rule but the last one hold."""
    rules = [_rule(number) for number in range(RULES)]
    setting = Setting(_FACTS, Context(now=datetime(2026, 11, 20, tzinfo=UTC)), "2026-11-20T09:00:00.000Z")
    fired = sum(verdict.fires for verdict in judge_all(rules, setting))
    rounds, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        judge_all(rules, setting)
        rounds += 1
    taken = time.perf_counter() - began
    a_second = round(rounds * RULES / taken)
    return {"rules": RULES, "fired": fired, "rules a second": a_second, "ms a command": round(1000 * taken / rounds, 2)}


def _rule(number: int) -> Rule:
    when = condition_of(_WHEN.format(number=number))
    return Rule(str(number), f"Rule {number}", frozenset({"message.received"}), when, (), False, "UTC", names(when))
