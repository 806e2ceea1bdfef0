"""Deciding which rules fire: pure, so that the same command on the same ticket always gives the same verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from helpdesk.filters.conditions import All, Any_, Condition, Not, Term
from helpdesk.filters.matching import Context, Facts, matches
from helpdesk.filters.rule_fields import WAS
from helpdesk.filters.text import to_text
from helpdesk.rules.model import MOST_DEPTH, Rule, Verdict
from helpdesk.rules.scenes import clock_facts

_UNTOLD = ("text", "message.text")  # too long, and of no use in a reason
_MOST_SHOWN = 100


@dataclass(frozen=True)
class Setting:
    """What rules are judged by: the facts, the moment, and what led here."""

    facts: Mapping[str, Any]
    context: Context
    at: str
    chain: tuple[str, ...] = ()


def judge_all(rules: Iterable[Rule], setting: Setting) -> list[Verdict]:
    """A verdict for each rule, in order; after one that fires and stops, none fires."""
    verdicts: list[Verdict] = []
    stopper: Rule | None = None
    for rule in rules:
        verdict = judge(rule, setting)
        if verdict.fires and stopper:
            verdict = Verdict(rule, False, "earlier_rule", f"the rule {stopper.name} came before it, and is the last")
        elif verdict.fires and rule.stop:
            stopper = rule
        verdicts.append(verdict)
    return verdicts


def judge(rule: Rule, setting: Setting) -> Verdict:
    """Whether this rule fires here, were it alone."""
    if rule.broken:
        return Verdict(rule, False, "broken", f"cannot be evaluated: {rule.broken}")
    facts = with_clock(rule, setting)
    if not matches(rule.when, facts, setting.context):
        return unmet(rule, facts, setting.context, "comparison")
    if rule.id in setting.chain:
        return Verdict(rule, False, "own_effect", "it is what this rule itself has led to")
    if len(setting.chain) >= MOST_DEPTH:
        return Verdict(rule, False, "depth", f"stopped: {MOST_DEPTH} rules have woken each other before it")
    return Verdict(rule, True)


def with_clock(rule: Rule, setting: Setting) -> Facts:
    """The facts with the hour and the weekday on the rule's clock, if it asks for them."""
    if rule.asks.isdisjoint(("hour", "weekday")):
        return setting.facts
    return {**setting.facts, **clock_facts(setting.at, rule.zone)}


def unmet(rule: Rule, facts: Facts, context: Context, because: str) -> Verdict:
    """Why the condition does not hold: the first comparison that came out otherwise, and what the ticket has."""
    failed = first_failed(rule.when, facts, context)
    if not failed:
        return Verdict(rule, False, because)
    term, wanted = failed
    comparison = to_text(term if wanted else Not(term))
    found = found_in(facts, term.field)
    told = "" if term.field in _UNTOLD else f", it is {'nothing' if found in (None, '') else found}"
    return Verdict(rule, False, because, f"{comparison} does not hold{told}", comparison, term.field, found)


def first_failed(condition: Condition, facts: Facts, context: Context, wanted: bool = True) -> tuple[Term, bool] | None:
    """The first comparison that is to blame for a condition not being `wanted`, and what was wanted of it."""
    match condition:
        case Term():
            return None if matches(condition, facts, context) == wanted else (condition, wanted)
        case Not(part):
            return first_failed(part, facts, context, not wanted)
        case All(parts) | Any_(parts):
            blamed = (first_failed(part, facts, context, wanted) for part in parts)
            if isinstance(condition, All) == wanted:  # each part has to come out as wanted
                return next((one for one in blamed if one), None)
            found = list(blamed)  # one that comes out as wanted is enough
            return found[0] if all(found) and found else None


def found_in(facts: Facts, field: str) -> Any:
    """What stands in the place that a comparison looks at, short enough to be kept."""
    if field in _UNTOLD:
        return None
    if field.startswith(WAS):
        return found_in(facts.get("was") or {}, field.removeprefix(WAS))
    if field.startswith("fields."):
        value = (facts.get("fields") or {}).get(field.partition(".")[2])
    else:
        value = facts.get(field)
    if isinstance(value, list | tuple | set | frozenset):
        value = ", ".join(sorted(map(str, value)))
    return value[:_MOST_SHOWN] if isinstance(value, str) else value
