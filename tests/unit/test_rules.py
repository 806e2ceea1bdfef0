"""RT-01: the grammar of rules reads and prints alike, verdicts are pure, and the documentation is the table."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import permutations
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.filters.conditions import All, Any_, Not
from helpdesk.filters.documents import from_json, to_json
from helpdesk.filters.matching import Context
from helpdesk.filters.rule_fields import EVENT_FIELDS, TIME_FIELDS, rule_field_of
from helpdesk.filters.text import parse, to_text
from helpdesk.rules.evaluate import Setting, first_failed, judge_all
from helpdesk.rules.model import EVENTS, Rule
from helpdesk.web.rule_body import Event
from helpdesk.webhooks import event_types
from infra import ROOT

TERMS = [
    *("event:ticket.created", "actor:agent,rule", "by:A1", "via:mail", "changed:&priority,tag", "hour:>=17"),
    *("weekday:sat,sun", "within:C1", "message.kind:customer", "message.public:true", 'message.text:"my money"'),
    *("was.status:open", "was.assignee:none", "was.tag:vip", "was.fields.size:>3", "was.priority:>=high", "tag:vip"),
]
FACTS: dict[str, Any] = {
    "event": {"ticket.created"},
    "actor": "agent",
    "changed": {"priority", "tag"},
    "hour": 18,
    "tag": ["vip"],
    "was": {"status_id": "open", "assignee_id": None, "tag": [], "fields": {"size": 5}, "priority": "low"},
    "message.text": "Give me MY money back",
}
CONTEXT = Context(ranks={"low": 1, "normal": 2, "high": 3}, now=datetime(2026, 11, 20, tzinfo=UTC))


def condition(text: str) -> Any:
    return parse(text, "/when", rule_field_of)


trees = st.recursive(
    st.sampled_from(TERMS).map(condition),
    lambda part: st.one_of(
        st.lists(part, min_size=2, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(part, min_size=2, max_size=3).map(lambda parts: Any_(tuple(parts))),
        part.map(Not),
    ),
    max_leaves=6,
)


@given(trees)
def test_rt01_text_and_json_are_one_condition(tree):
    tree = from_json(to_json(tree), "/when", rule_field_of)  # the one form of what means the same
    assert condition(to_text(tree)) == tree
    assert from_json(to_json(tree), "/when", rule_field_of) == tree


@given(trees)
def test_rt01_what_did_not_hold_has_a_comparison_to_blame(tree):
    for wanted in (True, False):
        blamed = first_failed(tree, FACTS, CONTEXT, wanted)
        held = first_failed(tree, FACTS, CONTEXT, not wanted) is not None
        assert (blamed is None) == held, "exactly one of the two is blamed on something"


@given(st.lists(trees, min_size=1, max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_rt01_the_same_event_gives_the_same_verdicts_and_nothing_fires_after_the_last_word(conditions, stops):
    rules = [
        Rule(f"r{at}", f"r{at}", frozenset({"ticket.created"}), when, (), stops[at], "UTC")
        for at, when in enumerate(conditions)
    ]
    setting = Setting(FACTS, CONTEXT, "2026-11-20T09:00:00.000Z")
    verdicts = judge_all(rules, setting)
    assert verdicts == judge_all(rules, setting)
    last = next((at for at, one in enumerate(verdicts) if one.fires and one.rule.stop), len(rules))
    assert not any(one.fires for one in verdicts[last + 1 :])


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("was.status:open -was.assignee:any was.fields.size:>3", True),
        ("was.priority:>=high", False),
        ("changed:&priority,tag", True),
        ("changed:status", False),
        ('message.text:"my money"', True),
        ("hour:>=17 hour:<19", True),
        ("event:ticket.created,note.added -event:note.added", True),
    ],
)
def test_rt01_what_rules_ask_besides(text, holds):
    assert (first_failed(condition(text), FACTS, CONTEXT) is None) is holds


def test_rt02_the_first_rule_that_stops_wins_in_any_order():
    made = {
        name: Rule(name, name, frozenset(), condition("tag:vip"), (), stop, "UTC")
        for name, stop in (("a", True), ("b", False), ("c", True))
    }
    for order in permutations("abc"):
        verdicts = judge_all([made[name] for name in order], Setting(FACTS, CONTEXT, "2026-11-20T09:00:00.000Z"))
        firing = [one.rule.id for one in verdicts if one.fires]
        assert firing == list(order[: 1 + min(order.index("a"), order.index("c"))])


def test_ad11_what_a_rule_waits_for_is_an_event_of_the_desk():
    assert set(get_args(Event)) == {"time", *EVENTS}
    assert set(EVENTS) <= set(event_types.names())


def test_rt01_the_documented_fields_are_the_table():
    table = re.findall(r"^\| `([a-z_.]+)` \| `([a-z_.]+)` \| (\w+) \| ([a-z, ]+) \| (.+) \|$", _docs(), re.M)
    known = [(one.name, one.short, one.type, ", ".join(one.ops), one.meaning) for one in (*EVENT_FIELDS, *TIME_FIELDS)]
    assert table == known


def _docs() -> str:
    return (ROOT / "docs" / "rules.md").read_text()
