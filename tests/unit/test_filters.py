"""The filter grammar: two forms of one condition, and what it means (API-05)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpdesk.core.errors import Invalid
from helpdesk.filters import fields
from helpdesk.filters.conditions import EVERYTHING, Any_, Not, Term, all_of, any_of, negation
from helpdesk.filters.documents import condition_from, from_json, to_json
from helpdesk.filters.matching import Context, matches
from helpdesk.filters.text import parse, to_text
from helpdesk.settings.defaults import ACTIVE, DONE
from tests.conditions import FACTS, conditions

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CONTEXT = Context(me="ME", ranks={"low": 1, "normal": 2, "high": 3, "urgent": 4}, now=NOW)


@given(conditions())
def test_text_and_json_both_give_the_condition_back(condition):
    assert parse(to_text(condition)) == condition
    assert from_json(to_json(condition)) == condition


@given(st.text(max_size=80))
@example('tag:"a')
@example("(" * 3000)
@example("-" * 3000 + "a")
@example("tag:")
@example("created:>-999y")
@example("or")
@settings(max_examples=400)
def test_any_text_is_a_condition_or_a_fault_with_its_place(text):
    try:
        condition = parse(text)
    except Invalid as fault:
        assert fault.malformed
        assert re.fullmatch(r"/filter(#\d+)?", fault.errors[0].pointer)
        return
    assert parse(to_text(condition)) == condition


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["all", "any", "not", "field", "op", "value"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(_JSON)
@settings(max_examples=300)
def test_any_document_is_a_condition_or_a_fault_with_its_pointer(document):
    try:
        from_json(document)
    except Invalid as fault:
        assert fault.errors[0].pointer.startswith("/filter")


def test_api05_the_example_of_the_grammar():
    text = 'category:open tag:vip -tag:spam assignee:me priority:>=high created:>-7d "charger stops"'
    condition = parse(text)
    assert condition == all_of(
        [
            Term("category", "is", "open"),
            Term("tag", "is", "vip"),
            Not(Term("tag", "is", "spam")),
            Term("assignee_id", "is", "me"),
            Term("priority", "gte", "high"),
            Term("created_at", "gt", "-7d"),
            Term("text", "matches", "charger stops"),
        ]
    )
    assert to_text(condition) == text
    assert condition_from(to_json(condition)) == condition


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("", EVERYTHING),
        ("a or b c", any_of([Term("text", "matches", "a"), all_of([Term("text", "matches", w) for w in "bc"])])),
        ("-(tag:a or tag:b)", Not(Any_((Term("tag", "is", "a"), Term("tag", "is", "b"))))),
        ("status:new,open", Term("status_id", "in", ("new", "open"))),
        ("tag:&a,b", Term("tag", "all", ("a", "b"))),
        ("tag:none", Term("tag", "none")),
        ("assignee:any", Not(Term("assignee_id", "none"))),
        ('assignee:"none"', Term("assignee_id", "is", "none")),
        ("number:#1001", Term("number", "is", 1001)),
        ("fields.site:B", Term("fields.site", "is", "B")),
        ("https://acme.test", Term("text", "matches", "https://acme.test")),
        ("--tag:a", Term("tag", "is", "a")),
        ("tag:A and tag:Ä", all_of([Term("tag", "is", "a"), Term("tag", "is", "ä")])),
    ],
)
def test_forms_of_the_text(text, condition):
    assert parse(text) == condition


@pytest.mark.parametrize(
    ("text", "pointer", "code"),
    [
        ("tag:vip colour:red", "/filter#8", "unknown_field"),
        ("created:yesterdayish", "/filter#0", "bad_value"),
        ("tag:>vip", "/filter#0", "unknown_operator"),
        ("(tag:a", "/filter#0", "unbalanced"),
        ("tag:a)", "/filter#5", "unbalanced"),
        ('x "abc', "/filter#2", "open_quote"),
        ("tag:a or", "/filter#6", "dangling_or"),
        (" ".join(["tag:a"] * 51), "/filter", "too_many_terms"),
        ("(a or (b (c or (d (e or (f (g or (h (i or j))))))))", "/filter#0", "unbalanced"),
        ("a or (b (c or (d (e or (f (g or (h (i or j))))))))", "/filter", "too_deep"),
    ],
)
def test_a_fault_says_where_and_why(text, pointer, code):
    with pytest.raises(Invalid) as failure:
        parse(text)
    assert (failure.value.errors[0].pointer, failure.value.errors[0].code) == (pointer, code)
    assert failure.value.code == "bad_filter"


def test_a_fault_in_a_document_has_a_pointer_to_it():
    with pytest.raises(Invalid) as failure:
        from_json(
            {"all": [{"field": "tag", "op": "is", "value": "a"}, {"not": {"field": "tag", "op": "gt", "value": 1}}]}
        )
    assert failure.value.errors[0].pointer == "/filter/all/1/not/op"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("", True),
        ("category:open", True),
        ("category:active", True),
        ("category:done", False),
        ("tag:vip", True),
        ("tag:VIP,other", True),
        ("tag:&vip,other", False),
        ("tag:none", False),
        ("assignee:me", True),
        ("-assignee:me", False),
        ("team:none", True),
        ("priority:>=high", True),
        ("priority:>high", False),
        ("priority:<urgent", True),
        ("created:today", True),
        ("created:>-7d", True),
        ("created:<-7d", False),
        ("created:2026-11-20", True),
        ("created:>2026-11-20", False),
        ("created:>=2026-11-20", True),
        ("created:<=2026-11-20", True),
        ("created:<2026-11-20", False),
        ("resolved:none", True),
        ("subject:CHARG", True),
        ("subject:=charger", False),
        ("charg", True),
        ('"charger sto"', True),
        ('"stops charger"', False),
        ("ladegerat", True),
        ("充電", True),
        ("器が", True),
        ("number:>1000", True),
        ("attachments:yes", False),
        ("fields.site:b", True),
        ("fields.size:>9", True),
        ("fields.size:<9", False),
        ("fields.colours:red", True),
        ("fields.absent:none", True),
        ("fields.ok:true", True),
        ("follower:me", True),
        ("trashed:false", True),
    ],
)
def test_what_a_condition_means(text, holds):
    assert matches(parse(text), FACTS, CONTEXT) is holds
    if text:
        assert matches(negation(parse(text)), FACTS, CONTEXT) is not holds


def test_the_categories_are_those_of_the_settings():
    assert fields.STATES == {"active": ACTIVE, "done": DONE}


def test_each_field_and_operator_is_documented():
    text = (ROOT / "docs/filters.md").read_text()
    rows = dict(re.findall(r"^\| `([\w.<>]+)` \| (.+)$", text, re.M))
    for field in (*fields.FIELDS.values(), fields.CUSTOM):
        assert field.name in rows, field.name
        short, type_, ops, meaning = (cell.strip() for cell in rows[field.name].strip(" |").split("|"))
        assert (short, type_, ops) == (f"`{field.short}`", field.type, ", ".join(field.ops)), field.name
        assert meaning == field.meaning
    assert {name for name in rows if name not in fields.OPS} == {*fields.FIELDS, fields.CUSTOM.name}
    for op, meaning in fields.OPS.items():
        assert rows[op].split("|")[-2].strip() == meaning
